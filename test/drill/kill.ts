import { setTimeout as sleep } from 'node:timers/promises'
import { type RunningKafka, startKafka } from '../real/kafka.ts'
import { type DrilledGateway, drained, drilledGateway } from './gateway-process.ts'
import type { Ledger } from './ledger.ts'
import { load, twilioClient } from './load.ts'
import { drillMeters } from './meters.ts'
import { seededRandom } from './seeded-random.ts'
import { drillTopics } from './topics.ts'

export interface KillDrill {
  readonly seed: number
  /** `kill -9` of the gateway, at random moments of its life: some while it starts, the others under load. */
  readonly kills: number
  /** `kill -9` of the broker, spread over them. */
  readonly brokerKills: number
}

/** What was done and found; `whileStarting` counts kills before the gateway listened. */
export interface KillCounts extends KillDrill, Ledger {
  readonly whileStarting: number
  readonly drainSeconds: number
  readonly seconds: number
}

const LIFE_MS_MIN = 100
/** One kill of so many comes while the gateway starts, the second of them first. */
const STARTING_EVERY = 4
/** Longest life of the gateway once it listens. */
const SERVING_MS_MAX = 3_000
const BROKER_LIFE_MS_MAX = 4_000
const WORKERS = 24
/** Enough to keep the gateway and its relay at work, and no more than Kafka's own consumer reads again in a minute. */
const PAUSE_MS = 40
/** So many messages follow the last kill, however slow the machine is. */
const MESSAGES_AFTER = 240

/**
 * Half of the messages are brought again until they are answered, as providers do; the other half are given up at the
 * first failure: of those, what was answered must stand on the topic once, and what was not, once at most.
 */
export async function killDrill(drill: KillDrill): Promise<KillCounts> {
  const random = seededRandom(drill.seed)
  const began = performance.now()
  const kafka = await startKafka()
  const topics = drillTopics(kafka.brokers, 'kill')
  const gateway = await drilledGateway(topics.env)
  const client = twilioClient(gateway.url, WORKERS)
  let killing = true
  let messagesMax = Number.POSITIVE_INFINITY
  const goesOn = (sent: number): boolean => {
    if (!killing) messagesMax = Math.min(messagesMax, sent + MESSAGES_AFTER)
    return sent < messagesMax
  }
  try {
    const loading = load({
      client,
      meters: drillMeters(),
      workers: WORKERS,
      goesOn,
      retries: (count) => count % 2 === 0,
      pauseMs: PAUSE_MS,
    })
    const whileStarting = await killAll(drill, { gateway, kafka, random }).finally(() => {
      killing = false
    })
    const sent = await loading
    const drainSeconds = await drained(gateway)
    await gateway.stop()
    const ledger = await topics.compare(sent)
    return { ...drill, whileStarting, drainSeconds, ...ledger, seconds: Math.round((performance.now() - began) / 1000) }
  } finally {
    client.close()
    await gateway.end()
    await kafka.stop()
  }
}

interface Victims {
  readonly gateway: DrilledGateway
  readonly kafka: RunningKafka
  readonly random: () => number
}

/** Kills and starts again, and leaves both running. Returns how many kills fell before the gateway listened. */
async function killAll({ kills, brokerKills }: KillDrill, { gateway, kafka, random }: Victims): Promise<number> {
  const startMs = await startOnce(gateway)
  let whileStarting = 0
  for (let kill = 1; kill <= kills; kill += 1) {
    gateway.start()
    let listens = false
    const ready = gateway.ready().then(
      () => {
        listens = true
      },
      () => undefined,
    )
    const isBrokerKill = Math.floor((kill * brokerKills) / kills) > Math.floor(((kill - 1) * brokerKills) / kills)
    const brokerBack = isBrokerKill ? killBroker(kafka, random) : Promise.resolve()
    if (kill % STARTING_EVERY === 2) await sleep(LIFE_MS_MIN + random() * (startMs - LIFE_MS_MIN))
    else await ready.then(() => sleep(random() * SERVING_MS_MAX))
    if (!listens) whileStarting += 1
    await gateway.kill9()
    await Promise.all([ready, brokerBack])
  }
  gateway.start()
  await gateway.ready()
  return whileStarting
}

/** How long a start takes on this machine, ms. */
async function startOnce(gateway: DrilledGateway): Promise<number> {
  const began = performance.now()
  gateway.start()
  await gateway.ready()
  const startMs = performance.now() - began
  await gateway.stop()
  return startMs
}

/** The broker falls while the gateway lives, and comes back before or after the gateway falls. */
async function killBroker(kafka: RunningKafka, random: () => number): Promise<void> {
  if (kafka.kill9 === null || kafka.restart === null) throw new Error('the drill needs a broker of its own')
  await sleep(random() * BROKER_LIFE_MS_MAX)
  await kafka.kill9()
  await sleep(random() * 1_000)
  await kafka.restart()
}
