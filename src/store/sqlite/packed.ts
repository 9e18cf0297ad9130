import type { Answer, Delivery, Item, ShownValue } from '../../core/delivery.ts'
import { eventHeaders } from '../../core/event.ts'
import type { Standing } from '../../core/facts.ts'
import type { Decision, OutboxEvent, StoredConversation } from '../../core/store.ts'
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
  more?: Pick<Item, 'proposal' | 'missing' | 'window'>,
]
/** What is left out: `outcomes` that are those of the items, `messages` and `spoken` where there are none; 0 where more follows. */
type PackedAnswer = [
  text: string,
  items: PackedItem[],
  outcomes?: Answer['outcomes'] | 0,
  messages?: Answer['messages'] | 0,
  spoken?: Answer['spoken'],
]

/** An answer without its submission's id, which stands beside it. The purge reads it by the same places, in SQL. */
export function packAnswer({ text, items, outcomes, messages, spoken }: Answer): string {
  const isOfItems = outcomes.length === items.length && outcomes.every((outcome, at) => outcome === items[at]?.outcome)
  const packed = items.map(packItem)
  if (spoken !== undefined) {
    return JSON.stringify([text, packed, isOfItems ? 0 : outcomes, messages ?? 0, spoken] satisfies PackedAnswer)
  }
  if (messages !== undefined) {
    return JSON.stringify([text, packed, isOfItems ? 0 : outcomes, messages] satisfies PackedAnswer)
  }
  return JSON.stringify((isOfItems ? [text, packed] : [text, packed, outcomes]) satisfies PackedAnswer)
}

/** Makes the answer again of its columns. */
export function unpackAnswer(submissionId: string, answer: string): Answer {
  const [text, packed, outcomes = 0, messages = 0, spoken] = JSON.parse(answer) as PackedAnswer
  const items = packed.map(unpackItem)
  const said = outcomes === 0 ? items.map(({ outcome }) => outcome) : outcomes
  const more = { ...(messages !== 0 && { messages }), ...(spoken !== undefined && { spoken }) }
  return { submissionId, outcomes: said, text, ...more, items }
}

function packItem(item: Item): PackedItem {
  const { outcome, branch, account, meter, service, period, proposal, missing, window } = item
  const values = item.values.map(({ register, zone, value }): PackedValue => [register, zone, value])
  if (proposal === null && missing.length === 0 && window === null) {
    return [outcome, branch, account, meter, service, period, values]
  }
  return [outcome, branch, account, meter, service, period, values, { proposal, missing, window }]
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
]

/** The raw input, and what it left; without what stands in columns of its own. */
export function packLeft({ delivery, readings, conversation }: Decision): string {
  const { sender, phone, said, eventChannel, language } = delivery
  const packed: PackedLeft = [
    readings.map(packReading),
    conversation === undefined ? 0 : conversation && packConversation(conversation),
    sender,
    phone !== null && phone === sender ? 1 : phone,
    said,
    eventChannel,
    language,
  ]
  return JSON.stringify(packed)
}

/** Makes again what look-ups see of it. */
export function unpackLeft(submissionId: string, channel: string, left: string): Left {
  const [readings, conversation, sender] = JSON.parse(left) as PackedLeft
  return {
    delivery: { channel, sender },
    answer: { submissionId },
    readings: readings.map(unpackReading),
    conversation: conversation === 0 ? undefined : conversation && unpackConversation(conversation),
  }
}

/** Makes the delivery again of its columns. */
export function unpackDelivery(channel: string, deliveryId: string, receivedAt: string, left: string): Delivery {
  const [, , sender, phone, said, eventChannel, language] = JSON.parse(left) as PackedLeft
  return { channel, eventChannel, deliveryId, receivedAt, sender, phone: phone === 1 ? sender : phone, said, language }
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

/** Headers as all events have them, without what is the same for all or says the key again; others as they are. */
export function packHeaders({ headers, key }: Pick<OutboxEvent, 'headers' | 'key'>): string {
  const { ce_id = '', ce_source = '', ce_type = '', ce_time = '', ce_subject = null } = headers
  const packed: PackedHeaders = [ce_id, ce_source, ce_type, ce_time, ce_subject]
  return JSON.stringify(isSame(headers, headersOf(packed, key)) ? packed : headers)
}

/** Makes the headers again of their columns. */
export function unpackHeaders(headers: string, key: string): OutboxEvent['headers'] {
  const packed = JSON.parse(headers) as PackedHeaders | Record<string, string>
  return Array.isArray(packed) ? headersOf(packed, key) : packed
}

function headersOf([id, source, type, time, subject]: PackedHeaders, key: string): OutboxEvent['headers'] {
  return eventHeaders({ id, source, type, time, subject }, key)
}

function isSame(one: OutboxEvent['headers'], other: OutboxEvent['headers']): boolean {
  for (const name in one) if (one[name] !== other[name]) return false
  for (const name in other) if (one[name] === undefined) return false
  return true
}
