// A gateway reduced to its store and its relay, to be killed: `node relay-child.ts DIR BROKERS READINGS REJECTED EVENTS SEED PAUSE_MS`.
// Writes events to the store in `DIR` until there are EVENTS, publishes them, says its position line by line, and ends
// when all are published.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createKafkaPublisher } from '../../src/kafka/publisher.ts'
import { createRelay } from '../../src/outbox/relay.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { realWait } from '../kafka/real-wait.ts'
import { sampleEvent } from '../kafka/sample-events.ts'
import { accepted, commitTo, memoryRegistry, sampleAccount, sampleDelivery } from '../store/fixtures.ts'
import { seededRandom } from './seeded-random.ts'

const [dir = '', brokers = '', readings = '', rejected = '', events = '0', seed = '0', pauseMs = '0'] =
  process.argv.slice(2)
const target = Number(events)
const random = seededRandom(Number(seed))
const account = sampleAccount(1)
const silent = { debug() {}, info() {}, warn: said, error: said }

function said(fields: object, message: string): void {
  process.stdout.write(`log ${message} ${JSON.stringify(fields)}\n`)
}

const store = openSqliteStore({
  dir,
  registry: memoryRegistry([account]),
  now: () => new Date().toISOString(),
  newId: () => randomUUID(),
})
const settings = { brokers: brokers.split(','), ssl: false, sasl: null, topics: { readings, rejected }, partitions: 4 }
const publisher = createKafkaPublisher({ settings, storeId: await store.storeId(), log: silent, wait: realWait })
const relay = createRelay({
  store,
  publisher,
  wait: realWait,
  random,
  log: silent,
  pace: { retryMs: 100, retryMaxMs: 1_000, batchRows: 150 },
  onPublished: (_count, position) => process.stdout.write(`position ${position}\n`),
})

/** Commits the next few deliveries, one event each, as one batch. */
async function write(from: number, count: number): Promise<void> {
  const deliveries = Array.from({ length: count }, (_, index) => sampleDelivery(`SM${from + index}`, { sender: null }))
  await commitTo(
    store,
    deliveries.map((delivery, index) =>
      accepted(account, delivery, { readings: [], events: [sampleEvent(from + index, 50)] }),
    ),
  )
  relay.nudge()
}

for (let { lastSeq } = await store.outboxState(0); lastSeq < target; ) {
  const count = Math.min(target - lastSeq, 1 + Math.floor(random() * 30))
  await write(lastSeq + 1, count)
  lastSeq += count
  await sleep(random() * 2 * Number(pauseMs))
}
while (relay.state().position < target) await sleep(20)
await relay.close()
await store.close()
process.stdout.write('done\n')
