/** One account's tokens to elements: which numbers name a meter, which are values (rules 6, 7, 9, 10). Pure. */
import type { Account, Meter } from '../../core/facts.ts'
import {
  type BadToken,
  type NumberToken,
  numberToken,
  type ServiceToken,
  type Token,
  unglued,
} from '../../language/token.ts'
import { activeMeters, meterByTail, meterInText, meterOfTail, metersOf } from '../meters.ts'
import { serialAt } from './serials.ts'
import type { ValueToken } from './values.ts'

/** Something that says which meter the values beside it are of; `meter` null: a serial that is not on the account. */
export interface MeterMark {
  readonly kind: 'meter'
  readonly meter: Meter | null
  /** Named by its whole serial, not by its last 4 digits. */
  readonly bySerial: boolean
}

/** What one account's part of a text is made of. */
export type Element = ValueToken | MeterMark | ServiceToken

/** A run of digits this long is no value (rule 11 allows 12). */
const SERIAL_DIGITS_MIN = 13
/** A value can be repaired when it is up to two digits too long (rule 17); what is longer still is taken for a serial. */
export const DIGITS_BEYOND_DIAL_MAX = 2
/** Serials have this many digits and more: with enough values beside it, such a number is no value. */
export const SERIAL_DIGITS_USUAL = 8

/** Tokens with their meters marked. `asksMeter`: the customer was asked which meter it is. */
export function elementsOf(tokens: readonly Token[], account: Account, asksMeter: boolean): readonly Element[] {
  const marked = withoutOrdinals(markSerials(tokens, account))
  return apart(asksMeter ? markAnswer(marked, account) : markOthers(marked, account))
}

/** Whether tokens name a meter of that account. */
export function namesMeter(tokens: readonly Token[], account: Account): boolean {
  return elementsOf(tokens, account, false).some((element) => element.kind === 'meter' && element.meter !== null)
}

/** Numbers between which a meter or service is named are no groups of one number (rule 11). */
function apart(elements: readonly Element[]): readonly Element[] {
  const first = elements.findIndex(isValue)
  return elements.map((element, at) => {
    const before = elements[at - 1]
    const isBehindMark = at > first + 1 && (before?.kind === 'meter' || before?.kind === 'service')
    return isBehindMark && isValue(element) ? unglued(element) : element
  })
}

/** «1. 737408044 19584 2. 706205891 40631»: what counts the serials, each before its own, is no value. */
function withoutOrdinals(elements: readonly Element[]): readonly Element[] {
  const serials = elements.filter(({ kind }) => kind === 'meter')
  if (serials.length < 2) return elements
  const ordinals = serials.flatMap((serial, nth) => {
    const before = elements[elements.indexOf(serial) - 1]
    return isNumber(before) && before.text === String(nth + 1) && before.fraction === null ? [before] : []
  })
  return ordinals.length === serials.length
    ? elements.filter((one) => !ordinals.some((ordinal) => ordinal === one))
    : elements
}

function markSerials(tokens: readonly Token[], account: Account): readonly Element[] {
  const elements: Element[] = []
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at] as Token
    if (token.kind === 'code') {
      const meter = meterInText(account, token.text)
      if (meter) elements.push({ kind: 'meter', meter, bySerial: true })
      else elements.push(...markSerials(token.otherwise, account))
      at += 1
      continue
    }
    const found = serialAt(tokens, at, account)
    if (!found) elements.push(token)
    else elements.push({ kind: 'meter', meter: found.meter, bySerial: true })
    if (found?.fraction != null) elements.push(numberToken(found.fraction))
    at = found ? found.to : at + 1
  }
  return elements
}

function isNumber(element: Element | undefined): element is NumberToken {
  return element?.kind === 'number'
}

function digitsMax(account: Account): number {
  let max = 0
  for (const { registers } of account.meters) for (const { digits } of registers) max = Math.max(max, digits)
  return max
}

/** The answer to «which meter»: a lone number that could be no value names a meter, or none of this account. */
function markAnswer(elements: readonly Element[], account: Account): readonly Element[] {
  const numbers = elements.filter(isNumber)
  if (elements.some(({ kind }) => kind === 'meter')) return markOthers(elements, account)
  const [only] = numbers
  if (only === undefined || numbers.length > 1) return markOthers(elements, account)
  const tail = meterOfTail(account, only.text)
  const looksLikeSerial = only.text.length === 4 || only.text.length > digitsMax(account)
  if (tail === null && !looksLikeSerial) return elements
  return elements.map((element) => (element === only ? { kind: 'meter', meter: tail, bySerial: false } : element))
}

/** Numbers that are called a serial, or that are too long for a value where there are values enough without them. */
function markOthers(elements: readonly Element[], account: Account): readonly Element[] {
  const tails = tailsIn(elements, account)
  const values = countOf(elements, isValue)
  return elements.map((element, at) => {
    if (!isNumber(element) || element.minus) return element
    const meter = tails.get(element) ?? markOf(element, { elements, at, others: values - 1, account })
    return meter === undefined ? element : { kind: 'meter', meter, bySerial: false }
  })
}

function countOf(elements: readonly Element[], counts: (element: Element) => boolean): number {
  let count = 0
  for (const element of elements) if (counts(element)) count++
  return count
}

function isValue(element: Element): element is NumberToken | BadToken {
  return element.kind === 'number' || element.kind === 'bad'
}

const NO_TAILS: ReadonlyMap<Element, Meter> = new Map()

/** Rule 6: numbers that are the last 4 digits of a serial, where the count of values then fits the meters so named. */
function tailsIn(elements: readonly Element[], account: Account): ReadonlyMap<Element, Meter> {
  if (elements.some(({ kind }) => kind === 'meter')) return NO_TAILS
  const numbers = countOf(elements, isValue)
  const named = elements.flatMap((element): [Element, Meter][] => {
    const meter =
      isNumber(element) && !element.minus && element.fraction === null ? meterByTail(account, element.text) : null
    return meter === null ? [] : [[element, meter]]
  })
  const fits = (some: readonly [Element, Meter][]) =>
    some.reduce((sum, [, { registers }]) => sum + registers.length, some.length) === numbers
  const single = named.filter((one) => fits([one]))
  if (fits(named) && new Set(named.map(([, meter]) => meter)).size === named.length) return new Map(named)
  return new Map(single.length === 1 ? single : [])
}

interface Place {
  readonly elements: readonly Element[]
  readonly at: number
  /** How many other numbers there are. */
  readonly others: number
  readonly account: Account
}

/** «Счётчик воды 61037 счётчик света 271187»: the only number, or the only one between its service and the next meter. */
function isAlone({ elements, at, others }: Place): boolean {
  const [before, next] = [elements[at - 1]?.kind, elements[at + 1]?.kind ?? 'meter']
  return others === 0 || (before === 'service' && (next === 'service' || next === 'meter'))
}

/** «Счётчик 24563 76572»: what is called a serial, and is a value where there were too few without it. */
function isValueOf({ text }: NumberToken, place: Place): boolean {
  const { account, others } = place
  const dial = digitsMax(account)
  if (isAlone(place)) return text.length <= dial + DIGITS_BEYOND_DIAL_MAX
  const isWanted = (count: number) => activeMeters(account).some(({ registers }) => registers.length === count)
  return text.length <= dial && isWanted(others + 1) && !isWanted(others)
}

/** undefined: a value. */
function markOf(element: NumberToken, place: Place): Meter | null | undefined {
  const { account, others, elements } = place
  if (element.text.length >= SERIAL_DIGITS_MIN) return null
  if (element.said === 'meter') {
    const tail = others > 0 ? meterOfTail(account, element.text) : null
    if (tail) return tail
    return isValueOf(element, place) ? undefined : null
  }
  const isSerialLong = element.text.length >= SERIAL_DIGITS_USUAL && element.text.length > digitsMax(account)
  if (!isSerialLong || !isNumber(elements[place.at + 1])) return undefined
  const named = registersNamed(elements)
  if (named > 0) return named === others + 1 ? undefined : null
  return activeMeters(account).some(({ registers }) => registers.length === others) ? null : undefined
}

/** How many values the meters that are named by their serials have; where that many numbers are left, all are values (rule 9). */
function registersNamed(elements: readonly Element[]): number {
  let count = 0
  for (const element of elements) if (element.kind === 'meter') count += element.meter?.registers.length ?? 0
  return count
}

type Numbered = Extract<Element, { kind: 'service' }> & { readonly index: string }

/** `1Э`, `2Э`. */
function isNumbered(element: Element): element is Numbered {
  return element.kind === 'service' && element.service === 'ELECTRICITY' && element.index != null
}

/** Rule 9: `1Э 14243 2Э 17867` numbers the registers where there is one electricity meter, and two meters else. */
export function zonesNumbered(elements: readonly Element[], account: Account): readonly Element[] {
  if (!elements.some(isNumbered) || metersOf(account, 'ELECTRICITY').length !== 1) return elements
  if (new Set(elements.filter(isNumbered).map(({ index }) => index)).size < 2) return elements
  return elements.map((element) =>
    isNumbered(element)
      ? { kind: 'label', register: `T${element.index}`, zone: null, ...(element.isBetween && { isBetween: true }) }
      : element,
  )
}
