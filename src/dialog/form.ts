import type { Flag } from '../../schemas/codes.ts'
import type { Branch } from '../core/branch.ts'
import type { Claim, ClaimedValue } from '../core/claim.ts'
import type { Delivery, FormClaim, Item, ShownValue } from '../core/delivery.ts'
import type { Meter } from '../core/facts.ts'
import { heldForRegistry } from '../core/judged-later.ts'
import { isValue } from '../core/rules/value.ts'
import type { Decision, Facts } from '../core/store.ts'
import { badToken } from '../language/code.ts'
import { isSameAccount } from './accounts.ts'
import { shownOn } from './claims/values.ts'
import { couldBeAccount, type FoundMeter, findMeter, judgedPart, missingPiece, takingMeter } from './form-meter.ts'
import type { House } from './house.ts'
import { type JudgedPart, type Part, settleAlone, whose } from './items-and-events.ts'

/** Decides what becomes of a filled-in form: finds the meter, judges the values, settles. Pure. */
export function decideForm(delivery: Delivery, filledIn: FormClaim, facts: Facts, house: House): Decision {
  const form = { ...filledIn, values: typedValues(filledIn) }
  const valuesAt = valuesAtOf(delivery, form, house)
  const part = partOf(form, facts, { house, valuesAt, orderAt: delivery.receivedAt })
  const alone = settleAlone(delivery, [part])
  const items = alone.answer.items.map((item) => withInstant(item, valuesAt))
  const asksAboutReading = items.some(({ outcome, values }) => outcome.kind === 'asked' && values.length > 0)
  const isRejected = items.some(({ outcome }) => outcome.kind === 'rejected')
  return {
    ...alone,
    answer: { ...alone.answer, items },
    settles: form.answers == null || isRejected ? [] : [form.answers],
    opens: asksAboutReading,
  }
}

function withInstant(item: Item, valuesAt: string): Item {
  return item.outcome.kind === 'asked' ? { ...item, valuesAt } : item
}

/** When a form's values came, and when it did; ISO instants. */
interface Instants {
  readonly valuesAt: string
  readonly orderAt: string
}

function partOf(form: FormClaim, facts: Facts, { house, ...instants }: Instants & { readonly house: House }): Part {
  if (facts.registry !== 'ready') return unjudged(form, house)
  const found = takingMeter(form, facts, house.branches)
  if ('outcome' in found) return found
  const part = judged(form, { ...found, flags: flagsOf(form, found, facts), ...instants }, facts)
  const { outcome } = part.verdict
  return (outcome.kind === 'rejected' && outcome.code === 'BAD_VALUE' ? repairable(form, found) : null) ?? part
}

/** Another meter that was proposed is as well named as the one that it was proposed for (rules 6 and 21). */
function flagsOf({ account, askedMeter, proposalTaken }: FormClaim, found: FoundMeter, facts: Facts): readonly Flag[] {
  if (proposalTaken !== true || askedMeter == null) return found.flags
  const asked = findMeter({ account, meter: askedMeter }, facts)
  const isNamed =
    !('outcome' in asked) && isSameAccount(asked.account, found.account) && !asked.flags.includes('NO_SERIAL')
  const others = found.flags.filter((flag) => flag !== 'NO_SERIAL')
  return isNamed ? others : ['NO_SERIAL', ...others]
}

/** Rule 25: without the registry what is well-formed is kept, and judged later. */
function unjudged(form: FormClaim, { isShaped }: House): Part {
  const missing = missingPiece(form)
  if (missing !== null) return { outcome: missing }
  if (!couldBeAccount(form.account, isShaped)) return { outcome: { kind: 'rejected', code: 'ACCOUNT_UNKNOWN' } }
  const values = Object.values(form.values)
  if (values.length === 0) return { outcome: { kind: 'asked', code: 'VALUES_NEEDED' } }
  if (!values.every(isValue)) return { outcome: { kind: 'rejected', code: 'BAD_VALUE' } }
  return { outcome: heldForRegistry }
}

/** Rule 11: look-alike letters inside a number are asked about, with the repaired number as the proposal. */
function repairable({ values }: FormClaim, found: FoundMeter): Part | null {
  const { meter } = found
  const shown = shownOn(meter.registers, (register) => values[register])
  const repaired = shown.map((one) => ({
    ...one,
    value: isValue(one.value) ? one.value : badToken(one.value.toLowerCase()).repaired,
  }))
  if (!shown.some(({ value }) => !isValue(value)) || !repaired.every(isNumber)) return null
  const proposal = { meter: meter.meter, values: repaired }
  return { outcome: { kind: 'asked', code: 'BAD_VALUE' }, item: { ...whose(found), values: shown, proposal } }
}

function isNumber(one: { readonly value: string | null }): one is ShownValue {
  return one.value !== null && isValue(one.value)
}

function judged(
  form: FormClaim,
  { branch, account, meter, flags, valuesAt, orderAt }: FoundMeter & Instants & { readonly branch: Branch },
  facts: Facts,
): JudgedPart {
  const claim: Claim = {
    branch,
    account,
    meter,
    values: claimedValues(form, meter),
    receivedAt: valuesAt,
    orderAt,
    confirmed: form.confirmed,
    proposalTaken: form.proposalTaken ?? false,
    flags,
    byOperator: false,
  }
  return judgedPart(claim, form.account, facts)
}

/** A label that the meter doesn't have is a value too many, but only once all its own registers have theirs. */
function claimedValues({ values }: FormClaim, { registers }: Meter): readonly ClaimedValue[] {
  const own = new Set(registers.map(({ register }) => register))
  const isComplete = registers.every(({ register }) => values[register] !== undefined)
  return Object.entries(values).flatMap(([register, value]): readonly ClaimedValue[] => {
    if (own.has(register)) return [{ register, value }]
    return isComplete ? [{ register: null, value }] : []
  })
}

/** Values without the spaces that people put between thousands. */
function typedValues({ values }: FormClaim): Record<string, string> {
  const bare = Object.entries(values).map(
    ([label, value]) => [label, value.normalize('NFKC').replace(/\s+/g, '')] as const,
  )
  return Object.fromEntries(bare.filter(([, value]) => value !== ''))
}

/**
 * Rule 13: the submission that brought the values decides window and period; one that could not be the asked one, for no
 * question waits so long, is not believed.
 */
function valuesAtOf(
  { receivedAt }: Delivery,
  { valuesAt, confirmed }: FormClaim,
  { limits: { confirmMs } }: House,
): string {
  if (valuesAt == null || confirmed.length === 0) return receivedAt
  const age = Date.parse(receivedAt) - Date.parse(valuesAt)
  return age >= 0 && age <= confirmMs ? valuesAt : receivedAt
}
