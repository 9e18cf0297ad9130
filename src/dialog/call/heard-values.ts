/** Values in an answer: which register's they are, and what they may mean there (rules 9–12, 32). Pure. */
import type { Meter, Register } from '../../core/facts.ts'
import { windowAt } from '../../core/period.ts'
import { isPlausible } from '../../core/rules/plausible.ts'
import { typedValue, valueText } from '../../core/rules/value.ts'
import { weigh } from '../../core/rules/weigh.ts'
import { lex } from '../../language/lex.ts'
import type { LabelToken } from '../../language/token.ts'
import { DIGITS_BEYOND_DIAL_MAX } from '../claims/elements.ts'
import type { ReadValue } from '../claims/values.ts'
import { isOfRegister, isOfService } from '../meters.ts'
import { type Answered, isNotNow, labelledParts, servicesIn, tariffsIn, valuesIn } from './listen.ts'
import { type CallMoment, namedAccount } from './state.ts'

/** The register that a value is wanted of. */
export interface Wanted {
  readonly register: Register
  readonly meter: Meter
}

/** Several that may have been meant are narrowed by what this register can plausibly show (rule 32). */
export function oneValue(moment: CallMoment, input: Answered, { register, meter }: Wanted): string | 'several' | null {
  const { house, delivery } = moment
  if (namesAnother(input, { register, meter })) return null
  const candidates = valuesIn(input, register, meter.service)
  const [only] = candidates
  if (only === undefined) return null
  if (candidates.length === 1) return only
  const branch = house.branches.get(namedAccount(moment)?.account.branch ?? '')
  if (branch === undefined) return 'several'
  const scale = { branch, meter, day: windowAt(branch, delivery.receivedAt).day }
  const plausible = candidates.filter((value) => {
    const typed = typedValue(value, meter.service)
    return typed !== null && isPlausible([weigh(register, valueText(typed), scale)], scale)
  })
  return plausible.length === 1 ? (plausible[0] ?? null) : 'several'
}

/** Whether a number was said, but none that the dial can show: perhaps with the digits behind its comma. */
export function isTooLong(input: Answered, { register, meter }: Wanted): boolean {
  const longer = { ...register, digits: register.digits + DIGITS_BEYOND_DIAL_MAX }
  return !namesAnother(input, { register, meter }) && valuesIn(input, longer, meter.service).length > 0
}

/**
 * Labels win over the order in which registers are asked for (rule 9): «ночь, …» is no answer where the day's is wanted, nor
 * «вода, …» where electricity's is (rule 10), nor what is called previous or consumption (rule 12).
 */
function namesAnother(input: Answered, { register: wanted, meter }: Wanted): boolean {
  if (isOfOther(input, meter)) return true
  const others = meter.registers.filter(({ register }) => register !== wanted.register)
  return labelsIn(input).some((label) => others.some((one) => isOfRegister(one, label)))
}

function isOfOther(input: Answered, meter: Meter): boolean {
  return isNotNow(input) || servicesIn(input).some((service) => !isOfService(meter.service, service))
}

/**
 * Of two or more registers that are still wanted those that are named, each before its value: «день 30000, ночь 44100», in
 * any order, or «ночь 44100» where the day's is asked for (rule 9). null: it is not so, or one of them is not clear.
 */
export function namedValues(moment: CallMoment, input: Answered, meter: Meter): readonly ReadValue[] | null {
  if (isOfOther(input, meter)) return null
  const wanted = meter.registers.filter(
    ({ register }) => !moment.state.values.some((known) => known.register === register),
  )
  const values = labelledValues(moment, input, { meter, registers: wanted })
  // «Звонила ночью, …» says when, where nothing is told of another zone.
  const isPerhapsTime = values.length < wanted.length && labelsIn(input).some((label) => label.isPerhapsTime)
  return wanted.length > 1 && values.length > 0 && !isPerhapsTime ? values : null
}

/** What an answer says of these registers, each behind its own label and nothing besides; none: it is not so, or not clear. */
export function labelledValues(
  moment: CallMoment,
  input: Answered,
  { meter, registers }: { readonly meter: Meter; readonly registers: readonly Register[] },
): readonly ReadValue[] {
  const parts = labelledParts(input)
  const values = registers.flatMap((register) => {
    const [part] = parts.filter((one) => labelsIn(one).some((label) => isOfRegister(register, label)))
    const value = part === undefined ? null : oneValue(moment, part, { register, meter })
    return value === null || value === 'several' || isBeyondRepair(value, register) ? [] : [heardValue(register, value)]
  })
  return values.length === parts.length ? values : []
}

/** A value as it was heard. */
export function heardValue({ register }: Register, value: string): ReadValue {
  return { register, value, bad: null }
}

/** Whether no repair of rule 17 can mend it: then it is another number, and not worth reading back. */
export function isBeyondRepair(value: string, { digits }: Register): boolean {
  const whole = /^0*(\d+)/.exec(value)?.[1] ?? ''
  return whole.length > digits + DIGITS_BEYOND_DIAL_MAX
}

function labelsIn(input: Answered): readonly LabelToken[] {
  const written = lex(input.heard).tokens.flatMap((token) => (token.kind === 'label' && !token.isMere ? [token] : []))
  const said = tariffsIn(input).map((number): LabelToken => ({ kind: 'label', register: `T${number}`, zone: null }))
  return [...written, ...said]
}
