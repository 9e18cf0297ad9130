/**
 * What a text is made of, for the words that call its numbers previous, consumption or current (rule 12): numbers, such words,
 * and what stands between them. Pure.
 */
import type { LabelToken, NumberToken, Token } from './token.ts'
import type { Meaning } from './words.ts'

/** A number with more digits is an account or a serial, whatever word stands beside it. */
const VALUE_DIGITS_MAX = 8
/** Digits of a group of thousands; the first may have fewer. */
const GROUP_DIGITS = 3

/** «Лс», «счётчик» name what follows them; `no reading` is a day, or another number that is none by its form. */
type Kind =
  | 'number'
  | 'label'
  | 'previous'
  | 'consumption'
  | 'now'
  | 'readings'
  | 'account'
  | 'meter'
  | 'unit'
  | 'word'
  | 'link'
  | 'no reading'
  | Mark

/** What may end a clause, or join a word to its number. */
type Mark = ',' | ';' | '!' | '?' | '\n' | '.' | '(' | ')' | '-' | '/' | ':' | 'и'

const MARKS: ReadonlySet<string> = new Set(',;!?\n.()-/:')

/** Kinds of parts, to look one up. */
export type Kinds = ReadonlySet<Kind | undefined>

/** One piece of a text, in its order. */
export interface Part {
  readonly is: Kind
  /** A word as it is written; empty where the reader made tokens of it. */
  readonly text: string
  readonly tokens: readonly Token[]
  /** What names a number's register, and whether it stands behind it. */
  readonly label?: LabelToken
  readonly isLabelBehind?: boolean
  /** A phrase with a day in it: «предыдущие показания на 22.10». */
  readonly isDated?: boolean
}

/** What words are here; others are `word`. */
const KINDS: Readonly<Partial<Record<Meaning['does'], Kind>>> = {
  previous: 'previous',
  consumption: 'consumption',
  current: 'now',
  value: 'readings',
  account: 'account',
  meter: 'meter',
  unit: 'unit',
  month: 'no reading',
  year: 'no reading',
  // «Спасибо» belongs to no clause.
  thanks: ';',
}

/** Words that join: between numbers, or to the name of a day or month. */
const JOINERS: Readonly<Record<string, Kind>> = { и: 'и', а: 'и', в: 'link', на: 'link', за: 'link', раньше: 'link' }

/** A text so far: what the reader made of it, and the same with words and marks between. */
interface Taken {
  readonly tokens: Token[]
  readonly parts: Part[]
}

/** Takes a piece of the text down, with what the reader makes of it. */
export function put({ tokens, parts }: Taken, is: Kind, made: readonly Token[]): void {
  tokens.push(...made)
  parts.push({ is, text: '', tokens: made })
}

/** Takes the last number back, of which a word behind it makes something else. */
export function takeBack({ tokens, parts }: Taken): void {
  const last = tokens.pop()
  const at = parts.findLastIndex((part) => last !== undefined && part.tokens.includes(last))
  if (at >= 0) parts.splice(at, 1)
}

/** Takes a word down of which the reader makes no token. */
export function wordPut({ parts }: Taken, text: string, meaning: Meaning | undefined): void {
  const is = JOINERS[text] ?? (meaning && KINDS[meaning.does]) ?? 'word'
  parts.push({ is, text, tokens: [] })
}

/** Takes a mark between words down; blanks, and marks that say nothing here, are none. */
export function markPut({ parts }: Taken, text: string): void {
  if (MARKS.has(text)) parts.push({ is: text as Mark, text, tokens: [] })
}

/** Whether it says of numbers that they are of now, or not. */
export function isSaying(part: Part | undefined): boolean {
  return part?.is === 'previous' || part?.is === 'consumption' || part?.is === 'now'
}

/** Whether it may be a value that a word calls previous or consumption: no account and no serial. */
export function isValue({ is, tokens }: Part): boolean {
  const first = tokens.find((token) => token.kind === 'number' || token.kind === 'code')
  const isLong = first?.kind === 'number' && first.text.length > VALUE_DIGITS_MAX
  return is === 'number' && first?.said !== 'account' && !isLong
}

/** The number of a part, the last where it is in groups; undefined: it is none, or a broken one. */
export function numberOf({ tokens }: Part): NumberToken | undefined {
  const last = tokens.at(-1)
  return last?.kind === 'number' ? last : undefined
}

/** The whole digits of a number, in groups or not; empty: it is none, or a broken one. */
export function digitsOf(part: Part | undefined): string {
  return (part?.tokens ?? []).map((token) => (token.kind === 'number' ? token.text : '')).join('')
}

/** The parts with each number in one, and each phrase: «55 959», «расход за прошлый месяц». */
export function inWholes(parts: readonly Part[]): readonly Part[] {
  const wholes: Part[] = []
  for (const part of parts) {
    const last = wholes.at(-1)
    const whole = last && inOne(last, part)
    if (whole) wholes.pop()
    wholes.push(whole ?? part)
  }
  return wholes
}

/** What goes on with a phrase: «пред.», «прошлый месяц», «расход с 22.10 по 22.11», «всего за весь месяц». */
const LINK = /^(?:\.|месяц\p{L}?|за|[сc]|по|на|от|весь|эт\p{L}{1,2})$/u
/** «Старый номер», «по прежнему номеру», «(старый счёт»: an account's, not what the meter showed. */
const OLD_NUMBER = /(?:[ыи]й|[ео]го|[ео]му) номер|^(?:стар|прежн)\p{L}+ (?:лс|лиц|счет)/u

/** Two parts as one; undefined: they are two. */
function inOne(last: Part, next: Part): Part | undefined {
  if (isGroup(last, next)) return { ...last, tokens: [...last.tokens, ...next.tokens] }
  if (last.is === 'unit' && next.is === '.') return last
  // «Показания сейчас», «за прошлый месяц».
  if (last.is === 'readings' && (next.is === 'previous' || next.is === 'now')) return next
  if (last.text === 'за' && next.is === 'previous') return next
  if (!isSaying(last)) return undefined
  if (OLD_NUMBER.test(`${last.text} ${next.text}`)) return { ...next, is: 'account' }
  if (!goesOn(last, next)) return undefined
  // «Прошлый расход» and «расход за прошлый месяц» are consumption.
  const is = next.is === 'consumption' ? next.is : last.is
  return { ...last, is, text: `${last.text} ${next.text}`, isDated: last.isDated || next.is === 'no reading' }
}

function goesOn({ is }: Part, next: Part): boolean {
  if (next.is === 'unit' || LINK.test(next.text)) return true
  if (next.is === 'readings') return is !== 'consumption'
  return is !== 'now' && (next.is === 'previous' || next.is === 'consumption' || next.is === 'no reading')
}

function isGroup(head: Part, next: Part): boolean {
  const [first, second] = [numberOf(head), numberOf(next)]
  if (first === undefined || second?.glue !== ' ' || next.tokens[0] !== second) return false
  return second.text.length === GROUP_DIGITS && first.text.length <= GROUP_DIGITS && first.fraction === null
}

/** The parts with each label in one with its number: «день 24288», «24288 (день)». */
export function labelled(parts: readonly Part[]): readonly Part[] {
  const areInFront = parts.find((part) => part.is === 'label' || isValue(part))?.is === 'label'
  const all: Part[] = []
  let stretch: Part[] = []
  for (const part of parts) {
    const closes = part.is === ')' && stretch.every(({ is }) => is !== '(')
    if (!closes && !isSaying(part) && part.is !== 'account') {
      stretch.push(part)
      continue
    }
    all.push(...withLabels(stretch, areInFront), part)
    stretch = []
  }
  return [...all, ...withLabels(stretch, areInFront)]
}

/** The labels of a stretch stand in front of their numbers, as those of all where a label comes first, or all behind them. */
function withLabels(stretch: readonly Part[], areInFront: boolean): readonly Part[] {
  const row = stretch.filter((part) => part.is === 'label' || part.is === '\n' || isValue(part))
  const isLast = row.findLast(({ is }) => is !== '\n')?.is === 'label'
  const areBehind = isLast && row.every(({ is }, at) => is !== 'label' || row[at - 1]?.is === 'number')
  return areBehind && !areInFront ? bound(stretch, true) : bound(stretch.toReversed(), false).toReversed()
}

/** Each label in one with the number that stands before it in this order. */
function bound(parts: readonly Part[], isLabelBehind: boolean): Part[] {
  const all: Part[] = []
  let at = -1
  for (const part of parts) {
    const number = all[at]
    const label = part.tokens.find((token) => token.kind === 'label')
    if (part.is === 'label' && label && number && !number.label) all[at] = { ...number, label, isLabelBehind }
    else all.push(label ? { ...part, label } : part)
    if (isValue(part)) at = all.length - 1
  }
  return all
}
