/** How the next message completes or replaces what a conversation already holds (rule 13). Pure. */
import type { Facts } from '../core/store.ts'
import { isNumeric, type Token } from '../language/token.ts'
import { accountIn, isSameAccount, namedIn } from './accounts.ts'
import { elementsOf, meterByTail, SERIAL_DIGITS_USUAL } from './elements.ts'
import { type Found, type NamedAccount, namesIt } from './group.ts'
import { meterInText } from './serials.ts'
import { accountSpans, isCalledSerial } from './spans.ts'
import { type Open, wasAsked } from './state.ts'
import {
  isFound,
  isOldRefused,
  readAccount,
  type Scene,
  type Understood,
  type Unplaced,
  understand,
} from './understand.ts'
import { onRegisters, type ReadValue, readValues } from './values.ts'

/** What a message means in its conversation. */
export interface Continued {
  readonly parts: readonly Understood[]
  /** The open question that it goes on with, or null where it stands alone. */
  readonly answers: Open | null
  /** Whether the values are those of the open question, brought by an earlier turn. */
  readonly keepsValues: boolean
}

/** A part without a single number to read. */
function isEmpty(part: Understood): boolean {
  if (!isFound(part)) return !part.tokens.some(isNumeric)
  return part.meter === null ? !part.tokens.some(({ kind }) => kind !== 'label') : part.values.length === 0
}

/** Reads a message with numbers in it, knowing the questions that are open. */
export function continued(tokens: readonly Token[], open: readonly Open[], scene: Scene): Continued {
  const waiting = open.find(({ about }) => about === null)
  if (waiting === undefined) return withFirst(tokens, open, scene)
  const isFirst = open.find(wasAsked)?.about == null
  const first = isFirst ? null : withFirst(tokens, open, scene)
  return first?.answers ? first : withAccount(tokens, waiting, scene)
}

function withFirst(tokens: readonly Token[], open: readonly Open[], scene: Scene): Continued {
  const base = baseOf(tokens, open, scene)
  const about = base === null ? scene.about : goesOnAbout(base, scene.facts)
  const parts = understand(tokens, { ...scene, about })
  const [only, another] = parts
  const isAnswer = base !== null && only !== undefined && another === undefined && isAbout(only, base)
  return isAnswer ? completed(only as Found, base) : { parts, answers: null, keepsValues: false }
}

/** The open question that a message answers: the one whose meter it names, else the first. */
function baseOf(tokens: readonly Token[], open: readonly Open[], { facts }: Scene): Open | null {
  const named = open.find(({ about }) => {
    const account = about === null ? undefined : accountIn(facts, about)
    return (
      account !== undefined &&
      tokens.some((token) => isNumeric(token) && meterInText(account, token.text)?.meter === about?.meter)
    )
  })
  return named ?? open.find(wasAsked) ?? null
}

/** What an open question is about, as the registry has it now. */
export function aboutOf({ about, code }: Pick<Open, 'about' | 'code'>, facts: Facts): Scene['about'] {
  const named = about === null ? null : namedIn(facts, about)
  if (about === null || named === null) return null
  const meter = named.account.meters.find(({ meter }) => meter === about.meter) ?? null
  return { named, known: { meter, isNamed: about.isNamed, asksMeter: code === 'METER_NEEDED' } }
}

/** What the next message is about; null where the meter is gone: the number may be another customer's account now. */
export function goesOnAbout(open: Pick<Open, 'about' | 'code'>, facts: Facts): Scene['about'] {
  const about = aboutOf(open, facts)
  return about?.known.meter === null && open.about?.meter != null ? null : about
}

function isAbout(part: Understood, { about }: Open): boolean {
  return isFound(part) && about !== null && isSameAccount(part.named.account, about)
}

function completed(found: Found, base: Open): Continued {
  const problem = found.problem
  if ((problem !== null && problem.kind !== 'asked') || isOther(found, base)) {
    return { parts: [found], answers: null, keepsValues: false }
  }
  if (!isEmpty(found)) return { parts: [merged(found, base)], answers: base, keepsValues: false }
  return {
    parts: [{ ...found, values: keptValues(found, base), tokens: valueTokens(base) }],
    answers: base,
    keepsValues: true,
  }
}

/** Another meter than the question's, and neither the one that it proposes nor its values: the question stays. */
function isOther({ meter, values }: Found, { about, values: asked, proposal }: Open): boolean {
  if (meter === null || about?.meter == null) return false
  if (meter.meter === about.meter || meter.meter === proposal?.meter) return false
  return values.length === 0 || values.map(({ value }) => value).join() !== asked.map(({ value }) => value).join()
}

/** The values of the open question, read for the meter that is known now. */
function keptValues({ meter }: Found, base: Open): readonly ReadValue[] {
  if (meter === null) return []
  const asked = base.about?.meter ?? meter.meter
  if (asked !== meter.meter) return base.proposal?.meter === meter.meter ? base.proposal.values : []
  return base.values.length > 0 ? base.values : readValues(valueTokens(base), meter)
}

function valueTokens({ tokens }: Open): Found['tokens'] {
  return tokens.filter((token) => token.kind === 'number' || token.kind === 'label' || token.kind === 'bad')
}

/** New values beside those that are there: a label replaces its register's value, a full set replaces all. */
function merged(found: Found, base: Open): Found {
  const wanted = found.meter?.registers.length ?? 0
  const isSameMeter = found.meter?.meter === base.about?.meter
  const missing = base.code === 'FEW_VALUES' && isSameMeter ? missingValues(found, wanted - base.values.length) : null
  if (missing !== null)
    return { ...found, values: mergedValues(base.values, { ...found, values: missing }), otherwise: null }
  const labelled = found.values.every(({ register }) => register !== null)
  if (!isSameMeter || found.values.length >= wanted || (base.code !== 'FEW_VALUES' && !labelled)) return found
  return { ...found, values: mergedValues(base.values, found), otherwise: null }
}

/** «24 563» where one value is missing: it is that one, in groups of thousands (rule 11); null: it is not so. */
function missingValues({ meter, tokens, values }: Found, missing: number): readonly ReadValue[] | null {
  if (meter === null || values.length <= missing) return null
  const fewer = readValues(tokens, meter, missing)
  return fewer.length === missing ? fewer : null
}

/** Values without a label stand on the registers that the question took them for; a label of no register goes with its value. */
function mergedValues(before: readonly ReadValue[], { meter, values }: Found): readonly ReadValue[] {
  const registers = meter?.registers ?? []
  const isOwn = (label: string | null) => label === null || registers.some(({ register }) => register === label)
  const placed = onRegisters(
    before.filter(({ register }) => isOwn(register)),
    registers,
  )
  const replaced = new Set(values.map(({ register }) => register).filter((register) => register !== null))
  return [...placed.filter(({ register }) => register === null || !replaced.has(register)), ...values]
}

/** The account was asked for: the message brings it, a serial or last digits that leave one, a value more, or all anew. */
function withAccount(tokens: readonly Token[], waiting: Open, scene: Scene): Continued {
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
  const [span, ...others] = accountSpans(tokens, scene.facts, scene.isShaped)
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
  const [named, another] = candidatesOf(waiting, scene).filter(({ account }) =>
    elementsOf(all, account, false).some((one) => one.kind === 'meter' && one.meter),
  )
  if (named === undefined || another !== undefined) return null
  return { ...scene, about: { named, known: { meter: null, isNamed: false, asksMeter: false } } }
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
