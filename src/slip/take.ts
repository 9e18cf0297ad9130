/** Brings slips that were read to the intake: each paper once, whatever number of times it is scanned. */
import { hash } from 'node:crypto'
import type { Outcome } from '../../schemas/outcome.ts'
import type { Delivery } from '../core/delivery.ts'
import { submissionId } from '../core/event.ts'
import { isHeldForRegistry } from '../core/judged-later.ts'
import type { ScanPlace, SlipClaim, SlipHouse, SlipRecord } from '../core/slip-claim.ts'
import { identityKey } from '../dialog/slip.ts'
import type { SlipOnPage } from './jobs.ts'
import { hasWriting, isSamePaper } from './paper.ts'

/** The channel's name; part of every id. */
export const SLIP_CHANNEL = 'slip'

/** How slips are taken. */
export interface TakeSettings {
  /** So many first slips all go to review. */
  readonly reviewFirst: number
  /** This share of what was read surely goes to review after it was accepted. */
  readonly auditShare: number
  /** From which confidence on a value is believed. */
  readonly sureFrom: number
}

/** Where review looks for the pictures. */
export interface Pictures {
  keep(submissionId: string, picture: Uint8Array): Promise<void>
  drop(submissionId: string): Promise<void>
}

/** What slips are taken with. */
export interface TakeParts {
  readonly house: SlipHouse
  readonly settings: TakeSettings
  /** null: nothing is submitted, only what would become of it is told. */
  readonly pictures: Pictures | null
}

/** A slip, where it was seen and when the box was emptied. */
export interface Sighted {
  readonly slip: SlipOnPage
  readonly place: ScanPlace
  /** ISO instant. */
  readonly receivedAt: string
}

/** What became of a slip. */
export interface TakenSlip {
  readonly place: ScanPlace
  readonly slip: SlipOnPage
  readonly submissionId: string
  readonly outcome: Outcome
  readonly record: SlipRecord | null
  /** It had been taken before: this very scan of it, or another one of the same paper. */
  readonly again: 'scan' | 'paper' | null
}

/** Slips of one customer that one may be a second scan of: a paper for each month, and corrections. */
const PAPERS_MAX = 50

/**
 * Takes one slip. The delivery's id is that of the paper: of its code and of the look of its handwriting, which another
 * scan of the same paper shares (isSamePaper) and another paper of the same customer does not, not even with the same
 * digits. So a paper counts once, however it was read each time, held or accepted, this month or next; and a second paper
 * is a submission of its own, which corrects the first (rule 23) or is its duplicate. One at a time: the next must see it.
 */
export async function takeSlip({ slip, place, receivedAt }: Sighted, parts: TakeParts): Promise<TakenSlip> {
  const identity = identityKey(slip.seen.identity)
  const known = await sameIn(parts.house, identity, slip.paper)
  const deliveryId = known?.deliveryId ?? newId(identity, slip, place)
  const claim = { seen: slip.seen, place, paper: slip.paper, ...(await whatApplies(deliveryId, parts)) }
  const delivery = deliveryOf(claim, deliveryId, receivedAt)
  const id = submissionId(SLIP_CHANNEL, deliveryId)
  if (parts.pictures === null) return previewed(delivery, { slip, place, known }, parts.house)
  if (known === null) await parts.pictures.keep(id, slip.picture)
  const { answer, repeated } = await parts.house.submit(delivery)
  const record =
    known ?? (await parts.house.slipsOf(identity, PAPERS_MAX)).find((one) => one.submissionId === id) ?? null
  const [outcome = HELD] = answer.outcomes
  // Once the registry has come, a person may have to look.
  if (record?.review === null && !isHeldForRegistry(outcome)) await parts.pictures.drop(id)
  const again = repeated ? (record !== null && isSamePlace(record.place, place) ? 'scan' : 'paper') : null
  return { place, slip, submissionId: id, outcome: toldOf(outcome, again), record, again }
}

const HELD: Outcome = { kind: 'held', code: 'UNREADABLE' }
const DUPLICATE: Outcome = { kind: 'duplicate' }

/** What was rejected stands nowhere: another scan of it is no duplicate, and gets the answer that it got. */
function toldOf(outcome: Outcome, again: TakenSlip['again']): Outcome {
  return again === 'paper' && outcome.kind !== 'rejected' ? DUPLICATE : outcome
}

async function sameIn(house: SlipHouse, identity: string, paper: string): Promise<SlipRecord | null> {
  // Of whom an empty slip is, only its code could say.
  if (paper === '' || (identity === '' && !hasWriting(paper))) return null
  const papers = await house.slipsOf(identity, PAPERS_MAX)
  return papers.find((one) => isSamePaper(one.paper, paper)) ?? null
}

/** A slip of which no box was found has no look: its place on its scan stands for it. */
function newId(identity: string, { paper }: SlipOnPage, place: ScanPlace): string {
  const of =
    paper === '' || identity === '' ? [identity, paper, place.scan, place.page, place.position] : [identity, paper]
  return hash('sha256', JSON.stringify(of), 'hex')
}

function isSamePlace(one: ScanPlace, other: ScanPlace): boolean {
  return one.scan === other.scan && one.page === other.page && one.position === other.position
}

async function whatApplies(
  deliveryId: string,
  { house, settings }: TakeParts,
): Promise<Pick<SlipClaim, 'review' | 'sureFrom'>> {
  const { reviewFirst, auditShare, sureFrom } = settings
  const isFirst = reviewFirst > 0 && (await house.slipCounts()).taken < reviewFirst
  return { review: isFirst ? 'first' : isAudited(deliveryId, auditShare) ? 'audit' : null, sureFrom }
}

/** By the id, so that a slip that is brought again is judged as the first time. */
function isAudited(deliveryId: string, share: number): boolean {
  return Number.parseInt(deliveryId.slice(0, 8), 16) / 2 ** 32 < share
}

function deliveryOf(slip: SlipClaim, deliveryId: string, receivedAt: string): Delivery {
  const about = { channel: SLIP_CHANNEL, eventChannel: 'SLIP', sender: null, phone: null, language: 'ru' } as const
  return { ...about, deliveryId, receivedAt, said: { slip } }
}

type Seen = Pick<Sighted, 'slip' | 'place'> & { readonly known: SlipRecord | null }

async function previewed(delivery: Delivery, { slip, place, known }: Seen, house: SlipHouse): Promise<TakenSlip> {
  const { answer, slip: record } = await house.preview(delivery)
  const again = known === null ? null : isSamePlace(known.place, place) ? 'scan' : 'paper'
  const [outcome = HELD] = answer.outcomes
  return {
    place,
    slip,
    submissionId: answer.submissionId,
    outcome: toldOf(outcome, again),
    record: known ?? record ?? null,
    again,
  }
}
