import { setTimeout as sleep } from 'node:timers/promises'
import { fullDisk, lockedStore, type Misfortune, readOnlyFiles } from '../e2e/misfortunes.ts'
import { drained, drilledGateway } from './gateway-process.ts'
import type { Ledger } from './ledger.ts'
import { load, twilioClient } from './load.ts'
import { drillMeters } from './meters.ts'
import { seededRandom } from './seeded-random.ts'
import { drillTopics } from './topics.ts'

const misfortunes = { 'disk full': fullDisk, 'read-only': readOnlyFiles, locked: lockedStore } as const

export interface StoreDrill {
  readonly seed: number
  readonly what: keyof typeof misfortunes
  /** How often it strikes, for up to 2 s each time. */
  readonly strikes: number
}

/** What was done and found; `refused` posts got 503 with Retry-After, `wrong` ones neither 200 nor that. */
export interface StoreCounts extends StoreDrill, Ledger {
  readonly refused: number
  readonly wrong: number
}

/** The drills that this machine can have. */
export const storeDrills = (Object.keys(misfortunes) as StoreDrill['what'][]).filter(
  (what) => misfortunes[what].missing === null,
)

const WORKERS = 20
const PAUSE_MS = 20

/** The store fails again and again under load: every message is asked to come again until it is taken, and is taken once. */
export async function storeDrill(drill: StoreDrill, brokers: string): Promise<StoreCounts> {
  const misfortune = misfortunes[drill.what]
  const topics = drillTopics(brokers, `store-${drill.what.replace(' ', '-')}`)
  const gateway = await drilledGateway(topics.env, { prepare: misfortune.prepare, tidy: misfortune.tidy })
  const client = twilioClient(gateway.url, WORKERS)
  let striking = true
  let [refused, wrong] = [0, 0]
  try {
    gateway.start()
    await gateway.ready()
    const loading = load({
      client,
      meters: drillMeters(),
      workers: WORKERS,
      goesOn: () => striking,
      retries: () => true,
      pauseMs: PAUSE_MS,
      answered(said) {
        if (said?.status === 503 && said.retryAfter > 0) refused += 1
        else if (said?.status !== 200) wrong += 1
      },
    })
    await strikeOften(drill, misfortune, gateway.dir).finally(() => {
      striking = false
    })
    const sent = await loading
    await drained(gateway)
    await gateway.stop()
    return { ...drill, refused, wrong, ...(await topics.compare(sent)) }
  } finally {
    client.close()
    await gateway.end()
  }
}

async function strikeOften({ seed, strikes }: StoreDrill, misfortune: Misfortune, dir: string): Promise<void> {
  const random = seededRandom(seed)
  for (let strike = 0; strike < strikes; strike += 1) {
    await sleep(300 + random() * 700)
    const relieve = misfortune.strike(dir)
    await sleep(random() * 2_000)
    relieve()
  }
  await sleep(300)
}
