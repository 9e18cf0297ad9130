// `npm run drill [-- NAME…]`: the long runs, one after the other; SEED in the environment repeats one. Prints a line of
// counts for each. Exit status 1 where one failed, 2 where there is no such drill.
import { type RunningKafka, startKafka } from '../real/kafka.ts'
import { awayDrill } from './away.ts'
import { callsDrill } from './calls.ts'
import { fuzzDrill, isUnmoved } from './fuzz.ts'
import { killDrill } from './kill.ts'
import { isSound, type Ledger } from './ledger.ts'
import { onceDrill } from './once.ts'
import { postsDrill } from './posts.ts'
import { relayDrill } from './relay.ts'
import { slipsFuzzDrill } from './slips-fuzz.ts'
import { slipsKillDrill } from './slips-kill.ts'
import { isFlat, slipsPrintDrill } from './slips-print.ts'
import { isGoodEnough, slipsRoundDrill } from './slips-round.ts'
import { slipsSpeedDrill } from './slips-speed.ts'
import { storeDrill, storeDrills } from './store.ts'

/** A run's counts, and whether they are as they must be. */
interface Ended {
  readonly counts: object
  readonly good: boolean
}

const all = (counts: Ledger) => isSound(counts) && counts.unanswered === 0 && counts.events === counts.messages

/** Each drill in its full length. */
const drills: Readonly<Record<string, (seed: number) => Promise<readonly Ended[]>>> = {
  async posts() {
    const counts = await onOwnBroker((brokers) => postsDrill({ posts: 10_000, parallel: 50 }, brokers))
    return [{ counts, good: all(counts) && counts.events === 10_000 }]
  },
  async once() {
    const counts = await onOwnBroker((brokers) => onceDrill({ messages: 100, parallel: 50 }, brokers))
    return [{ counts, good: all(counts) && counts.differing === 0 }]
  },
  async kill(seed) {
    const counts = await killDrill({ seed, kills: 30, brokerKills: 5 })
    return [{ counts, good: isSound(counts) }]
  },
  async relay(seed) {
    const counts = await relayDrill({ seed, kills: 30, brokerKills: 5, events: 30_000 })
    const { missing, doubled, foreign, outOfOrder, invalid } = counts
    return [{ counts, good: missing + doubled + foreign + outOfOrder + invalid === 0 }]
  },
  async away() {
    const counts = await awayDrill({ awayMs: 60_000 })
    return [{ counts, good: all(counts) && counts.during.failed === 0 && counts.depth > 0 }]
  },
  store: (seed) =>
    onOwnBroker(async (brokers) => {
      const ended: Ended[] = []
      for (const what of storeDrills) {
        const counts = await storeDrill({ seed, what, strikes: 15 }, brokers)
        ended.push({ counts, good: all(counts) && counts.wrong === 0 && counts.refused > 0 })
      }
      return ended
    }),
  async calls() {
    const counts = await callsDrill({ calls: 500, kills: 1 })
    const { finished, events, missing, doubled, differing } = counts
    return [{ counts, good: finished === 500 && events === 500 && missing + doubled + differing === 0 }]
  },
  async 'slips-kill'(seed) {
    const counts = await slipsKillDrill({ seed, pages: 200, kills: 8, aliveMsMax: 12_000 })
    const { slips, slipsUnkilled, events, eventsUnkilled, doubled } = counts
    return [{ counts, good: slips === slipsUnkilled && events === eventsUnkilled && doubled === 0 }]
  },
  async 'slips-fuzz'(seed) {
    const counts = await slipsFuzzDrill({ seed, files: 10_000 })
    const { files, done, failed, lost, threadsLost, putOff, sound } = counts
    const isKept = done + failed === files && lost + threadsLost + putOff === 0 && sound
    // What a page takes at most is allocated once; what grows from then on is a leak.
    return [{ counts, good: isKept && counts.residentMegabytesMax < 1.3 * counts.residentMegabytesFirst }]
  },
  async 'slips-round'(seed) {
    const counts = await slipsRoundDrill({ seed, slips: 1_000, twiceIn: 25 }, (line) =>
      process.stderr.write(`${line}\n`),
    )
    return [{ counts, good: isGoodEnough(counts) }]
  },
  async 'slips-print'() {
    const prints = await slipsPrintDrill({ accounts: [20_000, 100_000] })
    return prints.map((counts) => ({ counts, good: isFlat(counts) }))
  },
  async 'slips-speed'() {
    const counts = await slipsSpeedDrill({ pages: 400, idleMs: 20_000 })
    const { pagesAMinute, residentMegabytesMax, p99Idle, p99Busy } = counts
    return [{ counts, good: pagesAMinute >= 200 && residentMegabytesMax < 700 && p99Busy < 2 * p99Idle }]
  },
  async fuzz(seed) {
    const counts = await fuzzDrill({ seed, requests: 100_000 })
    return [{ counts, good: isUnmoved(counts) }]
  },
}

async function onOwnBroker<Result>(work: (brokers: string) => Promise<Result>): Promise<Result> {
  const kafka: RunningKafka = await startKafka()
  try {
    return await work(kafka.brokers)
  } finally {
    await kafka.stop()
  }
}

/** Whether it went well; what it throws is printed. */
async function runDrill(name: string, seed: number): Promise<boolean> {
  const drill = drills[name]
  if (drill === undefined) throw new Error(`no drill is called ${name}`)
  process.stderr.write(`drill ${name}, seed ${seed}\n`)
  try {
    const ended = await drill(seed)
    for (const { counts, good } of ended) {
      process.stdout.write(`${JSON.stringify({ drill: name, good, seed, ...counts })}\n`)
    }
    return ended.every(({ good }) => good)
  } catch (error) {
    process.stderr.write(
      `drill ${name} failed, seed ${seed}: ${error instanceof Error ? error.stack : String(error)}\n`,
    )
    return false
  }
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !Object.hasOwn(drills, name))
  if (unknown.length > 0) {
    process.stderr.write(`no drill is called ${unknown.join(', ')}; there are: ${Object.keys(drills).join(', ')}\n`)
    return 2
  }
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
  let good = true
  for (const name of names.length === 0 ? Object.keys(drills) : names) good = (await runDrill(name, seed)) && good
  return good ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2))
