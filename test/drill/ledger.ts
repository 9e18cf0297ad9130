import { eventId } from '../../src/core/event.ts'
import type { ConsumedRecord, ConsumedTopics } from '../real/console-consumer.ts'
import { recordProblems } from '../schemas/validate.ts'
import type { Sent } from './load.ts'
import { readingOf } from './meters.ts'

/** What was sent against what an independent consumer found; the last seven are 0 where each answered message stands there exactly once. */
export interface Ledger {
  readonly messages: number
  /** Answered 200. */
  readonly answered: number
  /** Sent more than once until they were. */
  readonly retried: number
  /** Given up unanswered, of which `strayed` were committed all the same: at most once each, which is allowed. */
  readonly unanswered: number
  readonly strayed: number
  readonly events: number
  /** Answered 200, but not with an accepted reading. */
  readonly otherwise: number
  /** Answered 200, and not on the topic. */
  readonly missing: number
  readonly doubled: number
  /** Of no message, or with another account, meter or value than it. */
  readonly foreign: number
  /** After a later message of the same meter. */
  readonly outOfOrder: number
  /** Against the JSON Schemas of headers and data. */
  readonly invalid: number
  /** On the topic of what is rejected. */
  readonly rejected: number
}

/** Compares the messages with both topics, records in the order of their partitions. */
export function compare(sent: readonly Sent[], consumed: ConsumedTopics): Ledger {
  const byId = new Map(sent.map((message) => [eventId('sms', `twilio:${message.sid}`, 0), message]))
  const times = new Map<Sent, number>()
  const lastOf = new Map<string, number>()
  let [foreign, outOfOrder, invalid] = [0, 0, 0]
  for (const record of consumed.readings) {
    if (recordProblems(record).length > 0) invalid += 1
    const message = byId.get(record.headers['ce_id'] ?? '')
    if (message === undefined || !brings(record, message)) {
      foreign += 1
      continue
    }
    times.set(message, (times.get(message) ?? 0) + 1)
    if (message.n < (lastOf.get(record.key) ?? 0)) outOfOrder += 1
    lastOf.set(record.key, message.n)
  }
  const answered = sent.filter(({ said }) => said !== null)
  const unanswered = sent.filter(({ said }) => said === null)
  return {
    messages: sent.length,
    answered: answered.length,
    retried: answered.filter(({ tries }) => tries > 1).length,
    unanswered: unanswered.length,
    strayed: unanswered.filter((message) => times.has(message)).length,
    events: consumed.readings.length,
    otherwise: answered.filter(({ said }) => !said?.outcome.startsWith('accepted')).length,
    missing: answered.filter((message) => !times.has(message)).length,
    doubled: [...times.values()].filter((count) => count > 1).length,
    foreign,
    outOfOrder,
    invalid,
    rejected: consumed.rejected.length,
  }
}

function brings({ key, headers, value }: ConsumedRecord, { meter, n }: Sent): boolean {
  const data = JSON.parse(value) as { meter: string; registers: { register: string; value: string }[] }
  const values = Object.fromEntries(data.registers.map((one) => [one.register, one.value]))
  return (
    key === meter.key &&
    data.meter === meter.serial &&
    headers['ce_subject'] === meter.serial &&
    JSON.stringify(values) === JSON.stringify(readingOf(meter, n))
  )
}

/** What must be 0. */
export const nothing = {
  otherwise: 0,
  missing: 0,
  doubled: 0,
  foreign: 0,
  outOfOrder: 0,
  invalid: 0,
  rejected: 0,
} as const

/** Whether every answered message stands on the topic exactly once, as it should. */
export function isSound(ledger: Ledger): boolean {
  return (Object.keys(nothing) as (keyof typeof nothing)[]).every((name) => ledger[name] === 0)
}
