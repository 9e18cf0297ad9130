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
