/** Whole part and fraction (rule 8 of the candidate set). */
import { rowOf } from './row.ts'
import { isNumeral, type Token } from './token.ts'

/** A row in two; `fraction` is `''` where there is no mark. */
export interface Parted {
  readonly whole: readonly Token[]
  readonly fraction: string
}

/** A meter shows no more; a longer row of digits behind a point is a date («22.11») with something else behind it. */
const FRACTION_DIGITS_MAX = 5

/** «И» is a mark where tenths follow, and otherwise nothing: «двенадцать и пять десятых». */
export function withMarks(tokens: readonly Token[]): readonly Token[] {
  let behind: 'nothing' | 'tenths' | 'number of tenths' = 'nothing'
  const read: Token[] = []
  for (const token of tokens.toReversed()) {
    if (token.is !== 'and') read.push(token)
    else read.push({ is: behind === 'number of tenths' ? 'mark' : 'hum', source: token.source })
    if (behind !== 'nothing' && isNumeral(token)) behind = 'number of tenths'
    else if (token.is === 'tenths' || 'tenths' in token) behind = 'tenths'
    else if (token.is !== 'hum' && token.is !== 'other') behind = 'nothing'
  }
  return read.toReversed()
}

/** Parts a counted row at its mark; null where it is no one number: two marks, a fraction of nothing or of no one length. */
export function parted(row: readonly Token[]): Parted | null {
  const first = row.findIndex(isMark)
  if (first < 0) return { whole: row, fraction: '' }
  const behind = row.findIndex((token, at) => at > first && !isMark(token))
  const end = behind < 0 ? row.length : behind
  const whole = row.slice(0, first)
  const isHalf = row[end - 1]?.is === 'half-more'
  if (whole.length === 0) return null
  if (end === row.length) return { whole, fraction: isHalf ? '5' : '' }
  const fraction = isHalf ? null : fractionIn(row.slice(end))
  return fraction === null ? null : { whole, fraction }
}

function isMark({ is }: Token): boolean {
  return is === 'mark' || is === 'half-more'
}

function fractionIn(row: readonly Token[]): string | null {
  const last = row.at(-1)
  const length = row.length > 1 ? lengthOf(last) : null
  const digits = joined(length === null ? row : row.slice(0, -1))
  if (digits === null || digits.length > (length ?? FRACTION_DIGITS_MAX)) return null
  return digits.padStart(length ?? 0, '0')
}

/** How many digits a fraction has that ends with this word; null where the word does not say. */
function lengthOf(token: Token | undefined): number | null {
  if (token?.is === 'tenths') return token.length
  return token?.is === 'number' ? (token.tenths ?? null) : null
}

/** Numbers and digits one after another, joined wherever they join; null where something else stands among them. */
function joined(tokens: readonly Token[]): string | null {
  const { numbers } = rowOf(tokens)
  let text = ''
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at]
    const longest = numbers[at]?.at(-1)
    if (token?.is !== 'digit' && longest === undefined) return null
    text += token?.is === 'digit' ? token.digit : longest?.text
    at = longest?.end ?? at + 1
  }
  return text
}
