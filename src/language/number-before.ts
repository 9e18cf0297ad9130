/** The numbers that a text holds before a word, which may stand in groups of thousands: how they compare to the next ones. */
import type { NumberToken, Token } from './token.ts'

/** The last token, with those before it that are the same number in groups of thousands: `55 959`. */
export function groupAtEnd(tokens: readonly Token[]): readonly Token[] {
  let from = tokens.length - 1
  while (from > 0 && isGroup(tokens[from - 1], tokens[from])) from--
  return tokens.slice(Math.max(from, 0))
}

/** The same, with the values before it that slashes join: `24288/76451`. */
export function rowAtEnd(tokens: readonly Token[], group: readonly Token[]): readonly Token[] {
  let from = tokens.length - group.length
  while (from > 0 && isJoined(tokens[from - 1], tokens[from])) from--
  return tokens.slice(from)
}

/** Digits of a value that may stand in a row; fewer or more are those of an account before it. */
const ROW_DIGITS = { min: 4, max: 8 } as const

function isJoined(head: Token | undefined, next: Token | undefined): boolean {
  if (head?.kind !== 'number' || next?.kind !== 'number' || next.glue !== '/') return false
  return head.text.length >= ROW_DIGITS.min && head.text.length <= ROW_DIGITS.max
}

function isGroup(head: Token | undefined, next: Token | undefined): boolean {
  if (head?.kind !== 'number' || next?.kind !== 'number') return false
  return next.glue === ' ' && next.text.length === 3 && head.text.length <= 3 && head.fraction === null
}

/** Whether the next number there is greater than this one: then it is no previous reading and no consumption beside it. */
export function isGreater(rest: string, group: readonly Token[]): boolean {
  const { before, next } = bothOf(rest, group)
  return before !== '' && next !== '' && Number(next) > Number(before)
}

/** No dial has fewer digits. */
const DIAL_DIGITS_MIN = 4

/** Whether it is the later one of two readings: the greater, but for «120» and «99950», between which a dial began anew. */
export function isLater(rest: string, group: readonly Token[]): boolean {
  const { before, next } = bothOf(rest, group)
  if (before === '' || next === '') return false
  const digits = Math.max(before.length, next.length)
  const ahead = Number(next) - Number(before)
  // The shorter way from one to the other leads over the top.
  return digits >= DIAL_DIGITS_MIN && 2 * Math.abs(ahead) > 10 ** digits ? ahead < 0 : ahead > 0
}

const NUMBER = /(?<![\p{L}\d])(?:\d{1,3}(?: \d{3})+(?!\d)|\d+)/u

function bothOf(rest: string, group: readonly Token[]): Readonly<Record<'before' | 'next', string>> {
  const next = NUMBER.exec(rest)?.[0].replaceAll(' ', '') ?? ''
  return { before: digitsOf(group), next }
}

/** Whether it has as many digits, so that no dial began anew in between. */
export function isAsLong(next: string, group: readonly Token[]): boolean {
  return next[0] !== '0' && next.replaceAll(' ', '').length === digitsOf(group).length
}

function digitsOf(group: readonly Token[]): string {
  return group.map((token) => (token.kind === 'number' ? token.text : '')).join('')
}

const VALUE = '\\d{1,8}(?:[.,]\\d{1,3}(?!\\d))?'
/** Nothing behind a word but several numbers, and an account: «92428, 25771», «: 92428 25771 лс 2825301094». */
const LAST_ROW = new RegExp(
  `^[\\s:=.,-]{1,3}(${VALUE}(?:[\\s,;/]{1,2}${VALUE})+)[\\s.!]{0,3}(?:\\D{1,16}\\d{9,}[\\s.!]{0,3})?$`,
)
/** A longer text says more than that. */
const ROW_LETTERS_MAX = 80

/** Two rows of numbers beside a word: which one is of the past, how many it has, and where the row behind the word ends. */
interface Rows {
  readonly past: 'before' | 'behind'
  readonly count: number
  readonly end: number
}

/**
 * «92567 25869 предыдущие 92428 25771»: the last numbers of a text, and as many before the word; the row of which none is
 * greater than its own is of the past. null: there are no such rows.
 */
export function rowsBeside(text: string, at: number, tokens: readonly Token[]): Rows | null {
  const row = text.length - at > ROW_LETTERS_MAX ? undefined : LAST_ROW.exec(text.slice(at))?.[1]
  if (row === undefined) return null
  const next = [...row.matchAll(new RegExp(VALUE, 'g'))].map(([value]) => Number(value.replace(',', '.')))
  const before = tokens.filter(({ kind }) => kind !== 'label').slice(-next.length)
  if (before.length < next.length || !before.every(isValue)) return null
  const ahead = before.map((one, nth) => Math.sign(Math.trunc(next[nth] ?? 0) - Number(one.text)))
  const rows = { count: next.length, end: text.indexOf(row, at) + row.length }
  if (!ahead.includes(1)) return { ...rows, past: 'behind' }
  return ahead.includes(-1) || tokens.at(-next.length) !== before[0] ? null : { ...rows, past: 'before' }
}

function isValue(token: Token): token is NumberToken {
  if (token.kind !== 'number' || token.text.length > ROW_DIGITS.max) return false
  return token.said !== 'account' && token.said !== 'meter'
}
