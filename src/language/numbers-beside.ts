/** Which numbers stand beside a word that says of numbers whether they are of now (rule 12). Pure. */
import { digitsOf, isSaying, isValue, type Kinds, numberOf, type Part } from './parts.ts'
import type { LabelToken } from './token.ts'

/** A text in parts. */
export interface Text {
  readonly parts: readonly Part[]
  /** By place the innermost bracket around it that closes. */
  readonly brackets: readonly (Bracket | undefined)[]
  /** Where the last word stands that says «now»; -1: nowhere. */
  readonly lastNow: number
  /** The places of numbers that are told to be previous or consumption. */
  readonly taken: Set<number>
}

interface Bracket {
  readonly open: number
  readonly close: number
}

/** The text that these parts make. */
export function textOf(parts: readonly Part[]): Text {
  return {
    parts,
    brackets: bracketsOf(parts),
    lastNow: parts.findLastIndex(({ is }) => is === 'now'),
    taken: new Set(),
  }
}

function bracketsOf(parts: readonly Part[]): readonly (Bracket | undefined)[] {
  const opened: number[] = []
  const closed: Bracket[] = []
  for (const [close, { is }] of parts.entries()) {
    if (is === '(') opened.push(close)
    const open = is === ')' ? opened.pop() : undefined
    if (open !== undefined) closed.push({ open, close })
  }
  const brackets = new Array<Bracket | undefined>(parts.length).fill(undefined)
  // The outer ones first, for they close last.
  for (const bracket of closed.reverse()) brackets.fill(bracket, bracket.open + 1, bracket.close)
  return brackets
}

/** The bracket in which the word at `at` is the first that says anything; undefined: it stands in none that closes. */
export function bracketOf({ parts, brackets }: Text, at: number): Bracket | undefined {
  const bracket = brackets[at]
  return bracket && !parts.slice(bracket.open, at).some((part) => isSaying(part) || isValue(part)) ? bracket : undefined
}

/** Whether there is a value from one place up to another. */
export function hasValue({ parts }: Text, from: number, to = parts.length): boolean {
  return parts.slice(from, to).some(isValue)
}

/** Whether one of these kinds stands from one place up to another. */
export function hasAny({ parts }: Text, from: number, to: number, kinds: Kinds): boolean {
  return parts.slice(from, to).some(({ is }) => kinds.has(is))
}

/** What may stand between a number and a word that says of it: «352 квт - расход», «55959⏎было», «стало: 56311». */
const NEAR: Kinds = new Set(['unit', '-', '/', '(', ')', ':', '\n'] as const)
/** What may stand between the numbers of a row: «24288, 76451», «24288 (день) и 76451 (ночь)». */
const IN_ROW: Kinds = new Set([...NEAR, ',', ';', '.', 'и', 'link', 'no reading'] as const)
/** What may end a clause. */
const ENDS: Kinds = new Set([',', ';', '!', '?', '\n', '.'] as const)
const CLAUSE_ENDS: Kinds = new Set([',', ';', '\n'] as const)
const NAMES: Kinds = new Set(['account', 'meter'] as const)

/** The first place beside `at` in a direction with something else than what may stand between a word and its number. */
function beside({ parts }: Text, at: number, step: 1 | -1): number {
  let next = at + step
  while (NEAR.has(parts[next]?.is)) next += step
  return next
}

/** `11` of `11111/11` has so many digits at most, and is the second part of an account. */
const TAIL_DIGITS_MAX = 3

/** «55959 было», «352 квт (расход»: the place of the number right before a word; -1: none. */
export function numberBefore(text: Text, at: number): number {
  const around = text.brackets[at]
  const held = around
    ? text.parts.findLastIndex((part, place) => place > around.open && place < at && isValue(part))
    : -1
  const before = held < 0 ? beside(text, bracketOf(text, at)?.open ?? at, -1) : held
  const part = text.parts[before]
  return part && numberOf(part) && isBefore(text, before) && !isOfOther(text, at, before) ? before : -1
}

function isBefore({ parts, taken }: Text, at: number): boolean {
  const part = parts[at]
  const [first] = part?.tokens ?? []
  const isTail = first?.kind === 'number' && first.glue === '/' && digitsOf(part).length <= TAIL_DIGITS_MAX
  return part !== undefined && isValue(part) && !isTail && !taken.has(at)
}

/** Whether a number follows the word at `at` with nothing but marks between. */
export function leadsToNumber(text: Text, at: number): boolean {
  return text.parts[beside(text, at, 1)]?.is === 'number'
}

/** Whether «now» is said of the number at `at` before it, «56311 стало», and not of one that follows. */
export function isCalledNow(text: Text, at: number): boolean {
  const now = beside(text, at, 1)
  const next = beside(text, now, 1)
  const isHeading = text.parts[next]?.is === 'number' && !isSaying(text.parts[beside(text, next, 1)])
  if (text.parts[now]?.is !== 'now' || isHeading) return false
  const end = text.parts.findIndex(({ is }, next) => next > now && CLAUSE_ENDS.has(is))
  return !hasValue(text, now, end < 0 ? undefined : end)
}

/** Whether a clause ends at `at`, behind a word of its own: «раньше не было света, показания …», «сколько было?». */
function endsClause({ parts }: Text, at: number): boolean {
  return parts[at]?.is === '?' || (parts[at - 1]?.is === 'word' && ENDS.has(parts[at]?.is))
}

/**
 * The numbers behind the word at `at` that it may be said of: all in the bracket that it opens, all up to the word that says
 * «now», else the next one of its clause, or the row of those that have labels: «прошлые Т1 24288 Т2 76451».
 */
export function numbersBehind(text: Text, at: number): readonly number[] {
  const { parts } = text
  const around = text.brackets[at]
  const own = bracketOf(text, at)
  const isHeld = own !== undefined && hasValue(text, at, own.close)
  const isWhole = isHeld || text.lastNow > at
  const end = around && (isHeld || !own) ? around.close : parts.length
  const row: number[] = []
  for (let next = at + 1; next < end; next++) {
    const part = parts[next] as Part
    const last = row.at(-1)
    if (isSaying(part) || (!isHeld && NAMES.has(part.is))) break
    if (last === undefined && !isWhole && endsClause(text, next)) break
    if (!isValue(part) || isOfOther(text, at, next)) continue
    if (last !== undefined && (isCalledNow(text, next) || !(isWhole || goesOn(text, row, next)))) break
    row.push(next)
  }
  return row
}

/** «(275 расход)»: what stands in brackets with a word of its own is out of reach of the words around these. */
function isOfOther({ parts, brackets }: Text, at: number, number: number): boolean {
  const bracket = brackets[number]
  const isOutside = bracket !== undefined && (bracket.open > at || bracket.close < at)
  return isOutside && parts.slice(bracket.open, bracket.close).some(isSaying)
}

/** «Прошлые Т1 24288 Т2 76451, Т1 24563 …»: another row begins with a label that this one has, or that is told but once. */
function goesOn(text: Text, row: readonly number[], next: number): boolean {
  const { parts } = text
  const own = parts[next]?.label
  if (!own || !row.every((one) => parts[one]?.label && !isSame(parts[one].label, own))) return false
  const isApart = hasAny(text, row.at(-1) as number, next, ENDS)
  return !isApart || parts.filter(({ label }) => isSame(label, own)).length > 1
}

/** Whether two labels name one register. */
export function isSame(one: LabelToken | undefined, other: LabelToken | undefined): boolean {
  return one !== undefined && one.register === other?.register && one.zone === other.zone
}

/** The values of the row beside `at` in a direction, in the order of the text. */
export function rowBeside(text: Text, at: number, step: 1 | -1): readonly number[] {
  const row: number[] = []
  for (let next = at + step; ; next += step) {
    const part = text.parts[next]
    if (part && (step < 0 ? isBefore(text, next) : isValue(part))) row.push(next)
    else if (!IN_ROW.has(part?.is)) break
  }
  return step < 0 ? row.reverse() : row
}

/** Digits of a value that slashes may join to others; fewer are those of an account before it. */
const JOINED_DIGITS_MIN = 4

/** The number at `before`, and those that slashes join to it: `24288/76451`. */
export function joinedBefore(text: Text, before: number): readonly number[] {
  const { parts } = text
  const isJoined = numberOf(parts[before] as Part)?.glue === '/' && isBefore(text, before - 2)
  if (!isJoined || digitsOf(parts[before - 2]).length < JOINED_DIGITS_MIN) return [before]
  return [...joinedBefore(text, before - 2), before]
}
