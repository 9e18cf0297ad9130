/** The parts of a delivery, one a meter, and what they leave: items, standing readings and events. Pure. */
import type { Flag } from '../../schemas/codes.ts'
import type { Outcome } from '../../schemas/outcome.ts'
import type { Claim, Verdict } from '../core/claim.ts'
import type { Answer, Delivery, Item } from '../core/delivery.ts'
import { type AcceptedFacts, acceptedEvent, eventId, rejectedEvent, submissionId } from '../core/event.ts'
import type { Account, Meter, Standing } from '../core/facts.ts'
import type { Decision, OutboxEvent } from '../core/store.ts'

/** A claim that was judged, and the account number that the customer wrote, normalised. */
export interface JudgedPart {
  readonly claim: Claim
  readonly verdict: Verdict
  readonly submittedAccount: string
}

/** A part that never came to the judge; what is not known of it is left out. */
export interface UnjudgedPart {
  readonly outcome: Outcome
  readonly item?: Partial<Omit<Item, 'outcome'>>
}

/** One meter of a delivery, in the order of its text. */
export type Part = JudgedPart | UnjudgedPart

/** What became of it. */
export function outcomeOf(part: Part): Outcome {
  return 'verdict' in part ? part.verdict.outcome : part.outcome
}

/** What a delivery leaves behind, but for the words of its reply and its conversation. */
export interface Settled {
  readonly answer: Pick<Answer, 'submissionId' | 'outcomes' | 'items'>
  readonly readings: readonly Standing[]
  readonly events: readonly OutboxEvent[]
}

/**
 * Turns what was judged into items, standing readings and events; ids come from the delivery, so that a retry has them
 * again. `idOf`: the id of a reading's event where it is not the delivery that names it.
 */
export function settle(delivery: Delivery, parts: readonly Part[], idOf?: (part: JudgedPart) => string): Settled {
  const { channel, deliveryId } = delivery
  const submission = submissionId(channel, deliveryId)
  const items = parts.map(itemOf)
  const readings: Standing[] = []
  const events: OutboxEvent[] = []
  for (const [position, part] of parts.entries()) {
    const item = items[position] as Item
    if ('verdict' in part && part.verdict.restated !== null) readings.push(part.verdict.restated)
    if (item.outcome.kind !== 'accepted' && item.outcome.kind !== 'rejected') continue
    const ids = { id: eventId(channel, deliveryId, position), submissionId: submission }
    if (item.outcome.kind === 'rejected') events.push(rejected(delivery, item, ids))
    else if ('verdict' in part) {
      const own = idOf === undefined ? ids : { ...ids, id: idOf(part) }
      readings.push(readingOf(part, own))
      events.push(accepted(delivery, part, own))
    }
  }
  return {
    answer: { submissionId: submission, outcomes: items.map(({ outcome }) => outcome), items },
    readings,
    events,
  }
}

/** What a delivery leaves behind that no conversation goes on from, answered without words. */
export function settleAlone(delivery: Delivery, parts: readonly Part[]): Decision {
  const { answer, ...rest } = settle(delivery, parts)
  return { delivery, answer: { ...answer, text: '' }, ...rest, conversation: undefined, settles: [], opens: false }
}

/** Ids of an item's event and of its submission. */
interface Ids {
  readonly id: string
  readonly submissionId: string
}

const nothingKnown: Omit<Item, 'outcome'> = {
  branch: null,
  account: null,
  meter: null,
  service: null,
  period: null,
  values: [],
  proposal: null,
  missing: [],
  window: null,
}

/** Whose a reading is, as an item tells it; null: not known. */
export function whose({
  account,
  meter,
}: {
  readonly account: Pick<Account, 'branch' | 'account'> | null
  readonly meter: Pick<Meter, 'meter' | 'service'> | null
}) {
  return {
    branch: account?.branch ?? null,
    account: account?.account ?? null,
    meter: meter?.meter ?? null,
    service: meter?.service ?? null,
  }
}

function itemOf(part: Part): Item {
  if (!('verdict' in part)) return { ...nothingKnown, ...part.item, outcome: part.outcome }
  const { claim, verdict } = part
  return {
    outcome: verdict.outcome,
    ...whose(claim),
    period: verdict.period,
    values: verdict.registers.map(({ register, zone, value }) => ({ register, zone, value })),
    proposal: verdict.proposal,
    missing: verdict.missing,
    window: verdict.window,
  }
}

function valuesOf({ registers }: Verdict): Standing['registers'] {
  const values: Record<string, string> = {}
  for (const { register, value } of registers) values[register] = value
  return values
}

/** The standing reading that an accepted claim leaves; `id`: its event's. */
export function readingOf({ claim, verdict }: JudgedPart, { id }: Pick<Ids, 'id'>): Standing {
  return {
    branch: claim.branch.id,
    account: claim.account.account,
    meter: claim.meter.meter,
    period: verdict.period,
    registers: valuesOf(verdict),
    orderAt: claim.orderAt,
    eventId: id,
    byOperator: claim.byOperator,
  }
}

function accepted(delivery: Delivery, { claim, verdict, submittedAccount }: JudgedPart, ids: Ids): OutboxEvent {
  const flags = verdict.outcome.kind === 'accepted' ? verdict.outcome.flags : []
  return acceptedEvent({
    id: ids.id,
    submissionId: ids.submissionId,
    eventChannel: delivery.eventChannel,
    branch: claim.branch.id,
    account: claim.account.account,
    service: claim.meter.service,
    meter: claim.meter.meter,
    period: verdict.period,
    receivedAt: claim.receivedAt,
    quality: qualityOf(delivery, claim, flags),
    flags,
    registers: verdict.registers,
    ratio: claim.meter.ratio,
    submittedAccount,
    supersedes: verdict.supersedes,
  })
}

function qualityOf(
  { eventChannel }: Delivery,
  { byOperator }: Claim,
  flags: readonly Flag[],
): AcceptedFacts['quality'] {
  if (byOperator) return 'OPERATOR'
  if (eventChannel === 'SLIP') return 'SCAN'
  return flags.includes('CONFIRMED') ? 'CONFIRMED' : 'CUSTOMER'
}

function rejected(delivery: Delivery, { outcome, branch, account, meter }: Item, ids: Ids): OutboxEvent {
  return rejectedEvent({
    ...ids,
    eventChannel: delivery.eventChannel,
    branch,
    account,
    meter,
    receivedAt: delivery.receivedAt,
    codes: outcome.kind === 'rejected' ? [outcome.code] : [],
  })
}
