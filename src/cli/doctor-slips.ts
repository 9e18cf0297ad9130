import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { errorCode } from '../core/error-code.ts'
import type { PrintedSlip } from '../core/printed-slip.ts'
import type { SlipSeen } from '../core/slip.ts'
import { isDay } from '../slip/collected.ts'
import { failedScans } from '../slip/inbox.ts'
import { PASSED_OVER, passedOverIn } from '../slip/inbox-files.ts'
import { createPagePool } from '../slip/pool.ts'
import { oneSlipPdf } from '../slip/print/slip-pdf.ts'
import { SLIP_CHANNEL } from '../slip/take.ts'
import { type Finding, fail } from './finding.ts'

/** What scans come by: a watched folder, and a reader for what lies there or is uploaded. None where the channel is off. */
export async function slipFindings(config: Config): Promise<readonly Finding[]> {
  const { SLIPS_INBOX: inbox, SLIPS_TOKEN: token } = config.channelEnv[SLIP_CHANNEL] ?? {}
  if (typeof inbox !== 'string' && token === undefined) return []
  const folder = typeof inbox === 'string' ? await inboxFindings(resolve(inbox)) : []
  return [...folder, await readerFinding()]
}

async function inboxFindings(inbox: string): Promise<readonly Finding[]> {
  const moved = await inboxFinding(inbox)
  if (moved.level !== 'ok') return [moved]
  const counted = await Promise.all([failedScans(inbox), passedOverIn({ folder: inbox, isDay })]).catch(stuck)
  if (!Array.isArray(counted)) return [counted]
  const [failed, passedOver] = counted
  return [
    moved,
    ...warned(failed, 'in failed could not be read: look at them and remove them, the gateway never does'),
    ...warned(passedOver, `may hold scans that lie unread: ${PASSED_OVER}`),
  ]
}

function warned(count: number, says: string): readonly Finding[] {
  return count === 0 ? [] : [{ level: 'warn', what: SLIP_CHANNEL, says: `inbox: ${count} ${says}` }]
}

const well = (says: string): Finding => ({ level: 'ok', what: SLIP_CHANNEL, says })

function stuck(error: unknown): Finding {
  const advice = 'make the folder, let the gateway read and write there, and keep done and failed on the same disk'
  return fail(SLIP_CHANNEL, `inbox: scans cannot be moved through it (${errorCode(error) ?? 'unknown'}): ${advice}`)
}

/** Moves a file of its own, which the gateway leaves alone, the way that scans go. */
async function inboxFinding(inbox: string): Promise<Finding> {
  const name = `.doctor-${randomUUID()}`
  let at = join(inbox, name)
  try {
    await readdir(inbox)
    await writeFile(at, '')
    for (const aside of ['done', 'failed']) at = await movedTo(join(inbox, aside), name, at)
    return well('inbox: scans can be moved from there to done and failed')
  } catch (error) {
    return stuck(error)
  } finally {
    for (const folder of [inbox, join(inbox, 'done'), join(inbox, 'failed')])
      await rm(join(folder, name), { force: true }).catch(() => undefined)
  }
}

/** Where the folder was not there it is taken away again, as soon as the file has left it. */
async function movedTo(folder: string, name: string, from: string): Promise<string> {
  const made = await mkdir(folder, { recursive: true })
  const to = join(folder, name)
  await rename(from, to)
  if (made === undefined) return to
  await rename(to, from)
  await rmdir(folder)
  return from
}

/** Nobody's: it is read here, and brought to no intake. */
const TEST_SLIP: PrintedSlip = {
  account: '0000000000',
  meter: '000000000000',
  service: 'ELECTRICITY',
  period: '2026-01',
  rows: [{ register: 'T1', zone: 'TOTAL', whole: 6, decimals: 0 }],
}
const PLAINLY = 0.9

/** Prints a slip on which nothing is written, and reads it as a scan is read: in a thread, with decoders and net. */
async function readerFinding(): Promise<Finding> {
  const dir = await mkdtemp(join(tmpdir(), 'doctor-'))
  const pool = createPagePool({ threads: 1 })
  try {
    const file = join(dir, 'slip.pdf')
    await writeFile(file, oneSlipPdf(TEST_SLIP, { layout: 'a6', supplier: 'ЭНЕРГОСБЫТ' }))
    const pages = await Array.fromAsync(pool.pagesIn(file))
    const problem = pages.flatMap((page) => ('problem' in page ? [page.problem] : []))[0]
    if (problem !== undefined) return fail(SLIP_CHANNEL, `reader: ${problem} Install the gateway anew (npm ci)`)
    const slips = pages.flatMap((page) => ('slips' in page ? page.slips : []))
    if (slips.length === 1 && slips[0] !== undefined && isTestSlip(slips[0].seen))
      return well('reader: reads a slip that was just printed')
    return fail(SLIP_CHANNEL, 'reader: misreads a slip that was just printed: install the gateway anew (npm ci)')
  } finally {
    await pool.close()
    await rm(dir, { recursive: true, force: true })
  }
}

function isTestSlip({ identity, rows }: SlipSeen): boolean {
  const boxes = rows.flatMap((row) => row.boxes)
  return (
    identity?.account === TEST_SLIP.account &&
    identity.meter === TEST_SLIP.meter &&
    boxes.length === TEST_SLIP.rows[0]?.whole &&
    boxes.every(({ empty }) => empty > PLAINLY)
  )
}
