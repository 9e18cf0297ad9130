import type { Answer, Delivery, Item, ShownValue } from '../../core/delivery.ts'
import { eventHeaders } from '../../core/event.ts'
import type { Standing } from '../../core/facts.ts'
import type { Decision, OutboxEvent, StoredConversation } from '../../core/store.ts'
import { storedAnswer } from '../stored-answer.ts'
import type { Left } from './layer.ts'

/*
 * JSON with places instead of names, and nothing said twice: every byte of a message is written to the log, moved into
 * the database, and read again, and names were the half of them.
 */

type PackedValue = [register: string, zone: ShownValue['zone'], value: string]
type PackedItem = [
  outcome: Item['outcome'],
  branch: string | null,
  account: string | null,
  meter: string | null,
  service: Item['service'],
  period: string | null,
  values: PackedValue[],
  more?: Pick<Item, 'proposal' | 'missing' | 'window' | 'valuesAt'>,
]
/** What is left out: `outcomes` that are those of the items, `messages` and `spoken` where there are none; 0 where more follows. */
type PackedAnswer = [
  text: string,
  items: PackedItem[],
  outcomes?: Answer['outcomes'] | 0,
  messages?: Answer['messages'] | 0,
  spoken?: Answer['spoken'],
]

type PackedSubmission = [id: string, channel: string, deliveryId: string, receivedAt: string, answer: PackedAnswer]

/** A batch's submissions and the answers to them. The purge reads them by the same places, in SQL. */
export function packSubmissions(decisions: readonly Decision[]): string {
  return JSON.stringify(decisions.map(packSubmission))
}

function packSubmission(decision: Decision): PackedSubmission {
  const { channel, deliveryId, receivedAt } = decision.delivery
  return [decision.answer.submissionId, channel, deliveryId, receivedAt, packAnswer(storedAnswer(decision))]
}

function packAnswer({ text, items, outcomes, messages, spoken }: Answer): PackedAnswer {
  const isOfItems = outcomes.length === items.length && outcomes.every((outcome, at) => outcome === items[at]?.outcome)
  const packed = items.map(packItem)
  if (spoken !== undefined) return [text, packed, isOfItems ? 0 : outcomes, messages ?? 0, spoken]
  if (messages !== undefined) return [text, packed, isOfItems ? 0 : outcomes, messages]
  return isOfItems ? [text, packed] : [text, packed, outcomes]
}

/** One of a batch's submissions, as it stands there: its channel. */
export function channelOf(submission: string): string {
  return (JSON.parse(submission) as PackedSubmission)[1]
}

/** One of a batch's submissions, as it stands there: its answer. */
export function unpackAnswer(submission: string): Answer {
  const [submissionId, , , , [text, packed, outcomes = 0, messages = 0, spoken]] = JSON.parse(
    submission,
  ) as PackedSubmission
  const items = packed.map(unpackItem)
  const said = outcomes === 0 ? items.map(({ outcome }) => outcome) : outcomes
  const more = { ...(messages !== 0 && { messages }), ...(spoken !== undefined && { spoken }) }
  return { submissionId, outcomes: said, text, ...more, items }
}

function packItem(item: Item): PackedItem {
  const { outcome, branch, account, meter, service, period, proposal, missing, window, valuesAt } = item
  const values = item.values.map(({ register, zone, value }): PackedValue => [register, zone, value])
  if (proposal === null && missing.length === 0 && window === null && valuesAt === undefined) {
    return [outcome, branch, account, meter, service, period, values]
  }
  const more = { proposal, missing, window, ...(valuesAt !== undefined && { valuesAt }) }
  return [outcome, branch, account, meter, service, period, values, more]
}

const NO_MORE = { proposal: null, missing: [], window: null } as const

function unpackItem([outcome, branch, account, meter, service, period, packed, more = NO_MORE]: PackedItem): Item {
  const values = packed.map(([register, zone, value]) => ({ register, zone, value }))
  return { outcome, branch, account, meter, service, period, values, ...more }
}

type PackedReading = [
  branch: string,
  account: string,
  meter: string,
  period: string,
  registers: Standing['registers'],
  orderAt: string,
  eventId: string,
  byOperator: 0 | 1,
]
type PackedConversation = [state: string, accounts: readonly string[], expiresAt: string, isIdle: 0 | 1]
/** `phone`: 1 where it is the sender's. `conversation`: 0 where it stays as it was. */
type PackedLeft = [
  readings: PackedReading[],
  conversation: PackedConversation | null | 0,
  sender: string | null,
  phone: string | null | 1,
  said: Delivery['said'],
  eventChannel: Delivery['eventChannel'],
  language: Delivery['language'],
  broughtAt?: string,
]

/** A batch's raw input, and what each of it left; without what stands with the submissions. */
export function packRaw(decisions: readonly Decision[]): string {
  return JSON.stringify(decisions.map(packLeft))
}

function packLeft({ delivery, readings, conversation }: Decision): PackedLeft {
  const { sender, phone, said, eventChannel, language, broughtAt } = delivery
  const left: PackedLeft = [
    readings.map(packReading),
    conversation === undefined ? 0 : conversation && packConversation(conversation),
    sender,
    phone !== null && phone === sender ? 1 : phone,
    said,
    eventChannel,
    language,
  ]
  if (broughtAt !== undefined) left[7] = broughtAt
  return left
}

/** Makes again what look-ups see of a batch. */
export function unpackLeft(submissions: string, raw: string): readonly Left[] {
  const ofSubmissions = JSON.parse(submissions) as PackedSubmission[]
  const ofRaw = JSON.parse(raw) as PackedLeft[]
  return ofSubmissions.map(([submissionId, channel], at): Left => {
    const [readings, conversation, sender] = ofRaw[at] as PackedLeft
    return {
      delivery: { channel, sender },
      answer: { submissionId },
      readings: readings.map(unpackReading),
      conversation: conversation === 0 ? undefined : conversation && unpackConversation(conversation),
    }
  })
}

/** Makes the delivery again of one of a batch's submissions and its raw input. */
export function unpackDelivery(submission: string, raw: string): Delivery {
  const [, channel, deliveryId, receivedAt] = JSON.parse(submission) as PackedSubmission
  const [, , sender, phone, said, eventChannel, language, broughtAt] = JSON.parse(raw) as PackedLeft
  const from = { sender, phone: phone === 1 ? sender : phone }
  const late = broughtAt !== undefined && { broughtAt }
  return { channel, eventChannel, deliveryId, receivedAt, ...late, ...from, said, language }
}

function packReading(reading: Standing): PackedReading {
  const { branch, account, meter, period, registers, orderAt, eventId, byOperator } = reading
  return [branch, account, meter, period, registers, orderAt, eventId, byOperator ? 1 : 0]
}

function unpackReading(packed: PackedReading): Standing {
  const [branch, account, meter, period, registers, orderAt, eventId, byOperator] = packed
  return { branch, account, meter, period, registers, orderAt, eventId, byOperator: byOperator === 1 }
}

function packConversation({ state, accounts, expiresAt, isIdle }: StoredConversation): PackedConversation {
  return [state, accounts, expiresAt, isIdle === true ? 1 : 0]
}

function unpackConversation([state, accounts, expiresAt, isIdle]: PackedConversation): StoredConversation {
  return { state, accounts, expiresAt, ...(isIdle === 1 && { isIdle: true }) }
}

type PackedHeaders = [id: string, source: string, type: string, time: string, subject: string | null]
type PackedEvent = [
  topic: OutboxEvent['topic'],
  key: string,
  headers: PackedHeaders | OutboxEvent['headers'],
  data: unknown,
]

/** The events of a batch. Their data is JSON text already and goes in as it is. */
export function packEvents(events: readonly OutboxEvent[]): string {
  const packed = events.map((event) => {
    const { topic, key, data } = event
    return `["${topic}",${JSON.stringify(key)},${JSON.stringify(packHeaders(event))},${data}]`
  })
  return `[${packed.join(',')}]`
}

/** Makes the events again, their data word for word. */
export function unpackEvents(events: string): readonly OutboxEvent[] {
  return (JSON.parse(events) as PackedEvent[]).map(([topic, key, headers, data]) => ({
    topic,
    key,
    headers: isPacked(headers) ? headersOf(headers, key) : headers,
    data: JSON.stringify(data),
  }))
}

const isPacked = (headers: PackedEvent[2]): headers is PackedHeaders => Array.isArray(headers)

/** Headers as all events have them, without what is the same for all or says the key again; others as they are. */
function packHeaders({ headers, key }: OutboxEvent): PackedEvent[2] {
  const { ce_id = '', ce_source = '', ce_type = '', ce_time = '', ce_subject = null } = headers
  const packed: PackedHeaders = [ce_id, ce_source, ce_type, ce_time, ce_subject]
  return isSame(headers, headersOf(packed, key)) ? packed : headers
}

function headersOf([id, source, type, time, subject]: PackedHeaders, key: string): OutboxEvent['headers'] {
  return eventHeaders({ id, source, type, time, subject }, key)
}

function isSame(one: OutboxEvent['headers'], other: OutboxEvent['headers']): boolean {
  for (const name in one) if (one[name] !== other[name]) return false
  for (const name in other) if (one[name] === undefined) return false
  return true
}
