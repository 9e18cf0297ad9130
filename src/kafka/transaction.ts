import type { Kafka, Producer, Transaction } from 'kafkajs'
import type { OutboxRow } from '../core/store.ts'
import { type KafkaPosition, PublishError, type Wait } from '../outbox/publisher.ts'
import { codeOf } from './failure.ts'
import { sends, topicMessages } from './messages.ts'
import type { KafkaSettings } from './settings.ts'

/** What a transaction of the relay needs besides its producer. */
export interface Place {
  /** Group and transactional id. */
  readonly name: string
  readonly topics: KafkaSettings['topics']
  readonly wait: Wait
  /** Aborted when the connections are dropped. */
  readonly signal: AbortSignal
}

/** How long a broker keeps a transaction open whose relay is gone, ms. */
const TRANSACTION_MS = 60_000
/** Pause while the broker still finishes the transaction before, ms: each one ends a few ms after it was committed. */
const CONCURRENT_MS = 3
/** How long that may go on, in pauses; then the relay starts from scratch. */
const CONCURRENT_TRIES = 3_000

/**
 * A producer for one transaction after the other.
 *
 * kafkajs is given no retry inside a send: on several brokers it resends by broker, and a partition whose leader moves
 * between two tries would be left out or doubled within the transaction. Idempotence comes with the transactional id.
 */
export function transactional(kafka: Kafka, transactionalId: string): Producer {
  return kafka.producer({
    transactionalId,
    transactionTimeout: TRANSACTION_MS,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    retry: { retries: 0 },
  })
}

/** Connects, fences whoever had the place, and ends what that one left open: committed or aborted when this resolves. */
export async function takeOver(producer: Producer, signal: AbortSignal): Promise<void> {
  await producer.connect()
  if (signal.aborted) {
    await producer.disconnect()
    throw new PublishError('away', 'CLOSED')
  }
  // The first transaction names a producer id, and that the broker answers only when the one before has ended.
  await (await producer.transaction()).abort()
}

/**
 * Events and position in one transaction. The position goes first: its request is the one that meets the end of the
 * transaction before (CONCURRENT_TRANSACTIONS), when nothing has been sent yet that could double.
 */
export async function transact(
  producer: Producer,
  place: Place,
  rows: readonly OutboxRow[],
  position: KafkaPosition,
): Promise<void> {
  const transaction = await producer.transaction()
  await sendPosition(transaction, place, position)
  for (const some of sends(rows)) {
    await transaction.sendBatch({ acks: -1, topicMessages: topicMessages(some, place.topics) })
  }
  await transaction.commit()
}

async function sendPosition(
  transaction: Transaction,
  { name, topics, wait, signal }: Place,
  { seq, eventId }: KafkaPosition,
): Promise<void> {
  const offset = { partition: 0, offset: String(seq), metadata: eventId }
  const position = [{ topic: topics.readings, partitions: [offset] }]
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction.sendOffsets({ consumerGroupId: name, topics: position })
    } catch (error) {
      const busy = codeOf(error) === 'CONCURRENT_TRANSACTIONS' && tries < CONCURRENT_TRIES
      if (!busy || signal.aborted) throw error
      await wait(CONCURRENT_MS, signal)
    }
  }
}
