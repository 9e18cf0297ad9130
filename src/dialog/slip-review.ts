import type { Claim } from '../core/claim.ts'
import { decimal } from '../core/decimal.ts'
import type { Delivery } from '../core/delivery.ts'
import { heldForRegistry, isHeldForRegistry } from '../core/judged-later.ts'
import type { ReadRegister, SlipReview, SlipVerdict } from '../core/slip-claim.ts'
import type { Decision, Facts } from '../core/store.ts'
import { findMeter, judgedPart, takingMeter } from './form-meter.ts'
import type { House } from './house.ts'
import { type Part, settleAlone, whose } from './items-and-events.ts'

/**
 * Decides what a person read on a slip: judged as an operator's, for the period of the slip's own drop-box. What is
 * still asked settles nothing: the person is shown the question, and says yes to it with another review. Pure.
 */
export function decideSlipReview(delivery: Delivery, review: SlipReview, facts: Facts, house: House): Decision {
  const alone = settleAlone(delivery, [partOf(delivery, review, facts, house)])
  const isOpen = alone.answer.outcomes.some((outcome) => outcome.kind === 'asked' || isHeldForRegistry(outcome))
  return { ...alone, ...(!isOpen && { slipVerdict: verdictOf(review) }) }
}

const UNREADABLE = { kind: 'rejected', code: 'UNREADABLE' } as const

function partOf(delivery: Delivery, review: SlipReview, facts: Facts, { branches }: House): Part {
  const isReady = facts.registry === 'ready'
  // Whoever is told of it wants to know whose it was, and asks the customer.
  if (review.values === null) return { outcome: UNREADABLE, ...(isReady && { item: whose(findMeter(review, facts)) }) }
  if (!isReady) return { outcome: heldForRegistry }
  const found = takingMeter(review, facts, branches)
  if ('outcome' in found) return found
  const claim: Claim = {
    branch: found.branch,
    account: found.account,
    meter: found.meter,
    values: Object.entries(review.values).map(([register, value]) => ({ register, value })),
    receivedAt: delivery.receivedAt,
    orderAt: delivery.receivedAt,
    confirmed: review.confirmed,
    proposalTaken: false,
    flags: found.flags,
    byOperator: review.yields !== true,
  }
  return judgedPart(claim, review.account, facts)
}

function verdictOf({ reviews, values, read }: SlipReview): SlipVerdict {
  const disagrees = comparable(read, values).some(
    ({ register, value, sure }) => sure && !isSameReading(value, values?.[register]),
  )
  return { reviews, values, disagrees }
}

/** What a person's word on a slip says something of: one row that nobody can read says nothing of those beside it. */
export function comparable(read: readonly ReadRegister[], values: SlipReview['values']): readonly ReadRegister[] {
  const unsure = read.filter(({ sure }) => !sure)
  return values === null && unsure.length > 0 ? unsure : read
}

/** Whether a person read what was read: zeros in front, and a comma for a point, are no difference. */
export function isSameReading(read: string | null, typed: string | undefined): boolean {
  if (read === null || typed === undefined) return false
  const [one, other] = [read, typed].map((text) => text.replace(',', '.'))
  return isNumber(one) && isNumber(other) ? decimal(one) === decimal(other) : one === other
}

function isNumber(text: string | undefined): text is string {
  return text !== undefined && /^\d{1,12}(\.\d{1,6})?$/.test(text)
}
