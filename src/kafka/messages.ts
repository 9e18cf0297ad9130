import type { Message, TopicMessages } from 'kafkajs'
import type { OutboxRow } from '../core/store.ts'
import type { KafkaSettings } from './settings.ts'

/**
 * Outbox rows as kafkajs takes them, by topic, in the order of seq. The key chooses the partition (murmur2, as every
 * Kafka client does), so the events of one account keep their order.
 */
export function topicMessages(rows: readonly OutboxRow[], topics: KafkaSettings['topics']): TopicMessages[] {
  const byTopic = { readings: [] as Message[], rejected: [] as Message[] }
  for (const { topic, key, headers, data } of rows) byTopic[topic].push({ key, headers, value: data })
  return (['readings', 'rejected'] as const)
    .filter((topic) => byTopic[topic].length > 0)
    .map((topic) => ({ topic: topics[topic], messages: byTopic[topic] }))
}

/**
 * Bytes in one send at most. A broker takes batches of 1,048,588 bytes a partition, and in the worst case all rows go to
 * one: a topic of one partition, or one account.
 */
const SEND_BYTES_MAX = 700_000
/** Names and values of the CloudEvents headers besides the key, generously. */
const HEADER_BYTES = 600

/** The rows in sends that no broker finds too large, in their order; a row is never split. */
export function sends(rows: readonly OutboxRow[]): OutboxRow[][] {
  const all: OutboxRow[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const row of rows) {
    const size = Buffer.byteLength(row.data) + 2 * Buffer.byteLength(row.key) + HEADER_BYTES
    if (bytes + size > SEND_BYTES_MAX) {
      all.push([])
      bytes = 0
    }
    all.at(-1)?.push(row)
    bytes += size
  }
  return all
}
