import type { Claim } from '../core/claim.ts'
import { decimal } from '../core/decimal.ts'
import type { Delivery } from '../core/delivery.ts'
import { judge } from '../core/judge.ts'
import { heldForRegistry, isHeldForRegistry } from '../core/judged-later.ts'
import type { ReadRegister, SlipReview, SlipVerdict } from '../core/slip-claim.ts'
import type { Decision, Facts } from '../core/store.ts'
import { writtenAccount } from '../language/normalise.ts'
import { findMeter, oldNumberRefused, whose } from './form-meter.ts'
import type { House } from './house.ts'
import { type Part, settleAlone } from './items-and-events.ts'

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
  const found = facts.registry === 'ready' ? findMeter(review, facts) : null
  // Whoever is told of it wants to know whose it was, and asks the customer.
  if (review.values === null) return { outcome: UNREADABLE, ...(found !== null && { item: whose(found) }) }
  if (found === null) return { outcome: heldForRegistry }
  if ('outcome' in found) return { outcome: found.outcome, item: whose(found) }
  const branch = branches.get(found.account.branch)
  if (branch === undefined) return { outcome: heldForRegistry }
  const tooOld = oldNumberRefused(found, branch)
  if (tooOld !== null) return tooOld
  const claim: Claim = {
    branch,
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
  const verdict = judge(claim, facts.standing(found.account.branch, found.account.account))
  return { claim, verdict, submittedAccount: writtenAccount(review.account) }
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
