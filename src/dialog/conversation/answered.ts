/** Which open question a message answers, and how it completes or replaces what that one holds (rule 13). Pure. */
import type { Facts } from '../../core/store.ts'
import { isNumeric, type Token } from '../../language/token.ts'
import { accountIn, isSameAccount, namedIn } from '../accounts.ts'
import type { Found } from '../claims/group.ts'
import { isFound, type Scene, type Understood, understand } from '../claims/understand.ts'
import { onRegisters, type ReadValue, readValues } from '../claims/values.ts'
import { meterInText } from '../meters.ts'
import { type Continued, isEmpty, withAccount } from './answered-account.ts'
import { type Open, wasAsked } from './state.ts'

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
  const unclear = base === null ? null : ofNoMeter(tokens, { ...scene, about }, besides(base, open))
  if (unclear !== null) return { parts: [unclear], answers: null, keepsValues: false }
  const parts = understand(tokens, { ...scene, about })
  const [only, another] = parts
  const isAnswer = base !== null && only !== undefined && another === undefined && isAbout(only, base)
  return isAnswer ? completed(only as Found, base) : { parts, answers: null, keepsValues: false }
}

/** Questions about other meters of its account that were asked in the same reply: a bare value may be meant for these too. */
function besides({ about, submission }: Open, open: readonly Open[]): readonly Open[] {
  return open.filter(
    (one) =>
      one.submission === submission &&
      wasAsked(one) &&
      about?.meter != null &&
      one.about?.meter != null &&
      isSameAccount(one.about, about) &&
      one.about.meter !== about.meter,
  )
}

/** Values that may be meant for several questions, where the text names no meter: it is asked which (rule 9). */
function ofNoMeter(tokens: readonly Token[], scene: Scene, others: readonly Open[]): Found | null {
  if (others.length === 0 || scene.about === null) return null
  const known = { ...scene.about.known, meter: null, isNamed: false }
  const [only, another] = understand(tokens, { ...scene, about: { ...scene.about, known } })
  if (only === undefined || another !== undefined || !isFound(only) || only.meter !== null) return null
  return isAsked(only, 'METER_NEEDED') && isSameAccount(only.named.account, scene.about.named.account) ? only : null
}

function isAsked({ problem }: Found, code: Open['code']): boolean {
  return problem?.kind === 'asked' && problem.code === code
}

/** The open question that a message answers: the one whose meter it names, else the first. */
function baseOf(tokens: readonly Token[], open: readonly Open[], { facts }: Scene): Open | null {
  const first = open.find(wasAsked)
  if (first?.code === 'METER_NEEDED' && open.some(({ about }) => about?.meter != null)) return first
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
