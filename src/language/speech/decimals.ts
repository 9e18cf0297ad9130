/** Whole part and fraction (rule 8 of the candidate set). */
import { rowOf } from './row.ts'
import { isNumeral, type Token } from './token.ts'

/** A row in two; `fraction` is `''` where there is no mark. */
export interface Parted {
  readonly whole: readonly Token[]
  readonly fraction: string
}

/** A meter shows no more decimals, though a caller may say more, which are cut. */
const FRACTION_DIGITS_MAX = 5
/** A number of more digits is no part of a fraction that has begun: it is a reading behind a date («22.11 30100»). */
const GROUP_DIGITS_MAX = 3

/** «И» is a mark where tenths follow, and otherwise nothing: «двенадцать и пять десятых»; «десятого ноября» are none. */
export function withMarks(tokens: readonly Token[]): readonly Token[] {
  let behind: 'nothing' | 'tenths' | 'number of tenths' = 'nothing'
  let next: Token['is'] = 'other'
  const read: Token[] = []
  for (const token of tokens.toReversed()) {
    if (token.is !== 'and') read.push(token)
    else read.push({ is: behind === 'number of tenths' ? 'mark' : 'hum', source: token.source })
    if (behind !== 'nothing' && isNumeral(token)) behind = 'number of tenths'
    else if (token.is === 'tenths' || ('tenths' in token && next !== 'unit')) behind = 'tenths'
    else if (token.is !== 'hum' && token.is !== 'other') behind = 'nothing'
    if (token.is !== 'hum') next = token.is
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
  const groups = joined(length === null ? row : row.slice(0, -1))
  if (groups === null) return null
  const digits = groups.join('')
  if (length !== null) return digits.length > length ? null : digits.padStart(length, '0')
  const isDate = digits.length > FRACTION_DIGITS_MAX && groups.slice(1).some((group) => group.length > GROUP_DIGITS_MAX)
  return isDate ? null : digits
}

/** How many digits a fraction has that ends with this word; null where the word does not say. */
function lengthOf(token: Token | undefined): number | null {
  if (token?.is === 'tenths') return token.length
  return token !== undefined && 'tenths' in token ? (token.tenths ?? null) : null
}

/** Numbers and digits one after another, joined wherever they join; null where something else stands among them. */
function joined(tokens: readonly Token[]): readonly string[] | null {
  const { numbers } = rowOf(tokens)
  const groups: string[] = []
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at]
    const longest = numbers[at]?.at(-1)
    if (token?.is !== 'digit' && longest === undefined) return null
    groups.push(token?.is === 'digit' ? token.digit : (longest?.text ?? ''))
    at = longest?.end ?? at + 1
  }
  return groups
}
