// The relay's events a second on a real broker: `node test/bench/relay.ts [EVENTS]`; KAFKA_BROKERS or a broker of its own.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKafkaPublisher } from '../../src/kafka/publisher.ts'
import { createRelay, type RelayStore } from '../../src/outbox/relay.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { realWait } from '../kafka/real-wait.ts'
import { sampleEvent } from '../kafka/sample-events.ts'
import { startKafka } from '../real/kafka.ts'
import { accepted, commitTo, memoryRegistry, sampleAccount, sampleDelivery } from '../store/fixtures.ts'

export interface RelayBench {
  readonly events: number
  /** Median over the transactions after the first tenth, in which connections and code warm up. */
  readonly eventsPerSecond: number
  /** All of them, first to last. */
  readonly eventsPerSecondOverall: number
  /** Processor time of this process for an event. */
  readonly cpuMicros: number
}

const BATCH = 1_000
const quiet = { debug() {}, info() {}, warn() {}, error() {} }

/** Fills an embedded store with events, and lets the relay bring them to Kafka as in production. */
export async function benchRelay(events = 200_000): Promise<RelayBench> {
  const dir = mkdtempSync(join(tmpdir(), 'gateway-bench-relay-'))
  const kafka = await startKafka()
  const account = sampleAccount(1)
  const parts = { registry: memoryRegistry([account]), now: () => new Date().toISOString(), newId: () => randomUUID() }
  const store = openSqliteStore({ dir, ...parts })
  try {
    for (let from = 1; from <= events; from += BATCH) {
      const deliveries = Array.from({ length: Math.min(BATCH, events + 1 - from) }, (_, index) =>
        sampleDelivery(`SM${from + index}`, { sender: null }),
      )
      await commitTo(
        store,
        deliveries.map((delivery, index) =>
          accepted(account, delivery, { readings: [], events: [sampleEvent(from + index, 20_000)] }),
        ),
      )
    }
    return await measured(store, await store.storeId(), kafka.brokers, events)
  } finally {
    await store.close()
    await kafka.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function measured(store: RelayStore, storeId: string, brokers: string, events: number): Promise<RelayBench> {
  const tag = randomUUID()
  const topics = { readings: `bench-readings-${tag}`, rejected: `bench-rejected-${tag}` }
  const settings = { brokers: brokers.split(','), ssl: false, sasl: null, topics }
  const publisher = createKafkaPublisher({ settings, storeId, log: quiet, wait: realWait })
  const marks: { at: number; position: number }[] = []
  const cpu = process.cpuUsage()
  await new Promise<void>((resolve) => {
    const onPublished = (_count: number, position: number) => {
      marks.push({ at: performance.now(), position })
      if (position === events) void relay.close().then(resolve)
    }
    const relay = createRelay({ store, publisher, wait: realWait, random: Math.random, log: quiet, onPublished })
  })
  const { user, system } = process.cpuUsage(cpu)
  const rates = marks.slice(1).map((mark, index) => rate(marks[index] ?? mark, mark))
  const warm = rates.slice(Math.ceil(rates.length / 10)).sort((a, b) => a - b)
  const [first, last] = [marks[0], marks.at(-1)]
  return {
    events,
    eventsPerSecond: Math.round(warm[warm.length >> 1] ?? 0),
    eventsPerSecondOverall: first && last ? Math.round(rate(first, last)) : 0,
    cpuMicros: Math.round(((user + system) / events) * 10) / 10,
  }
}

function rate(from: { at: number; position: number }, to: { at: number; position: number }): number {
  return ((to.position - from.position) * 1000) / (to.at - from.at)
}

if (import.meta.main) {
  process.stdout.write(`${JSON.stringify(await benchRelay(Number(process.argv[2] ?? 200_000)))}\n`)
}
