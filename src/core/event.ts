import { hash } from 'node:crypto'
import type { Code, Flag } from '../../schemas/codes.ts'
import type { AcceptedReading, EventChannel, EventType, RejectedReading } from '../../schemas/events.ts'
import type { OutboxEvent } from './store.ts'

/**
 * Namespace of every id that is derived from a delivery: the UUIDv5 (RFC 9562) of `meter-reading-gateway` in the
 * OID namespace, b97804d2-1932-5c0f-a56c-f83640596ba8. It never changes: the same delivery has the same ids for ever.
 */
export const NAMESPACE = 'b97804d2-1932-5c0f-a56c-f83640596ba8'
const namespaceBytes = Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex')
/** Namespace and name side by side, as SHA-1 takes them; a longer name gets a buffer of its own. */
const scratch = Buffer.concat([namespaceBytes, Buffer.alloc(496)])
/** Views of `scratch` by length, so that a name is hashed without making one. */
const views: Buffer[] = []
/** A UUID as it is written, made over and over in one place: putting one together of pieces takes six strings. */
const written = Buffer.from('xxxxxxxx-xxxx-5xxx-xxxx-xxxxxxxxxxxx', 'latin1')
/** Where each of the first 32 digits of a hash stands in it. */
const HEX_PLACES = [...written].flatMap((code, place) => (code === '-'.charCodeAt(0) ? [] : [place]))
const VERSION_PLACE = 14
const FIVE = '5'.charCodeAt(0)
const VARIANT_PLACE = 19
const VARIANT_DIGITS = '89ab'

/** UUIDv5 of a name in the gateway's namespace: SHA-1, cut to 16 bytes, version and variant set. */
function uuid5(name: string): string {
  const hex = hash('sha1', withNamespace(name), 'hex')
  for (let at = 0; at < HEX_PLACES.length; at++) written[HEX_PLACES[at] as number] = hex.charCodeAt(at)
  written[VERSION_PLACE] = FIVE
  written[VARIANT_PLACE] = VARIANT_DIGITS.charCodeAt(Number.parseInt(hex.charAt(16), 16) & 0x3)
  return written.toString('latin1')
}

function withNamespace(name: string): Buffer {
  if (name.length * 3 + namespaceBytes.length > scratch.length)
    return Buffer.concat([namespaceBytes, Buffer.from(name)])
  const length = namespaceBytes.length + scratch.write(name, namespaceBytes.length)
  views[length] ??= scratch.subarray(0, length)
  return views[length]
}

/** `ce_id` of the item at `position` (from 0, in the order of the text) of a delivery. A channel's name has no `/`. */
export function eventId(channel: string, deliveryId: string, position: number): string {
  return uuid5(`event/${position}/${channel}/${deliveryId}`)
}

/** Ids that were worked out last, by channel and delivery id: a batch asks for each some four times. */
const submissionIds = new Map<string, Map<string, string>>()
const SUBMISSION_IDS_MAX = 1_000

/** Id of the submission that a delivery is. */
export function submissionId(channel: string, deliveryId: string): string {
  const ofChannel = submissionIds.get(channel)
  const known = ofChannel?.get(deliveryId)
  if (known !== undefined) return known
  const id = uuid5(`submission/${channel}/${deliveryId}`)
  if (ofChannel === undefined || ofChannel.size >= SUBMISSION_IDS_MAX)
    submissionIds.set(channel, new Map([[deliveryId, id]]))
  else ofChannel.set(deliveryId, id)
  return id
}

/** What an accepted event is made of; values as the judge left them. */
export interface AcceptedFacts extends Omit<AcceptedReading, 'channel' | 'registers' | 'flags' | 'kind' | 'takenOn'> {
  /** From `eventId`. */
  readonly id: string
  readonly eventChannel: EventChannel
  readonly flags: readonly Flag[]
  readonly registers: Readonly<AcceptedReading['registers']>
}

/** The event of an accepted reading, ready for the outbox (schemas/events.ts). Checked by tests, not at run time. */
export function acceptedEvent(facts: AcceptedFacts): OutboxEvent {
  const data: AcceptedReading = {
    branch: facts.branch,
    account: facts.account,
    service: facts.service,
    meter: facts.meter,
    period: facts.period,
    receivedAt: facts.receivedAt,
    takenOn: null,
    channel: facts.eventChannel,
    kind: 'REGULAR',
    quality: facts.quality,
    flags: [...facts.flags].sort(),
    registers: [...facts.registers],
    ratio: facts.ratio,
    submittedAccount: facts.submittedAccount,
    supersedes: facts.supersedes,
    submissionId: facts.submissionId,
  }
  const key = `${facts.branch}/${facts.account}`
  const headers = cloudHeaders('meter.reading.accepted.v1', facts, key)
  return { topic: 'readings', key, headers, data: JSON.stringify(data) }
}

/** What a rejected event is made of; what was not understood is null. The raw input is kept under the submission's id. */
export interface RejectedFacts {
  /** From `eventId`. */
  readonly id: string
  readonly eventChannel: EventChannel
  readonly branch: string | null
  readonly account: string | null
  readonly meter: string | null
  readonly receivedAt: string
  /** In order of precedence. */
  readonly codes: readonly Code[]
  readonly submissionId: string
}

/** The event of a rejected reading, ready for the outbox. Keyed by the submission where no account is known. */
export function rejectedEvent(facts: RejectedFacts): OutboxEvent {
  const { branch, account, meter, eventChannel, receivedAt, codes, submissionId } = facts
  const data: RejectedReading = {
    ...(branch !== null && { branch }),
    ...(account !== null && { account }),
    ...(meter !== null && { meter }),
    channel: eventChannel,
    receivedAt,
    codes: [...codes],
    raw: { reference: submissionId },
    submissionId,
  }
  const key = rejectedKey(facts)
  const headers = cloudHeaders('meter.reading.rejected.v1', facts, key)
  return { topic: 'rejected', key, headers, data: JSON.stringify(data) }
}

function rejectedKey({ branch, account, submissionId }: RejectedFacts): string {
  if (account === null) return submissionId
  return branch === null ? account : `${branch}/${account}`
}

function cloudHeaders(
  type: EventType,
  facts: Pick<RejectedFacts, 'id' | 'eventChannel' | 'branch' | 'meter' | 'receivedAt'>,
  key: string,
): OutboxEvent['headers'] {
  const source = `/gateway/${facts.branch ?? '-'}/${facts.eventChannel}`
  return eventHeaders({ id: facts.id, source, type, time: facts.receivedAt, subject: facts.meter }, key)
}

/** The headers that differ from event to event, each as it is written. */
export interface HeaderParts {
  readonly id: string
  readonly source: string
  readonly type: string
  readonly time: string
  /** null: there is none. */
  readonly subject: string | null
}

/** CloudEvents 1.0 attributes in binary mode. A header is left out where there is nothing to say: none is ever undefined. */
export function eventHeaders({ id, source, type, time, subject }: HeaderParts, key: string): OutboxEvent['headers'] {
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_source: source,
    ce_type: type,
    ce_time: time,
    // Written out as in schemas/events.ts, whose zod has no place on the hot path; a test compares them.
    ce_dataschema: `urn:meter-reading-gateway:schema:${type}`,
    ce_partitionkey: key,
    'content-type': 'application/json',
  }
  if (subject !== null) headers['ce_subject'] = subject
  return headers
}
