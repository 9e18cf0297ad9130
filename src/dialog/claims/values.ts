/** Labels and numbers of one meter to claimed values (rules 9 and 11). Pure. */
import type { ClaimedValue } from '../../core/claim.ts'
import type { ShownValue } from '../../core/delivery.ts'
import type { Meter, Register } from '../../core/facts.ts'
import type { BadToken, LabelToken, NumberToken } from '../../language/token.ts'
import { areAtOdds, NO_REGISTER, registerOf, saidOnce } from './labels.ts'

/** What may stand among one meter's values. */
export type ValueToken = NumberToken | LabelToken | BadToken

/** One value of a meter: claimed, or not to be read. */
export interface ReadValue extends ClaimedValue {
  /** A number that is none: `repaired` where it looks like one. */
  readonly bad: { readonly repaired: string | null } | null
}

/** The values in the order of the text, labels settled, thousands in groups put together where as many as wanted are left. */
export function readValues(
  tokens: readonly ValueToken[],
  meter: Meter,
  wanted = meter.registers.length,
): readonly ReadValue[] {
  return labelled(withFigures(tokens, meter) ?? paired(grouped(tokens, meter, wanted), meter), meter)
}

/** The figures that number the registers as labels; null: there are none, or labels and groups are enough, «день 1 563 ночь 2 445». */
function withFigures(tokens: readonly ValueToken[], meter: Meter): readonly ValueToken[] | null {
  const wanted = meter.registers.length
  const isLabelled = tokens.some(({ kind }) => kind === 'label')
  if (isLabelled && countOf(grouped(tokens, meter, wanted)) === wanted) return null
  return numbered(grouped(tokens, meter, 2 * wanted), meter)
}

function countOf(tokens: readonly ValueToken[]): number {
  return tokens.filter(({ kind }) => kind !== 'label').length
}

/** The value of each register as it is shown, in their order; one that has none is left out. */
export function shownOn(
  registers: readonly Pick<Register, 'register' | 'zone'>[],
  valueFor: (register: string) => string | undefined,
): readonly ShownValue[] {
  return registers.flatMap(({ register, zone }) => {
    const value = valueFor(register)
    return value === undefined ? [] : [{ register, zone, value }]
  })
}

/** Values without a label on the registers that have none yet, in their order. */
export function onRegisters(values: readonly ReadValue[], registers: Meter['registers']): readonly ReadValue[] {
  const labels = registers.map(({ register }) => register)
  const free = labels.filter((label) => !values.some(({ register }) => register === label))
  return values.map((one) => ({ ...one, register: one.register ?? free.shift() ?? null }))
}

/**
 * How else the tokens of one meter may be meant (rule 9): each label for the number before it, «10110 день 10120»; the word
 * for a time of day, «звонила ночью, 10110 10120»; a number in groups for a register and its value, «1 563 2 445»; `unsure`:
 * no way, for two numbers are told as one thing, «10110 или 10120», or one as two, «т1 10110 (ночь)». null: they say one
 * thing.
 */
export function readOtherwise(tokens: readonly ValueToken[], meter: Meter): readonly ReadValue[] | 'unsure' | null {
  if (meter.registers.length < 2) return null
  const [, ...numbers] = tokens.filter(({ kind }) => kind !== 'label')
  if (numbers.some((token) => token.kind === 'number' && token.isOneOfTwo)) return 'unsure'
  const [label, another] = tokens.filter((token) => token.kind === 'label')
  if (label?.isPerhapsTime && another === undefined) {
    const others = tokens.filter((token) => token !== label)
    return readValues(others, meter)
  }
  const inGroups = inThousands(tokens, meter)
  if (inGroups !== null) return labelled(inGroups, meter)
  const inPieces = withFigures(tokens, meter) ?? grouped(tokens, meter, meter.registers.length)
  if (areAtOdds(inPieces, meter)) return 'unsure'
  if (!areBetween(inPieces)) return null
  return readValues(
    inPieces.map((token) => (token.kind === 'label' ? { ...token, isBehind: true } : token)),
    meter,
  )
}

/** «1 563 2 445»: what may number the registers may begin a number in groups as well; null: it is not so. */
function inThousands(tokens: readonly ValueToken[], meter: Meter): readonly ValueToken[] | null {
  if (numbered(tokens, meter) === null) return null
  const inGroups = grouped(tokens, meter, meter.registers.length)
  return inGroups.length === meter.registers.length ? inGroups : null
}

/** Whether labels and numbers take turns, and a number is first and last. */
function areBetween(tokens: readonly ValueToken[]): boolean {
  if (tokens.length < 3 || tokens.length % 2 === 0) return false
  return tokens.every((token, at) =>
    at % 2 === 1 ? token.kind === 'label' && token.isBetween : token.kind !== 'label',
  )
}

/** `день/ночь 24563/76572`, or the other way round: labels of all registers, and as many values in their order. */
function paired(tokens: readonly ValueToken[], meter: Meter): readonly ValueToken[] {
  const wanted = meter.registers.length
  if (wanted < 2 || tokens.length !== 2 * wanted) return tokens
  const halves = [tokens.slice(0, wanted), tokens.slice(wanted)] as const
  const [labels, values] = tokens[0]?.kind === 'label' ? halves : [halves[1], halves[0]]
  if (values.some(({ kind }) => kind === 'label')) return tokens
  const named = new Set(labels.map((token) => (token.kind === 'label' ? registerOf(token, meter) : null)))
  const isEach = meter.registers.every(({ register }) => named.has(register))
  return isEach ? labels.flatMap((label, at) => [label, values[at] as ValueToken]) : tokens
}

/** `1-24563 2-76572`, `1. 24 563 (день) 2. 76 572 (ночь)`: every value with its register's number before it; null: it is not so. */
function numbered(tokens: readonly ValueToken[], { registers }: Meter): readonly ValueToken[] | null {
  const numbers = tokens.filter(({ kind }) => kind !== 'label')
  if (registers.length < 2 || numbers.length !== 2 * registers.length) return null
  const figures = new Set(numbers.filter((one, at) => at % 2 === 0 && one.kind === 'number' && one.fraction === null))
  const labels = tokens.map((token): ValueToken => {
    return token.kind === 'number' && figures.has(token)
      ? { kind: 'label', register: `T${token.text}`, zone: null }
      : token
  })
  const isValued = numbers.every((one) => one.kind === 'number') && figures.size === registers.length
  const seen = new Set([...figures].map((one) => (one.kind === 'number' ? `T${one.text}` : null)))
  return isValued && registers.every(({ register }) => seen.has(register)) ? labels : null
}

/** The digits of a number, or those that it looks like: `93О` is 930. */
function digitsOf(token: ValueToken | undefined): string {
  if (token?.kind === 'bad') return token.repaired ?? ''
  return token?.kind === 'number' ? token.text : ''
}

/** Whether `next` is three more digits of the number that `head` began, as in `1 044 408`. */
function continuesGroup(head: NumberToken | BadToken, next: NumberToken | BadToken): boolean {
  const isHead = /^\d{1,3}( \d{3})*$/.test(digitsOf(head)) && !(head.kind === 'number' && head.fraction !== null)
  return isHead && next.glue === ' ' && /^\d{3}$/.test(digitsOf(next))
}

/** More numbers than this are never put together: their ways would be too many. */
const GROUPED_NUMBERS_MAX = 12

/**
 * Rule 11: `44 408` is 44408 where so many values are wanted, and not where the numbers alone are enough. Where several
 * ways give as many, the one whose values all fit the dials; where several do, none.
 */
function grouped(tokens: readonly ValueToken[], { registers }: Meter, wanted: number): readonly ValueToken[] {
  const numbers = countOf(tokens)
  if (numbers <= wanted || numbers > GROUPED_NUMBERS_MAX) return tokens
  const ways = waysToGroup(tokens, wanted)
  const dial = Math.max(...registers.map(({ digits }) => digits))
  const fitting = ways.filter((way) => way.every((token) => digitsOf(token).length <= dial))
  const [only] = fitting.length > 0 ? fitting : ways
  const isPlain = (fitting.length > 0 ? fitting : ways).length === 1
  return only !== undefined && isPlain ? only : tokens
}

/** Every way to put groups of thousands together that leaves so many numbers. */
function waysToGroup(tokens: readonly ValueToken[], wanted: number): readonly (readonly ValueToken[])[] {
  const ways = tokens.reduce<readonly (readonly ValueToken[])[]>(
    (all, token) => all.flatMap((way) => waysWith(way, token)),
    [[]],
  )
  return ways.filter((way) => countOf(way) === wanted).map((way) => way.map(ungapped))
}

function waysWith(way: readonly ValueToken[], token: ValueToken): readonly (readonly ValueToken[])[] {
  const head = way.at(-1)
  if (head === undefined || head.kind === 'label' || token.kind === 'label') return [[...way, token]]
  if (!continuesGroup(head, token)) return [[...way, token]]
  return [
    [...way.slice(0, -1), inOne(head, token)],
    [...way, token],
  ]
}

/** Two groups of a number; one with a letter in it makes the whole one that cannot be read. */
function inOne(head: NumberToken | BadToken, next: NumberToken | BadToken): NumberToken | BadToken {
  const text = `${head.text} ${next.text}`
  if (head.kind === 'number' && next.kind === 'number') return { ...head, text, fraction: next.fraction }
  return { kind: 'bad', text, repaired: `${digitsOf(head)} ${digitsOf(next)}` }
}

function ungapped(token: ValueToken): ValueToken {
  if (token.kind === 'label') return token
  const text = token.text.replaceAll(' ', '')
  if (token.kind === 'number') return { ...token, text }
  return { ...token, text, repaired: token.repaired?.replaceAll(' ', '') ?? null }
}

/** Whether labels stand behind their values: `279478 (день), 862617 (ночь)`. */
function labelsBehind(tokens: readonly ValueToken[]): boolean {
  return tokens[0]?.kind !== 'label' && tokens.at(-1)?.kind === 'label'
}

/** «24563 день, 76572»: a label that stands behind its value, put before it. */
function withLabelsBefore(tokens: readonly ValueToken[]): readonly ValueToken[] {
  const inOrder: ValueToken[] = []
  for (const token of tokens) {
    const [before, value] = [inOrder.at(-2), inOrder.at(-1)]
    const isBehind = token.kind === 'label' && token.isBehind && value !== undefined && value.kind !== 'label'
    if (isBehind && before?.kind !== 'label') inOrder.splice(-1, 0, token)
    else inOrder.push(token)
  }
  return inOrder
}

function labelled(tokens: readonly ValueToken[], meter: Meter): readonly ReadValue[] {
  const isReversed = labelsBehind(tokens)
  const inOrder = isReversed ? [...tokens].reverse() : withLabelsBefore(saidOnce(tokens, meter))
  const values: ReadValue[] = []
  let label: string | null = null
  for (const token of inOrder) {
    if (token.kind === 'label') {
      const named = registerOf(token, meter)
      label = label !== null && named !== null && named !== label ? NO_REGISTER : (named ?? label)
      continue
    }
    values.push(readValue(token, label))
    label = null
  }
  return isReversed ? values.reverse() : values
}

function readValue(token: NumberToken | BadToken, register: string | null): ReadValue {
  if (token.kind === 'bad') return { register, value: token.text, bad: { repaired: token.repaired } }
  const value = token.fraction === null ? token.text : `${token.text}.${token.fraction}`
  return { register, value, bad: token.minus ? { repaired: null } : null }
}
