import type { Admin, Kafka } from 'kafkajs'
import type { KafkaPosition } from '../outbox/publisher.ts'
import type { KafkaSettings } from './settings.ts'

/** Partitions of a new topic: enough for a dozen consumers, few enough that a batch fills them. */
const PARTITIONS = 12

/**
 * Makes the topics that are missing, replicated as the broker does by default. Whoever may write to a topic is shown it, so
 * where both are there no right to make any is needed; where one is missing and we may not make it, it throws.
 */
export async function ensureTopics(admin: Admin, settings: KafkaSettings): Promise<void> {
  const wanted = Object.values(settings.topics)
  const present = new Set(await admin.listTopics())
  const missing = wanted.filter((topic) => !present.has(topic))
  if (missing.length === 0) return
  const numPartitions = settings.partitions ?? PARTITIONS
  await admin.createTopics({
    topics: missing.map((topic) => ({ topic, numPartitions, replicationFactor: -1 })),
    waitForLeaders: true,
    timeout: 10_000,
  })
}

/** Connects an admin client for one piece of work. */
export async function withAdmin<T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}

/**
 * The relay's position: the offset that its group has committed on partition 0 of the readings topic, which is a seq, and
 * beside it the id of that event. Offsets of an open transaction are not seen. Null: none.
 */
export async function readPosition(admin: Admin, groupId: string, topic: string): Promise<KafkaPosition | null> {
  const [found] = await admin.fetchOffsets({ groupId, topics: [topic] })
  const committed = found?.partitions.find(({ partition }) => partition === 0)
  if (committed === undefined || Number(committed.offset) < 0) return null
  return { seq: Number(committed.offset), eventId: committed.metadata || null }
}
