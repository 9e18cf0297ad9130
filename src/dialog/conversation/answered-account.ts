/** How a message answers the question for the account (rules 5, 6 and 13). Pure. */
import { isNumeric, type Token } from '../../language/token.ts'
import { isSameAccount, type NamedAccount } from '../accounts.ts'
import { accountSpans, isCalledSerial } from '../claims/account-spans.ts'
import { namesMeter, SERIAL_DIGITS_USUAL } from '../claims/elements.ts'
import type { Found } from '../claims/group.ts'
import {
  isFound,
  isOldRefused,
  nothingKnown,
  readAccount,
  type Scene,
  type Understood,
  type Unplaced,
  understand,
} from '../claims/understand.ts'
import { meterByTail, namesIt } from '../meters.ts'
import type { Open } from './state.ts'

/** What a message means in its conversation. */
export interface Continued {
  readonly parts: readonly Understood[]
  /** The open question that it goes on with, or null where it stands alone. */
  readonly answers: Open | null
  /** Whether the values are those of the open question, brought by an earlier turn. */
  readonly keepsValues: boolean
}

/** A part without a single number to read. */
export function isEmpty(part: Understood): boolean {
  if (!isFound(part)) return !part.tokens.some(isNumeric)
  return part.meter === null ? !part.tokens.some(({ kind }) => kind !== 'label') : part.values.length === 0
}

/** The account was asked for: the message brings it, a serial or last digits that leave one, a value more, or all anew. */
export function withAccount(tokens: readonly Token[], waiting: Open, scene: Scene): Continued {
  const byTail = chosenByTail(tokens, waiting, scene)
  if (byTail) return { parts: byTail, answers: waiting, keepsValues: true }
  const chosen = chosenBySerial(tokens, waiting, scene)
  if (chosen) {
    const anew = understand(tokens, chosen)
    if (anew.every(isComplete)) return { parts: anew, answers: waiting, keepsValues: false }
    return { parts: understand([...waiting.tokens, ...tokens], chosen), answers: waiting, keepsValues: true }
  }
  const parts = understand(tokens, scene)
  if (parts.some(isOldRefused)) return { parts, answers: null, keepsValues: false }
  const [span, ...others] = accountSpans(tokens, scene.facts, scene.house.isShaped)
  const bringsAccount = span !== undefined || parts.some(isByOldNumber)
  const values = span === undefined ? tokens : tokens.toSpliced(span.from, span.to - span.from)
  const isAdded = others.length === 0 && !parts.every(isComplete) && isMore(values, waiting.tokens)
  if (bringsAccount && (isAdded || parts.every(isEmpty))) {
    return { parts: understand([...tokens, ...waiting.tokens], scene), answers: waiting, keepsValues: !isAdded }
  }
  const [only] = parts
  const stillNone = !bringsAccount && only !== undefined && !isFound(only) && only.problem.kind === 'asked'
  if (stillNone && !parts.every(isEmpty) && (isAdded || tokens.every(looksLikeSerial))) {
    const both: Unplaced = { ...only, tokens: [...waiting.tokens, ...tokens] }
    return { parts: [both], answers: waiting, keepsValues: !isAdded }
  }
  const isOfSeveral = parts.length > 1 && parts.every(isComplete)
  const isInstead = isOfSeveral || (waiting.tokens.length === 0 && parts.some(isFound))
  return { parts, answers: stillNone || bringsAccount || isInstead ? waiting : null, keepsValues: false }
}

/** Whether it has a value for every register: it takes the place of what came before. */
function isComplete(part: Understood): boolean {
  return isFound(part) && part.meter !== null && part.values.length >= part.meter.registers.length
}

/** Whether a number before the single bill led there: one of digits only is known by that. */
function isByOldNumber(part: Understood): boolean {
  return isFound(part) ? part.named.isOld : part.submitted !== null && part.candidates.length > 0
}

/** Registers' usual numbers by zone: «ночь 76572», then «Т2 76573», is a correction. */
const USUAL: Readonly<Record<string, string>> = { DAY: 'T1', PEAK: 'T1', NIGHT: 'T2', HALF_PEAK: 'T3' }

/** «День 24563», «ночь 76572»: values of other registers than those that came before. */
function isMore(tokens: readonly Token[], before: readonly Token[]): boolean {
  const [more, labels] = [labelsOfValues(tokens), labelsOfValues(before)]
  const isSame = (one: string, other: string) => one === other || USUAL[one] === other || USUAL[other] === one
  return more !== null && labels !== null && !more.some((one) => labels.some((other) => isSame(one, other)))
}

/** The labels of values that have one each; null where something else stands among them. */
function labelsOfValues(tokens: readonly Token[]): readonly string[] | null {
  const labels = tokens.flatMap((token) => (token.kind === 'label' ? [token.register ?? String(token.zone)] : []))
  const kinds = tokens.map(({ kind }) => kind).join(' ')
  return /^(?:label number ?)+$|^(?:number label ?)+$/.test(kinds) ? labels : null
}

/** Called a serial, or a run of digits longer than any dial: rather the meter's serial than a new reading. */
function looksLikeSerial(token: Token): boolean {
  return isCalledSerial(token) || (token.kind === 'number' && token.text.length >= SERIAL_DIGITS_USUAL)
}

/** Rule 5: an old number, or the sender's phone, that leads to several accounts, and now the serial that leaves one. */
function chosenBySerial(tokens: readonly Token[], waiting: Open, scene: Scene): Scene | null {
  const all = [...waiting.tokens, ...tokens]
  const [named, another] = candidatesOf(waiting, scene).filter(({ account }) => namesMeter(all, account))
  if (named === undefined || another !== undefined) return null
  return { ...scene, about: { named, known: nothingKnown } }
}

/** Rule 6: nothing but the last 4 digits of a meter, which one of these accounts alone has. */
function chosenByTail(tokens: readonly Token[], waiting: Open, scene: Scene): readonly Found[] | null {
  const [number, another] = tokens.filter(({ kind }) => kind !== 'service')
  if (number?.kind !== 'number' || number.fraction !== null || number.minus || another !== undefined) return null
  const [found, other] = candidatesOf(waiting, scene).flatMap((named) => {
    const meter = meterByTail(named.account, number.text)
    return meter === null ? [] : [{ named, meter }]
  })
  if (found === undefined || other !== undefined) return null
  const { named, meter } = found
  // The digits may have come before, without a value.
  const said = waiting.tokens.filter((token) => token.kind !== 'number' || token.text !== number.text)
  const known = { meter, isNamed: namesIt(named, meter), asksMeter: false }
  return readAccount(said, { named, known }, scene)
}

/** The accounts that the question leaves open, as the registry has them now; the sender's where it knew of none. */
function candidatesOf({ candidates }: Open, { facts, senders }: Scene): readonly NamedAccount[] {
  const own = senders.map(({ branch, account }) => ({ branch, account, submitted: account }))
  return (candidates.length > 0 ? candidates : own).flatMap(({ branch, account, submitted }) => {
    const found = [...facts.byAccount(account), ...senders].find((one) => isSameAccount(one, { branch, account }))
    if (found === undefined) return []
    return [
      {
        account: found,
        submitted,
        isOld: submitted === found.oldAccount,
        isSenders: senders.length === 1 && senders.includes(found),
      },
    ]
  })
}
