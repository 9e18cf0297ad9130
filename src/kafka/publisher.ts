import type { Admin, Producer } from 'kafkajs'
import type { Log } from '../core/log.ts'
import type { OutboxRow } from '../core/store.ts'
import { atMost } from '../outbox/pace.ts'
import { type KafkaPosition, PublishError, type Publisher, type Wait } from '../outbox/publisher.ts'
import { createBounds } from './bounds.ts'
import { createClient } from './client.ts'
import type { KafkaSettings } from './settings.ts'
import { ensureTopics, readPosition, withAdmin } from './topics.ts'
import { takeOver, transact, transactional } from './transaction.ts'

/** What the publisher needs of the house. */
export interface KafkaPublisherParts {
  readonly settings: KafkaSettings
  /** The store's id: part of the group and the transactional id, so that a new store starts anew. */
  readonly storeId: string
  readonly log: Log
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
  let last: KafkaPosition | null = null

  async function drop(): Promise<void> {
    bounds.drop()
    const leaving = producer
    producer = null
    if (leaving === null) return
    const left = leaving.disconnect().catch(() => {})
    await atMost(DISCONNECT_MS, left, wait)
  }

  async function open(): Promise<KafkaPosition | null> {
    const signal = bounds.signal()
    const kafka = createClient(settings, name, log)
    return withAdmin(kafka, async (admin) => {
      await ensureTopics(admin, settings)
      if (signal.aborted) throw new PublishError('away', 'CLOSED')
      producer = transactional(kafka, name)
      await takeOver(producer, signal)
      last = await steady(() => look(admin), wait, signal)
      return last
    })
  }

  async function publish(rows: readonly OutboxRow[], seq: number): Promise<void> {
    if (producer === null) throw new PublishError('away', 'NOT_OPEN')
    // Where nothing is published, the position is only written again.
    const before = last?.seq === seq ? last.eventId : null
    const position = { seq, eventId: rows.at(-1)?.headers['ce_id'] ?? before }
    await transact(producer, { name, topics, wait, signal: bounds.signal() }, rows, position)
    last = position
  }

  return {
    async open() {
      await drop()
      bounds.renew()
      return bounds.within(OPERATION_MS, open)
    },
    publish: (rows, seq) => bounds.within(OPERATION_MS, () => publish(rows, seq)),
    async peek() {
      bounds.renew()
      const seen = await bounds.within(OPERATION_MS, () => withAdmin(createClient(settings, name, log), look))
      return seen?.seq ?? null
    },
    close: drop,
  }
}

type Look = () => Promise<KafkaPosition | null>

/** The position, once two looks agree: brokers before Kafka 4 showed a committed offset a moment late. */
async function steady(look: Look, wait: Wait, signal: AbortSignal): Promise<KafkaPosition | null> {
  let seen = await look()
  for (;;) {
    await wait(STEADY_MS, signal)
    const again = await look()
    if (again?.seq === seen?.seq || signal.aborted) return again
    seen = again
  }
}
