import type { Admin, Producer } from 'kafkajs'
import { PublishError, type Publisher, type RelayLog, type Wait } from '../outbox/publisher.ts'
import { createBounds } from './bounds.ts'
import { createClient } from './client.ts'
import type { KafkaSettings } from './settings.ts'
import { ensureTopics, readPosition, withAdmin } from './topics.ts'
import { takeOver, transact, transactional } from './transaction.ts'

export interface KafkaPublisherParts {
  readonly settings: KafkaSettings
  /** The store's id: part of the group and the transactional id, so that a new store starts anew. */
  readonly storeId: string
  readonly log: RelayLog
  readonly wait: Wait
}

/** How long one `open`, `publish` or `peek` may take, ms, before its connections are dropped. */
const OPERATION_MS = 60_000
/** How long disconnecting may take, ms. */
const DISCONNECT_MS = 2_000
/** Between two looks at the position on opening, ms. */
const STEADY_MS = 50

/** Name of the relay's group and transactional id for a store. */
export const relayName = (storeId: string): string => `meter-reading-gateway-relay-${storeId}`

/** The publisher on kafkajs: one transaction for events and position. Every failure ends with a client made anew. */
export function createKafkaPublisher({ settings, storeId, log, wait }: KafkaPublisherParts): Publisher {
  const name = relayName(storeId)
  const { topics } = settings
  const bounds = createBounds(wait)
  const look = (admin: Admin) => readPosition(admin, name, topics.readings)
  let producer: Producer | null = null

  async function drop(): Promise<void> {
    bounds.drop()
    const leaving = producer
    producer = null
    if (leaving === null) return
    const gone = new AbortController()
    await Promise.race([leaving.disconnect().catch(() => {}), wait(DISCONNECT_MS, gone.signal)])
    gone.abort()
  }

  /** The position, once two looks agree: brokers before Kafka 4 showed a committed offset a moment late. */
  async function steady(admin: Admin, signal: AbortSignal): Promise<number | null> {
    let seen = await look(admin)
    for (;;) {
      await wait(STEADY_MS, signal)
      const again = await look(admin)
      if (again === seen || signal.aborted) return again
      seen = again
    }
  }

  async function open(): Promise<number | null> {
    const signal = bounds.signal()
    const kafka = createClient(settings, name, log)
    return withAdmin(kafka, async (admin) => {
      await ensureTopics(admin, settings)
      if (signal.aborted) throw new PublishError('away', 'CLOSED')
      producer = transactional(kafka, name)
      await takeOver(producer, signal)
      return steady(admin, signal)
    })
  }

  return {
    async open() {
      await drop()
      bounds.renew()
      return bounds.within(OPERATION_MS, open)
    },
    publish: (rows, seq) =>
      bounds.within(OPERATION_MS, async () => {
        if (producer === null) throw new PublishError('away', 'NOT_OPEN')
        await transact(producer, { name, topics, wait, signal: bounds.signal() }, rows, seq)
      }),
    peek() {
      bounds.renew()
      return bounds.within(OPERATION_MS, () => withAdmin(createClient(settings, name, log), look))
    },
    close: drop,
  }
}
