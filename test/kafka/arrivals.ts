import type { OutboxRow } from '../../src/core/store.ts'
import { type ConsumedRecord, type ConsumedTopics, consoleConsumer } from '../real/console-consumer.ts'
import { recordProblems } from '../schemas/validate.ts'

/** What became of the outbox's rows on the topics; all but `arrived` are 0 where every event stands there exactly once. */
export interface Arrivals {
  readonly arrived: number
  readonly missing: number
  readonly doubled: number
  /** On a topic, but in no row, or otherwise than in its row, or on the wrong topic. */
  readonly foreign: number
  /** After a later event of the same key. */
  readonly outOfOrder: number
  /** Against the JSON Schemas of headers and data. */
  readonly invalid: number
}

/** Names of the two topics. */
interface Topics {
  readonly readings: string
  readonly rejected: string
}

/** What Kafka's own consumer finds on both topics. */
export async function consumed(brokers: string, topics: Topics): Promise<ConsumedTopics> {
  const [readings, rejected] = await Promise.all([
    consoleConsumer(brokers, topics.readings),
    consoleConsumer(brokers, topics.rejected),
  ])
  return { readings, rejected }
}

/** Compares the rows with what a consumer read from both topics, each in the order of its partitions. */
export function arrivals(rows: readonly OutboxRow[], found: ConsumedTopics): Arrivals {
  const byId = new Map(rows.map((row) => [row.headers['ce_id'], row]))
  const seen = new Map<number, number>()
  const lastOf = new Map<string, number>()
  let [foreign, outOfOrder, invalid] = [0, 0, 0]
  for (const topic of ['readings', 'rejected'] as const) {
    for (const record of found[topic]) {
      const row = byId.get(record.headers['ce_id'])
      if (row === undefined || row.topic !== topic || !same(row, record)) {
        foreign += 1
        continue
      }
      seen.set(row.seq, (seen.get(row.seq) ?? 0) + 1)
      const line = `${topic}/${record.key}`
      if (row.seq < (lastOf.get(line) ?? 0)) outOfOrder += 1
      lastOf.set(line, row.seq)
      if (recordProblems(record).length > 0) invalid += 1
    }
  }
  const doubled = [...seen.values()].filter((times) => times > 1).length
  return { arrived: seen.size, missing: rows.length - seen.size, doubled, foreign, outOfOrder, invalid }
}

function same(row: OutboxRow, { key, value, headers }: ConsumedRecord): boolean {
  const names = Object.keys(row.headers)
  return (
    row.key === key &&
    row.data === value &&
    names.length === Object.keys(headers).length &&
    names.every((name) => row.headers[name] === headers[name])
  )
}
