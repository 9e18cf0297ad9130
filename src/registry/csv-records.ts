import type { Problems } from './problems.ts'

/** Takes one row: its fields, and the line on which it begins. The first row is the header. */
export type TakeRow = (fields: readonly string[], line: number) => void

/** An address may hold a line break; a quote that stays open for longer was never meant as one. */
const LINES_A_RECORD_MAX = 20
const ASTRAY = 'stands where none may be'

/**
 * Makes rows of lines: a line whose quotes stay open goes on in the next. Own code, not the csv-parse package, for two
 * measured reasons: that one counts lines wrongly after a stray quote or a break within quotes, and a bad row must be
 * named by its line; and it takes some three times as long. A test holds both to the same rows.
 */
export function frameRecords(
  take: TakeRow,
  problems: Pick<Problems, 'add'>,
): { line(text: string, line: number): void; end(): void } {
  let open: string[] = []
  let openedOn = 0

  function line(text: string, at: number): void {
    if (open.length === 0 && text === '') return
    if (open.length === 0) openedOn = at
    const odd = quotesAreOdd(text)
    if (open.length === 0 && !odd) {
      record(text, at)
      return
    }
    open.push(text)
    if (odd && open.length > 1) close()
    else if (open.length === LINES_A_RECORD_MAX) giveUpFirst('is never closed')
  }

  /** Two stray quotes look like a field of several lines; the lines behind the first of them are rows all the same. */
  function close(): void {
    const fields = splitRecord(open.join('\n'))
    if (fields === null) giveUpFirst(ASTRAY)
    else {
      open = []
      take(fields, openedOn)
    }
  }

  function record(text: string, at: number): void {
    const fields = splitRecord(text)
    if (fields === null) problems.add(at, null, `is no CSV: a quote ${ASTRAY}`)
    else take(fields, at)
  }

  /** Names the line whose quote is wrong, and reads the lines after it anew. */
  function giveUpFirst(why: string): void {
    const [, ...again] = open
    const first = openedOn
    open = []
    problems.add(first, null, `is no CSV: a quote ${why}`)
    for (const [index, text] of again.entries()) line(text, first + 1 + index)
  }

  return {
    line,
    end() {
      while (open.length > 0) giveUpFirst('is never closed')
    },
  }
}

function quotesAreOdd(text: string): boolean {
  let odd = false
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd
  return odd
}

/** The fields of one record (RFC 4180), or null where a quote stands within an unquoted field or after a closing one. */
function splitRecord(record: string): string[] | null {
  if (!record.includes('"')) return record.split(',')
  const fields: string[] = []
  for (let at = 0; ; at++) {
    const isQuoted = record[at] === '"'
    const end = isQuoted ? afterClosingQuote(record, at) : unquotedEnd(record, at)
    if (end === null || (end < record.length && record[end] !== ',')) return null
    const field = record.slice(at, end)
    if (!isQuoted && field.includes('"')) return null
    fields.push(isQuoted ? field.slice(1, -1).replaceAll('""', '"') : field)
    if (end === record.length) return fields
    at = end
  }
}

/** The place after the quote that closes the one at `at`; null: nothing closes it. */
function afterClosingQuote(record: string, at: number): number | null {
  let end = record.indexOf('"', at + 1)
  while (end >= 0 && record[end + 1] === '"') end = record.indexOf('"', end + 2)
  return end < 0 ? null : end + 1
}

function unquotedEnd(record: string, at: number): number {
  const comma = record.indexOf(',', at)
  return comma < 0 ? record.length : comma
}
