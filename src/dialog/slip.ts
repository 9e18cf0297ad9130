import type { Outcome } from '../../schemas/outcome.ts'
import type { Branch } from '../core/branch.ts'
import type { Claim, Verdict } from '../core/claim.ts'
import type { Delivery, ShownValue } from '../core/delivery.ts'
import { submissionId } from '../core/event.ts'
import type { Meter } from '../core/facts.ts'
import { heldForRegistry } from '../core/judged-later.ts'
import type { ReadRegister, ReviewReason, SlipClaim, SlipRecord } from '../core/slip-claim.ts'
import type { Decision, Facts } from '../core/store.ts'
import { type FoundMeter, findMeter, formKeys, judgedPart, type NoMeter, oldNumberRefused } from './form-meter.ts'
import type { House } from './house.ts'
import { type Part, settleAlone, whose } from './items-and-events.ts'
import { readRows } from './slip-rows.ts'

/** What the store must load for a slip: whose its code says it is. A number in handwriting is never believed. */
export function slipKeys({ seen: { identity } }: SlipClaim) {
  return formKeys({ account: identity?.account ?? '' })
}

/**
 * Decides what becomes of a paper slip: finds the meter of its code, reads the rows with what the registry knows, judges,
 * settles. Nobody can be asked, so what would be asked waits for a person (rule 24). Pure.
 */
export function decideSlip(delivery: Delivery, slip: SlipClaim, facts: Facts, { branches }: House): Decision {
  const found = facts.registry === 'ready' ? meterOf(slip, facts) : null
  const branch = found === null ? undefined : branches.get(found.account?.branch ?? '')
  const isKnown = found !== null && !('outcome' in found) && branch !== undefined
  const rows = readRows(slip, isKnown ? { meter: found.meter, branch, receivedAt: delivery.receivedAt } : null)
  const part = partOf(delivery, { slip, found, branch, rows }, facts)
  const alone = settleAlone(delivery, [part])
  return { ...alone, slip: recordOf(delivery, slip, { rows, outcome: alone.answer.outcomes[0] }) }
}

interface Looked {
  readonly slip: SlipClaim
  /** null: its code can't be read, or there is no registry. */
  readonly found: FoundMeter | NoMeter | null
  readonly branch: Branch | undefined
  readonly rows: readonly ReadRegister[]
}

function meterOf({ seen: { identity } }: SlipClaim, facts: Facts): FoundMeter | NoMeter | null {
  return identity === null ? null : findMeter(identity, facts)
}

function partOf(delivery: Delivery, looked: Looked, facts: Facts): Part {
  const { slip, found, branch, rows } = looked
  if (slip.seen.identity === null) return { outcome: UNREADABLE, item: { values: guesses(rows, null) } }
  if (found === null) return { outcome: heldForRegistry, item: { values: guesses(rows, null) } }
  if ('outcome' in found) return refused(found, rows)
  if (branch === undefined) return { outcome: heldForRegistry }
  const item = { ...whose(found), values: guesses(rows, found.meter) }
  const tooOld = oldNumberRefused(found, branch)
  if (tooOld !== null) return tooOld
  if (rows.length === 0 || !rows.every(({ sure }) => sure)) return { outcome: UNREADABLE, item }
  return judged(delivery, { slip, found, branch, rows }, facts)
}

const UNREADABLE = { kind: 'held', code: 'UNREADABLE' } as const

/** Rule 24: a slip can't be asked back. */
function refused({ outcome, account, meter }: NoMeter, rows: readonly ReadRegister[]): Part {
  const said = outcome.kind === 'asked' ? ({ kind: 'held', code: outcome.code } as const) : outcome
  return { outcome: said, item: { ...whose({ account, meter }), values: guesses(rows, meter) } }
}

/** What is shown of a slip that is not taken: as far as it could be read. */
function guesses(rows: readonly ReadRegister[], meter: Meter | null): readonly ShownValue[] {
  return rows.flatMap(({ register, value }) => {
    const zone = meter?.registers.find((one) => one.register === register)?.zone ?? 'TOTAL'
    return value === null ? [] : [{ register, zone, value }]
  })
}

interface Sure extends Looked {
  readonly found: FoundMeter
  readonly branch: Branch
}

function judged({ receivedAt }: Delivery, { slip, found, branch, rows }: Sure, facts: Facts): Part {
  const { account, meter, flags } = found
  const claim: Claim = {
    branch,
    account,
    meter,
    values: rows.map(({ register, value }) => ({ register, value: value ?? '' })),
    receivedAt,
    orderAt: receivedAt,
    confirmed: [],
    proposalTaken: false,
    flags,
    byOperator: false,
  }
  const part = judgedPart(claim, slip.seen.identity?.account ?? '', facts)
  return { ...part, verdict: unasked(part.verdict, slip) }
}

/** Rule 24, and the first slips of an installation: there a person reads also what was read surely. */
function unasked(verdict: Verdict, { review }: SlipClaim): Verdict {
  const { outcome } = verdict
  if (outcome.kind === 'asked') return { ...verdict, outcome: { kind: 'held', code: outcome.code }, proposal: null }
  return outcome.kind === 'accepted' && review === 'first' ? { ...verdict, outcome: UNREADABLE } : verdict
}

interface Told {
  readonly rows: readonly ReadRegister[]
  readonly outcome: Outcome | undefined
}

function recordOf(delivery: Delivery, slip: SlipClaim, { rows, outcome }: Told): SlipRecord {
  return {
    submissionId: submissionId(delivery.channel, delivery.deliveryId),
    deliveryId: delivery.deliveryId,
    identity: identityKey(slip.seen.identity),
    place: slip.place,
    paper: slip.paper,
    registers: rows,
    receivedAt: delivery.receivedAt,
    review: reviewOf(slip, rows, outcome),
    ...(outcome?.kind === 'held' && { heldFor: outcome.code }),
  }
}

/** What waits for the registry is looked at once that has come; what is refused or stands already, by nobody. */
function reviewOf(slip: SlipClaim, rows: readonly ReadRegister[], outcome: Outcome | undefined): ReviewReason | null {
  if (outcome?.kind === 'accepted') return slip.review === 'audit' ? 'audit' : null
  if (outcome?.kind !== 'held' || outcome.code === 'REGISTRY_UNAVAILABLE') return null
  return slip.review === 'first' && rows.length > 0 && rows.every(({ sure }) => sure) ? 'first' : 'held'
}

/** Whose slip it is, and for which month it was printed, as its code says; empty: it can't be read. */
export function identityKey(identity: SlipClaim['seen']['identity']): string {
  if (identity === null) return ''
  const { account, meter, printedFor } = identity
  return `${account}/${meter.replaceAll('/', NO_SLASH)}/${printedFor}`
}

/** Stands for a slash in a serial; no code can hold it. An account may have slashes: what is behind it has none. */
const NO_SLASH = '|'

/** Whose slip it is by its key; null: its code can't be read. */
export function identityIn(key: string): { readonly account: string; readonly meter: string } | null {
  const parts = key.split('/')
  const meter = parts.at(-2)
  return meter === undefined ? null : { account: parts.slice(0, -2).join('/'), meter: meter.replaceAll(NO_SLASH, '/') }
}
