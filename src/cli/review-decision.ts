/** What a clerk says of a slip becomes an operator's reading, once nothing speaks against it that the clerk has not seen. */
import { hash } from 'node:crypto'
import { type Outcome, outcomeHeader } from '../../schemas/outcome.ts'
import type { Delivery } from '../core/delivery.ts'
import type { SlipHouse, SlipReview, WaitingSlip } from '../core/slip-claim.ts'
import { identityIn } from '../dialog/slip.ts'
import { thisMachine } from '../machine.ts'
import { SLIP_CHANNEL } from '../slip/take.ts'
import type { CliContext } from './context.ts'
import { doubtLine } from './review-screen.ts'

/** A clerk at a terminal. */
export interface Clerk {
  readonly house: SlipHouse
  readonly context: CliContext
  readonly dir: string
  readonly lines: AsyncIterator<string>
}

/** A slip in this sitting. */
export interface Shown {
  readonly slip: WaitingSlip
  /** What was last said of it: the delivery's id, and what became of it; null: nothing yet. */
  readonly said: { readonly id: string; readonly outcomes: string } | null
  /** Whose reading was accepted of it; null: nobody's, as far as is known. */
  readonly taken: Taken | null
}

/** `isSure`: in another sitting it may have been held or refused as well. */
interface Taken extends Pick<SlipReview, 'account' | 'meter'> {
  readonly isSure: boolean
}

/**
 * What would not be taken as it is typed is shown, and counts once the clerk says that it is written so: a slip that was
 * settled by a typing error does not come back by itself. null: it is typed anew.
 */
export async function decide(now: Shown, review: SlipReview, clerk: Clerk): Promise<Shown | null> {
  const { house, context } = clerk
  if (!(await isMeant(now.slip, review, clerk))) return null
  const instead = await insteadOf(now, clerk)
  if (instead === 'leave') return now
  const agreed = await agreedTo(review, (one) => deliveryOf(now.slip, one, instead), clerk)
  if (agreed === null) return null
  const delivery = deliveryOf(now.slip, agreed, instead)
  const { answer } = await house.submit(delivery)
  const outcomes = outcomeHeader(answer.outcomes)
  context.stdout(`  ${outcomes}`)
  const isTaken = answer.outcomes.some(({ kind }) => kind === 'accepted' || kind === 'duplicate')
  const { account, meter } = agreed
  const isReplaced = (isTaken && now.taken !== null && isSame(now.taken, agreed)) || agreed.yields === true
  if (now.taken !== null && !isReplaced) context.stdout(now.taken.isSure ? STANDS : MAY_STAND)
  const taken = isTaken ? { account, meter, isSure: true } : now.taken
  return { ...now, said: { id: delivery.deliveryId, outcomes }, taken }
}

/** A reading for a wrong account can't be called back: one that is none of the code's is asked about. */
async function isMeant({ identity }: WaitingSlip, { account, values }: SlipReview, clerk: Clerk): Promise<boolean> {
  const printed = identityIn(identity)?.account
  if (printed === undefined || printed === account || values === null) return true
  const asked = `  its code says account ${printed}: is it of ${account} all the same? yes, or anything else to type it anew`
  return saysYes(asked, clerk)
}

const STANDS = '  what was accepted of this slip before still stands, and billing has it: tell them'

const MAY_STAND = '  if a reading was accepted of this slip before, it still stands, and billing has it: tell them'

const isSame = (one: Taken, other: SlipReview) => one.account === other.account && one.meter === other.meter

/**
 * What tells this decision from one that says the same: the id of what it takes the place of, or one of its own where that is
 * another clerk's; null: nothing. Another clerk's counts, unless this one is asked and says no.
 */
async function insteadOf({ slip, said }: Shown, clerk: Clerk): Promise<string | null> {
  if (said !== null) return said.id
  const [waits] = await clerk.house.slipsToReview(slip.number - 1, 1)
  if (waits?.number === slip.number) return null
  const asked = '  somebody else has settled it meanwhile: shall yours count instead? yes, or anything else to leave it'
  return (await saysYes(asked, clerk)) ? thisMachine.newId() : 'leave'
}

/** The review with the doubts that the clerk said yes to; null: to one it was no. */
async function agreedTo(
  review: SlipReview,
  deliveryFor: (review: SlipReview) => Delivery,
  clerk: Clerk,
): Promise<SlipReview | null> {
  const { answer, overLater } = await clerk.house.preview(deliveryFor(review))
  const doubt = doubtOf(answer.outcomes[0], review)
  if (doubt === null) return overLater === true ? yieldsOrNot(review, clerk) : review
  if (review.confirmed.includes(doubt.code)) {
    if (doubt.kind !== 'asked') return review
    clerk.context.stdout(`  ${doubt.code}: type it anew`)
    return null
  }
  if (!(await saysYes(doubtLine(doubt), clerk))) return null
  if (doubt.kind !== 'asked') return review
  return agreedTo({ ...review, confirmed: [...review.confirmed, doubt.code] }, deliveryFor, clerk)
}

/** The paper is older than what the customer said since: whose place it takes, only a person can say. null: it is typed anew. */
async function yieldsOrNot(review: SlipReview, clerk: Clerk): Promise<SlipReview | null> {
  const answer = await answerTo(LATER, clerk)
  if (answer === 'yes') return review
  return answer === 'no' ? { ...review, yields: true } : null
}

const LATER =
  '  the customer gave another reading of this meter after this slip: shall the slip take its place? yes; no, to let the later one stand; or anything else to type it anew'

/** What speaks against it; null: nothing, or it can't be judged yet. */
function doubtOf(outcome: Outcome | undefined, { values }: SlipReview): Extract<Outcome, { code: unknown }> | null {
  if (values === null || outcome === undefined || !('code' in outcome)) return null
  return outcome.code === 'REGISTRY_UNAVAILABLE' ? null : outcome
}

async function saysYes(asked: string, clerk: Clerk): Promise<boolean> {
  return (await answerTo(asked, clerk)) === 'yes'
}

async function answerTo(asked: string, { context, lines }: Clerk): Promise<'yes' | 'no' | 'other'> {
  context.stdout(asked)
  const { value: line = '' } = await lines.next()
  const said = String(line).trim()
  if (/^(y|yes|д|да)$/i.test(said)) return 'yes'
  return /^(n|no|н|нет)$/i.test(said) ? 'no' : 'other'
}

/** The same decision of two clerks counts once; one that takes another's place is the operator's later word, also where it was said before. */
function deliveryOf(
  { submissionId, receivedAt }: WaitingSlip,
  slipReview: SlipReview,
  instead: string | null,
): Delivery {
  const { account, meter, values, confirmed, yields } = slipReview
  const more = [...(instead === null ? [] : [instead]), ...(yields === true ? ['yields'] : [])]
  const said = hash('sha256', JSON.stringify([account, meter, values, confirmed, ...more]), 'hex')
  return {
    channel: SLIP_CHANNEL,
    eventChannel: 'SLIP',
    deliveryId: `review/${submissionId}/${said}`,
    receivedAt,
    sender: null,
    phone: null,
    said: { slipReview },
    language: 'ru',
  }
}
