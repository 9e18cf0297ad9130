import { stat, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, join, parse, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isAhead } from '../../channels/slip/upload.ts'
import type { Config } from '../config.ts'
import { instantOf } from '../core/instant.ts'
import { thisMachine } from '../machine.ts'
import { emptiedAt } from '../slip/collected.ts'
import { contactSheet, sheetsOf } from '../slip/contact-sheet.ts'
import { picturesOf } from '../slip/kept.ts'
import { createPagePool, threadsFor } from '../slip/pool.ts'
import { type Scanned, type ScanParts, scanFile } from '../slip/scan.ts'
import type { TakenSlip } from '../slip/take.ts'
import { borrowHouse } from '../slip-house.ts'
import { slipSettings } from '../slip-settings.ts'
import type { CliContext } from './context.ts'
import { ownConfig } from './own-config.ts'
import { slipLine } from './slip-line.ts'
import { unreadable } from './unreadable.ts'

/**
 * `slips scan FILE…`: reads scans, takes their slips in, and prints one JSON object a slip. `--collected`: when the drop-box
 * was emptied (RFC 3339); else the day that a file's folder is named after, else now. `--full`: account and meter unmasked.
 * `--dry-run`: takes nothing in. `--sheet`: a picture of all slips with what was read, or several of many. Exit status: 0; 1: a page could not be read, or the store; 2: wrong usage.
 */
export async function slipsScan(args: readonly string[], context: CliContext): Promise<number> {
  const wanted = readWanted(args, context)
  if (wanted === null) return 2
  const config = ownConfig(context)
  if (config === null) return 1
  return scanAll(wanted, config, context)
}

interface Wanted {
  readonly files: readonly string[]
  /** ISO instant; null: not said. */
  readonly collected: string | null
  readonly full: boolean
  readonly dryRun: boolean
  readonly sheet: string | null
}

const NO_INSTANT = '--collected is no instant: give one like 2026-11-25T17:00+09:00'

/** null: that is no usage; what is said of an instant that is none, stderr has heard. */
function readWanted(args: readonly string[], { stderr }: CliContext): Wanted | null {
  try {
    const options = {
      collected: { type: 'string' },
      full: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      sheet: { type: 'string' },
    } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    if (positionals.length === 0) return null
    const collected = values.collected === undefined ? null : instantIn(values.collected)
    if (collected === undefined) {
      stderr(NO_INSTANT)
      return null
    }
    return { files: positionals, collected, full: values.full, dryRun: values['dry-run'], sheet: values.sheet ?? null }
  } catch {
    return null
  }
}

/** undefined: there is no such instant. */
function instantIn(text: string): string | undefined {
  try {
    return instantOf(Temporal.Instant.from(text).epochMilliseconds)
  } catch {
    return undefined
  }
}

async function scanAll(wanted: Wanted, config: Config, context: CliContext): Promise<number> {
  const dir = resolve(context.cwd, config.DATA_DIR)
  const house = await borrowHouse(config, dir, { machine: thisMachine, told: context.stderr })
  const pool = createPagePool({ threads: threadsFor(availableParallelism()) })
  const kept = wanted.dryRun ? { pictures: null, dir: null } : { pictures: picturesOf(dir), dir }
  const parts = { house, pool, settings: slipSettings(config), ...kept }
  try {
    if (wanted.collected !== null && isAhead(wanted.collected, await house.now())) context.stderr(AHEAD)
    let status = 0
    const taken: TakenSlip[] = []
    for (const file of wanted.files) status = Math.max(status, await scanOne(file, wanted, { parts, context, taken }))
    if (wanted.sheet !== null) await writeSheets(resolve(context.cwd, wanted.sheet), taken)
    return status
  } finally {
    await pool.close()
    await house.close()
  }
}

/** A sheet has room for some hundred slips: those of a larger batch go on `FILE-2.png` and so on. */
async function writeSheets(file: string, taken: readonly TakenSlip[]): Promise<void> {
  const { dir, name, ext } = parse(file)
  for (const [at, slips] of sheetsOf(taken).entries())
    await writeFile(at === 0 ? file : join(dir, `${name}-${at + 1}${ext}`), await contactSheet(slips))
}

const AHEAD = '--collected lies in the future: its day decides window and month of these slips'

interface Scanning {
  readonly parts: ScanParts
  readonly context: CliContext
  /** The slips of all files, where a sheet is wanted. */
  readonly taken: TakenSlip[]
}

async function scanOne(
  file: string,
  { collected, full, sheet }: Wanted,
  { parts, context, taken }: Scanning,
): Promise<number> {
  const path = resolve(context.cwd, file)
  const now = await parts.house.now()
  const receivedAt = collected ?? emptiedAt(path, now, now)
  let status = 0
  try {
    if (!(await stat(path)).isFile()) {
      context.stderr(`${file}: is no file`)
      return 1
    }
    for await (const scanned of scanFile(path, receivedAt, parts)) status = Math.max(status, tell(scanned))
  } catch (error) {
    context.stderr(`${file}: ${unreadable(error, path)}`)
    return 1
  }
  return status

  function tell(scanned: Scanned): number {
    if (scanned.kind === 'slip' && sheet !== null) taken.push(scanned.slip)
    if (scanned.kind === 'slip') context.stdout(slipLine(basename(file), scanned.slip, full))
    if (scanned.kind !== 'problem') return 0
    context.stderr(`${file}: ${scanned.problem}`)
    return 1
  }
}
