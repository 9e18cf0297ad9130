import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { httpToken } from '../http/house.ts'
import { fuzzBytes, sendBytes, sendSlowly } from './fuzz-bytes.ts'
import { type FuzzRequest, fuzzRequest } from './fuzz-requests.ts'
import { type Dice, diceOf } from './fuzz-words.ts'
import { type DrilledGateway, drilledGateway } from './gateway-process.ts'
import { seededRandom } from './seeded-random.ts'

export interface FuzzDrill {
  readonly seed: number
  readonly requests: number
}

/** MB after garbage was collected. */
export interface Memory {
  readonly resident: number
  readonly heap: number
}

/** What was done and found. */
export interface FuzzCounts extends FuzzDrill {
  /** Status → answers; `cut`: the connection ended without one; `late`: there was none in time. */
  readonly statuses: Readonly<Record<string, number>>
  /** Answers of 500 and more or none in time, and the first few requests that got them. */
  readonly failed: number
  readonly failures: readonly string[]
  /** Lines that the gateway logged as errors. */
  readonly errors: number
  readonly alive: boolean
  /** received = the sum of all outcomes, for each channel. */
  readonly identity: boolean
  /** After each fifth of the requests; the first is the warm-up. */
  readonly memory: readonly Memory[]
  readonly seconds: number
}

const WORKERS = 40
const FIFTHS = 5
const FAILURES_SHOWN = 5

/** Fuzzed requests to every route: no failure of ours, no crash, no memory that stays. */
export async function fuzzDrill(drill: FuzzDrill): Promise<FuzzCounts> {
  const env = { SMS_HTTP_TOKEN: httpToken, TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'error' }
  const gateway = await drilledGateway(env, { flags: ['--expose-gc', '--import', './test/drill/memory-on-signal.ts'] })
  const agent = new Agent({ keepAlive: true, maxSockets: WORKERS })
  const tally = createTally()
  const began = performance.now()
  const memory: Memory[] = []
  let over = false
  try {
    gateway.start()
    await gateway.ready()
    const assets = await assetsOf(gateway)
    const slow: Promise<void>[] = []
    for (let fifth = 0; fifth < FIFTHS; fifth += 1) {
      await Promise.all(
        Array.from({ length: WORKERS }, async (_, worker) => {
          const dice = diceOf(seededRandom(drill.seed + fifth * WORKERS + worker))
          for (let count = worker; count < drill.requests / FIFTHS; count += WORKERS) {
            if (dice.percent(0.2))
              slow.push(sendSlowly(gateway.port, dice, () => over).then((all) => tally.note(all, 'slow')))
            else await fuzzOnce(gateway, { agent, dice, tally, assets })
          }
        }),
      )
      memory.push(await memoryOf(gateway))
    }
    over = true
    await Promise.all(slow)
    const alive = (await fetch(`${gateway.url}/livez`).catch(() => null))?.status === 200
    const identity = isIdentity(await gateway.metrics())
    const errors = gateway.said().split('"level":50').length - 1
    const seconds = Math.round((performance.now() - began) / 1000)
    return { ...drill, ...tally.counts(), errors, alive, identity, memory, seconds }
  } finally {
    over = true
    agent.destroy()
    await gateway.end()
  }
}

/** What the first page and its script name. */
async function assetsOf({ url }: DrilledGateway): Promise<readonly string[]> {
  const page = await (await fetch(`${url}/pokazaniya`)).text()
  const paths = [...page.matchAll(/(?:href|src|data-[a-z-]+)="(\/pokazaniya\/[^"?]+)"/g)].map(([, path = '']) => path)
  if (paths.length === 0) throw new Error('the page loads nothing')
  return paths
}

interface Fuzzing {
  readonly agent: Agent
  readonly dice: Dice
  /** Paths of what the pages load. */
  readonly assets: readonly string[]
  readonly tally: ReturnType<typeof createTally>
}

async function fuzzOnce(gateway: DrilledGateway, { agent, dice, tally, assets }: Fuzzing): Promise<void> {
  if (dice.percent(10)) {
    const bytes = fuzzBytes(dice)
    tally.note(await sendBytes(gateway.port, bytes, dice.percent(20)), bytes.toString('latin1', 0, 200))
    return
  }
  const fuzzed = fuzzRequest(dice, assets)
  tally.note(
    [await sendRequest(gateway, agent, fuzzed)],
    JSON.stringify(fuzzed).slice(0, 1_000) + fuzzed.body.toString('latin1', 0, 600),
  )
}

/** The gateway promises 9 s at most, and the machine may be busy. */
const ANSWER_MS_MAX = 15_000
const LATE = -1

/** The status, 0 where the connection ended without one, or LATE. */
function sendRequest(
  { port }: DrilledGateway,
  agent: Agent,
  { method, path, headers, body }: FuzzRequest,
): Promise<number> {
  return new Promise((resolve) => {
    const options = {
      host: '127.0.0.1',
      port,
      method,
      path,
      agent,
      headers: { ...headers, 'content-length': body.length },
      timeout: ANSWER_MS_MAX,
    }
    const sending = request(options, (response) => {
      response.resume()
      response.once('error', () => undefined)
      response.once('close', () => resolve(response.statusCode ?? 0))
    })
    sending.once('timeout', () => {
      resolve(LATE)
      sending.destroy()
    })
    sending.on('error', () => resolve(0))
    sending.end(body)
  })
}

function createTally() {
  const statuses = new Map<string, number>()
  const failures: string[] = []
  let failed = 0
  const one = (status: number, what: string) => {
    const name = status === 0 ? 'cut' : status === LATE ? 'late' : String(status)
    statuses.set(name, (statuses.get(name) ?? 0) + 1)
    if (status !== LATE && status < 500) return
    failed += 1
    if (failures.length < FAILURES_SHOWN) failures.push(`${status} ${what}`)
  }
  return {
    note(all: readonly number[], what: string): void {
      for (const status of all.length === 0 ? [0] : all) one(status, what)
    },
    counts: () => ({ statuses: Object.fromEntries([...statuses].sort()), failed, failures }),
  }
}

const SETTLE_MS = 1_000
const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20)

/** What stays after a pause and a collection of garbage. */
async function memoryOf(gateway: DrilledGateway): Promise<Memory> {
  await sleep(SETTLE_MS)
  const before = gateway.said().split('memory ').length
  gateway.signal('SIGUSR2')
  for (let tries = 0; tries < 100; tries += 1) {
    await sleep(50)
    const lines = gateway.said().split('memory ')
    if (lines.length <= before) continue
    const { rss, heapUsed } = JSON.parse(lines.at(-1)?.split('\n')[0] ?? '') as { rss: number; heapUsed: number }
    return { resident: megabytes(rss), heap: megabytes(heapUsed) }
  }
  throw new Error('the gateway says nothing of its memory')
}

function isIdentity(metrics: ReadonlyMap<string, number>): boolean {
  const of = (channel: string) =>
    [...metrics].filter(([name]) => name.startsWith(`gateway_items_total{channel="${channel}"`))
  return ['sms', 'web-form'].every(
    (channel) =>
      metrics.get(`gateway_items_received_total{channel="${channel}"}`) ===
      of(channel).reduce((sum, [, value]) => sum + value, 0),
  )
}

/** Freed pages go back to the system late: so much more than after the warm-up may be resident, MB. */
const RESIDENT_MARGIN = 64
/** What comes and goes by itself: up to 2,000 submissions that are not folded yet, MB. */
const HEAP_MARGIN = 12

/** Whether nothing failed and nothing stayed. */
export function isUnmoved({ failed, errors, alive, identity, memory }: FuzzCounts): boolean {
  const [warm, last] = [memory[0], memory.at(-1)]
  if (warm === undefined || last === undefined) return false
  const grew = last.resident > warm.resident * 1.25 + RESIDENT_MARGIN || last.heap > warm.heap * 1.25 + HEAP_MARGIN
  return failed === 0 && errors === 0 && alive && identity && !grew
}
