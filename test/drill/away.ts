import { setTimeout as sleep } from 'node:timers/promises'
import { startKafka } from '../real/kafka.ts'
import { drained, drilledGateway } from './gateway-process.ts'
import type { Ledger } from './ledger.ts'
import { load, twilioClient } from './load.ts'
import { drillMeters } from './meters.ts'
import { drillTopics } from './topics.ts'

export interface AwayDrill {
  /** How long the broker is away; half as long the load runs before, and again afterwards. */
  readonly awayMs: number
}

/** Answers of one part of the drill: their number, those that failed, and how long they took, ms. */
export interface Answers {
  readonly posts: number
  readonly failed: number
  readonly p50: number
  readonly p99: number
  readonly longest: number
}

/** What was done and found; `depth` is the outbox at the end of the absence, `drainSeconds` from the end of the load. */
export interface AwayCounts extends AwayDrill, Ledger {
  readonly before: Answers
  readonly during: Answers
  readonly after: Answers
  readonly depth: number
  readonly drainSeconds: number
}

type Part = 'before' | 'during' | 'after'

const WORKERS = 20
const PAUSE_MS = 50

/** The broker is away for a while under load: no answer fails, and afterwards the outbox drains to zero. */
export async function awayDrill(drill: AwayDrill): Promise<AwayCounts> {
  const kafka = await startKafka()
  const topics = drillTopics(kafka.brokers, 'away')
  const gateway = await drilledGateway(topics.env)
  const client = twilioClient(gateway.url, WORKERS)
  const taken: Record<Part, number[]> = { before: [], during: [], after: [] }
  const failed: Record<Part, number> = { before: 0, during: 0, after: 0 }
  let part: Part | 'over' = 'before'
  try {
    gateway.start()
    await gateway.ready()
    const loading = load({
      client,
      meters: drillMeters(),
      workers: WORKERS,
      goesOn: () => part !== 'over',
      retries: () => false,
      pauseMs: PAUSE_MS,
      answered(said, ms) {
        if (part === 'over') return
        taken[part].push(ms)
        if (said?.status !== 200) failed[part] += 1
      },
    })
    await sleep(drill.awayMs / 2)
    if (kafka.kill9 === null || kafka.restart === null) throw new Error('the drill needs a broker of its own')
    await kafka.kill9()
    part = 'during'
    await sleep(drill.awayMs)
    const depth = (await gateway.metrics()).get('gateway_outbox_depth') ?? Number.NaN
    part = 'after'
    await kafka.restart()
    await sleep(drill.awayMs / 2)
    part = 'over'
    const sent = await loading
    const drainSeconds = await drained(gateway)
    await gateway.stop()
    const [before, during, after] = (['before', 'during', 'after'] as const).map((one) =>
      answers(taken[one], failed[one]),
    )
    if (before === undefined || during === undefined || after === undefined) throw new Error('unreachable: three parts')
    return { ...drill, before, during, after, depth, drainSeconds, ...(await topics.compare(sent)) }
  } finally {
    part = 'over'
    client.close()
    await gateway.end()
    await kafka.stop()
  }
}

function answers(taken: readonly number[], failed: number): Answers {
  const sorted = taken.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 10) / 10
  return { posts: sorted.length, failed, p50: at(0.5), p99: at(0.99), longest: at(1) }
}
