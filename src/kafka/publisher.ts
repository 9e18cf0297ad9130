import type { Kafka, Producer, Transaction } from 'kafkajs'
import type { OutboxRow } from '../core/store.ts'
import { PublishError, type Publisher, type RelayLog, type Wait } from '../outbox/publisher.ts'
import { createClient } from './client.ts'
import { codeOf, publishError } from './failure.ts'
import { topicMessages } from './messages.ts'
import type { KafkaSettings } from './settings.ts'
import { ensureTopics, readPosition, withAdmin } from './topics.ts'

export interface KafkaPublisherParts {
  readonly settings: KafkaSettings
  /** The store's id: part of the group and the transactional id, so that a new store starts anew. */
  readonly storeId: string
  readonly log: RelayLog
  readonly wait: Wait
}

/** How long one `open`, `publish` or `peek` may take, ms, before its connections are dropped. */
const OPERATION_MS = 60_000
/** How long a broker keeps a transaction open whose relay is gone, ms. */
const TRANSACTION_MS = 60_000
/** How long disconnecting may take, ms. */
const DISCONNECT_MS = 2_000
/** Pause while the broker still finishes the transaction before, ms: each one ends a few ms after it was committed. */
const CONCURRENT_MS = 3
/** How long that may go on, in pauses; then the relay starts from scratch. */
const CONCURRENT_TRIES = 3_000
/** Between two looks at the position on opening, ms. */
const STEADY_MS = 50

/** Name of the relay's group and transactional id for a store. */
export const relayName = (storeId: string): string => `meter-reading-gateway-relay-${storeId}`

/**
 * The publisher on kafkajs: one transaction for events and position. Every failure ends with a client made anew.
 *
 * kafkajs is given no retry inside a send: on several brokers it resends by broker, and a partition whose leader moves
 * between two tries would be left out or doubled within the transaction. Idempotence comes with the transactional id.
 * The position is sent first, because its request is the one that meets the end of the transaction before
 * (CONCURRENT_TRANSACTIONS), when nothing has been sent yet that could double.
 */
export function createKafkaPublisher({ settings, storeId, log, wait }: KafkaPublisherParts): Publisher {
  const name = relayName(storeId)
  const position = settings.topics.readings
  let producer: Producer | null = null
  let dropped = new AbortController()

  /** Work that ends with its own result, or when its time is up or the connections are dropped. */
  async function bounded<T>(work: () => Promise<T>): Promise<T> {
    const done = new AbortController()
    const { signal } = dropped
    const expired = wait(OPERATION_MS, AbortSignal.any([done.signal, signal])).then((): never => {
      throw new PublishError('away', signal.aborted ? 'CLOSED' : 'TIMEOUT')
    })
    const result = work()
    try {
      return await Promise.race([result, expired])
    } catch (error) {
      throw publishError(error)
    } finally {
      done.abort()
      expired.catch(() => {})
      result.catch(() => {})
    }
  }

  async function drop(): Promise<void> {
    dropped.abort()
    const leaving = producer
    producer = null
    if (leaving !== null) await withinMs(DISCONNECT_MS, () => leaving.disconnect())
  }

  async function withinMs(ms: number, work: () => Promise<unknown>): Promise<void> {
    const done = new AbortController()
    await Promise.race([work().catch(() => {}), wait(ms, done.signal)])
    done.abort()
  }

  async function takeOver(kafka: Kafka, signal: AbortSignal): Promise<number | null> {
    if (signal.aborted) throw new PublishError('away', 'CLOSED')
    const made = transactional(kafka, name)
    producer = made
    await made.connect()
    if (signal.aborted) {
      await made.disconnect()
      throw new PublishError('away', 'CLOSED')
    }
    // Naming a producer id ends what an earlier relay left open, and waits until that has ended.
    await (await made.transaction()).abort()
    return withAdmin(kafka, (admin) => steady(() => readPosition(admin, name, position)))
  }

  /** The position, once two looks agree: brokers before Kafka 4 showed a committed offset a moment late. */
  async function steady(look: () => Promise<number | null>): Promise<number | null> {
    let seen = await look()
    for (;;) {
      await wait(STEADY_MS, dropped.signal)
      const again = await look()
      if (again === seen || dropped.signal.aborted) return again
      seen = again
    }
  }

  /** Puts the position into the transaction as soon as the one before has ended. */
  async function sendPosition(transaction: Transaction, seq: number): Promise<void> {
    const topics = [{ topic: position, partitions: [{ partition: 0, offset: String(seq) }] }]
    for (let tries = 1; ; tries += 1) {
      try {
        return await transaction.sendOffsets({ consumerGroupId: name, topics })
      } catch (error) {
        const busy = codeOf(error) === 'CONCURRENT_TRANSACTIONS' && tries < CONCURRENT_TRIES
        if (!busy || dropped.signal.aborted) throw error
        await wait(CONCURRENT_MS, dropped.signal)
      }
    }
  }

  async function transact(rows: readonly OutboxRow[], seq: number): Promise<void> {
    if (producer === null) throw new PublishError('away', 'NOT_OPEN')
    const transaction = await producer.transaction()
    await sendPosition(transaction, seq)
    if (rows.length > 0) await transaction.sendBatch({ acks: -1, topicMessages: topicMessages(rows, settings.topics) })
    await transaction.commit()
  }

  return {
    async open() {
      await drop()
      dropped = new AbortController()
      const { signal } = dropped
      const kafka = createClient(settings, name, log)
      return bounded(async () => {
        await withAdmin(kafka, (admin) => ensureTopics(admin, settings))
        return takeOver(kafka, signal)
      })
    },
    publish: (rows, seq) => bounded(() => transact(rows, seq)),
    async peek() {
      if (dropped.signal.aborted) dropped = new AbortController()
      const kafka = createClient(settings, name, log)
      return bounded(() => withAdmin(kafka, (admin) => readPosition(admin, name, position)))
    },
    close: drop,
  }
}

function transactional(kafka: Kafka, transactionalId: string): Producer {
  return kafka.producer({
    transactionalId,
    transactionTimeout: TRANSACTION_MS,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    retry: { retries: 0 },
  })
}
