import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startMain } from '../e2e/child.ts'
import { batchOf } from '../slip/batch.ts'
import { openSlipDesk, type SlipDesk } from '../slip-desk/desk.ts'
import { seededRandom } from './seeded-random.ts'

/** What a batch left behind. */
export interface BatchCounts {
  readonly kills: number
  /** Slips in the store; and in the store of a gateway that nobody killed. */
  readonly slips: number
  readonly slipsUnkilled: number
  readonly events: number
  readonly eventsUnkilled: number
  /** Events of one meter and period beyond the first. */
  readonly doubled: number
}

/** A batch in the inbox of a gateway that is killed (kill -9) again and again, at any moment, until it is through. */
export async function slipsKillDrill(plan: { seed: number; pages: number; kills: number; aliveMsMax: number }) {
  const batch = await batchOf(plan.pages)
  const killed = await openSlipDesk()
  const unkilled = await openSlipDesk()
  try {
    const kills = await killedThrough(killed, batch, plan)
    await killedThrough(unkilled, batch, { ...plan, kills: 0 })
    const [slips, events] = [slipsIn(killed), await eventsIn(killed)]
    const keys = events.map((event) => `${event.account} ${event.meter} ${event.period}`)
    const doubled = keys.length - new Set(keys).size
    const counts = { kills, slips, slipsUnkilled: slipsIn(unkilled), events: events.length }
    return { ...counts, eventsUnkilled: (await eventsIn(unkilled)).length, doubled } satisfies BatchCounts
  } finally {
    killed.end()
    unkilled.end()
  }
}

async function killedThrough(
  desk: SlipDesk,
  batch: Uint8Array,
  { seed, kills, aliveMsMax }: { seed: number; kills: number; aliveMsMax: number },
): Promise<number> {
  const random = seededRandom(seed)
  const inbox = join(desk.dir, 'inbox')
  mkdirSync(inbox, { recursive: true })
  writeFileSync(join(inbox, 'batch.pdf'), batch)
  const isThrough = () => existsSync(join(inbox, 'done', 'batch.pdf'))
  let done = 0
  for (; done < kills && !isThrough(); done++) {
    const child = await start(desk, inbox)
    await sleep(2_000 + random() * aliveMsMax)
    await stop(child, 'SIGKILL')
  }
  const last = await start(desk, inbox)
  while (!isThrough()) await sleep(200)
  await stop(last, 'SIGTERM')
  return done
}

function start({ env }: SlipDesk, inbox: string): Promise<Child> {
  return startMain({ ...env, SLIPS_INBOX: inbox, LOG_LEVEL: 'info' })
}

async function stop({ kill, ended }: Child, signal: NodeJS.Signals): Promise<void> {
  kill(signal)
  await ended
}

function slipsIn(desk: SlipDesk): number {
  const database = new DatabaseSync(join(desk.env['DATA_DIR'] ?? '', 'gateway.sqlite'), { readOnly: true })
  const { count } = database.prepare('SELECT count(*) AS count FROM slip').get() as { count: number }
  database.close()
  return count
}

interface Sent {
  readonly account: string
  readonly meter: string
  readonly period: string
}

async function eventsIn(desk: SlipDesk): Promise<readonly Sent[]> {
  const { lines } = await desk.run('events')
  return lines.map((line) => (JSON.parse(line) as { data: Sent }).data)
}
