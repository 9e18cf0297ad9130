// `node test/drill/relay.ts [SEED] [KILLS] [BROKER_KILLS] [EVENTS]`: the relay killed -9 at random moments, and its broker too.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readSqliteOutbox } from '../../src/store/sqlite/outbox.ts'
import { type Arrivals, arrivals, consumed } from '../kafka/arrivals.ts'
import { endsWithUs } from '../real/ends-with-us.ts'
import { type RunningKafka, startKafka } from '../real/kafka.ts'
import { seededRandom } from './seeded-random.ts'

export interface RelayDrill {
  readonly seed: number
  /** `kill -9` of the process with store and relay, at random moments. */
  readonly kills: number
  /** `kill -9` of the broker, while events are being published. */
  readonly brokerKills: number
  readonly events: number
}

/** What was done, and what an independent consumer found of it. */
export interface RelayDrillCounts extends RelayDrill, Arrivals {
  /** How often the process ended by itself before it was to be killed. */
  readonly early: number
  readonly seconds: number
}

const child = join(import.meta.dirname, 'relay-child.ts')
const topics = { readings: 'drill-readings', rejected: 'drill-rejected' }
const RUN_MS_MIN = 200
const RUN_MS_MAX = 2_000
/** Events in a batch of the child, on average. */
const BATCH_EVENTS = 15.5
const LAST_RUN_MS_MAX = 180_000

/** Runs the drill on a broker and a store of its own. Needs no KAFKA_BROKERS, which could not be killed. */
export async function relayDrill(drill: RelayDrill): Promise<RelayDrillCounts> {
  const random = seededRandom(drill.seed)
  const dir = mkdtempSync(join(tmpdir(), 'gateway-drill-'))
  const kafka = await startKafka()
  const began = performance.now()
  try {
    let early = 0
    // A run's share of the events is to last longer than the run, so that it is killed at work.
    const pauseMs = (RUN_MS_MAX * BATCH_EVENTS * drill.kills) / drill.events
    for (let kill = 1; kill <= drill.kills; kill += 1) {
      const target = Math.floor((drill.events * kill) / (drill.kills + 1))
      const run = startChild(dir, kafka.brokers, { events: target, seed: drill.seed + kill, pauseMs })
      const restarted = isBrokerKill(kill, drill) ? killBroker(kafka, random) : Promise.resolve()
      // The first half second is start-up, in which only some of the kills are to fall.
      if (await run.endsWithin(RUN_MS_MIN + random() * (RUN_MS_MAX - RUN_MS_MIN))) early += 1
      await run.kill()
      await restarted
    }
    const last = startChild(dir, kafka.brokers, { events: drill.events, seed: drill.seed, pauseMs: 2 })
    const done = await last.endsWithin(LAST_RUN_MS_MAX)
    await last.kill()
    if (!done) throw new Error(`the relay did not finish: ${last.said().slice(-2_000)}`)
    const found = await compare(dir, kafka.brokers)
    return { ...drill, early, ...found, seconds: Math.round((performance.now() - began) / 1000) }
  } finally {
    await kafka.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Broker kills are spread evenly over the kills. */
function isBrokerKill(kill: number, { kills, brokerKills }: RelayDrill): boolean {
  return Math.floor((kill * brokerKills) / kills) > Math.floor(((kill - 1) * brokerKills) / kills)
}

async function killBroker(kafka: RunningKafka, random: () => number): Promise<void> {
  if (kafka.kill9 === null || kafka.restart === null) throw new Error('the drill needs a broker of its own')
  await sleep(400 + random() * 800)
  await kafka.kill9()
  await sleep(random() * 1_000)
  await kafka.restart()
}

interface ChildWork {
  /** Events in the outbox at the end. */
  readonly events: number
  readonly seed: number
  /** Pause between two batches, on average. */
  readonly pauseMs: number
}

function startChild(dir: string, brokers: string, { events, seed, pauseMs }: ChildWork) {
  const parts = [dir, brokers, topics.readings, topics.rejected, ...[events, seed, pauseMs].map(String)]
  const run = spawn(process.execPath, [child, ...parts], { stdio: ['ignore', 'pipe', 'pipe'] })
  endsWithUs(run)
  let printed = ''
  for (const stream of [run.stdout, run.stderr]) stream.setEncoding('utf8').on('data', (text) => (printed += text))
  const ended = new Promise<void>((resolve) => run.once('close', () => resolve()))
  return {
    said: () => printed,
    /** Whether it ends by itself within the time. Throws where it fails. */
    endsWithin: async (ms: number): Promise<boolean> => {
      const late = new AbortController()
      const timer = sleep(ms, 'late', { signal: late.signal }).catch(() => 'late')
      const first = await Promise.race([ended.then(() => 'ended'), timer])
      late.abort()
      if (first === 'ended' && run.exitCode !== 0) throw new Error(`the process failed: ${printed.slice(-2_000)}`)
      return first === 'ended'
    },
    kill: async (): Promise<void> => {
      if (run.exitCode === null && run.signalCode === null) run.kill('SIGKILL')
      await ended
    },
  }
}

async function compare(dir: string, brokers: string): Promise<Arrivals> {
  const outbox = readSqliteOutbox(dir)
  const rows = await outbox.outboxAfter(0, 10_000_000)
  await outbox.close()
  return arrivals(rows, await consumed(brokers, topics))
}

if (import.meta.main) {
  const [seed = Date.now() % 1_000_000, kills = 30, brokerKills = 5, events = 30_000] = process.argv
    .slice(2)
    .map(Number)
  const counts = await relayDrill({ seed, kills, brokerKills, events })
  process.stdout.write(`${JSON.stringify(counts)}\n`)
  const { missing, doubled, foreign, outOfOrder, invalid } = counts
  process.exitCode = missing + doubled + foreign + outOfOrder + invalid === 0 ? 0 : 1
}
