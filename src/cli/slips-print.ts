import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import type { Account } from '../core/facts.ts'
import { type PrintedSlip, printedSlips, SupplierName } from '../core/printed-slip.ts'
import type { RegistryRoll } from '../core/registry.ts'
import { isFolder } from '../folders.ts'
import { thisMachine } from '../machine.ts'
import { storeKind } from '../open-store.ts'
import { fileRegistryRoll } from '../registry/registry-roll.ts'
import type { Layout } from '../slip/print/sheet.ts'
import { slipPdf } from '../slip/print/slip-pdf.ts'
import { postgresRegistryRoll } from '../store/postgres/registry-roll.ts'
import type { CliContext } from './context.ts'
import { ownBranches, ownDataDir, ownVariable } from './own-config.ts'
import { listedAccounts, type UnknownLines } from './slips-accounts.ts'
import { stopping } from './stopping.ts'
import { unreadable } from './unreadable.ts'

/**
 * `slips print`: a slip for each active meter of the accounts listed in FILE (one a line), of a branch, or of all. The
 * PDF appears under its name when it is whole, or not at all. 0: printed; 1: not, and stderr says why, with the lines of
 * FILE that name no account; 2: wrong usage. Throws where registry or disk can't be used. A signal that stops it leaves nothing behind.
 */
export async function slipsPrint(args: readonly string[], context: CliContext): Promise<number> {
  const wanted = readWanted(args)
  if (wanted === null) return 2
  const problem = problemWith(wanted, context)
  if (problem !== null) {
    context.stderr(`not printed: ${problem}`)
    return 1
  }
  const roll = await openRoll(context)
  try {
    return await print(wanted, roll, context)
  } finally {
    await roll.close()
  }
}

interface Wanted {
  readonly accounts: string | undefined
  readonly branch: string | undefined
  readonly period: string
  readonly layout: Layout
  readonly out: string
}

function readWanted(args: readonly string[]): Wanted | null {
  try {
    const text = { type: 'string' } as const
    const options = {
      accounts: text,
      all: { type: 'boolean' },
      branch: text,
      period: text,
      layout: text,
      out: text,
    } as const
    const { all, period, out, layout = 'a4', ...rest } = parseArgs({ args: [...args], options, strict: true }).values
    const whose = [all, rest.accounts, rest.branch].filter((one) => one !== undefined)
    if (whose.length !== 1 || out === undefined || out === '' || (layout !== 'a4' && layout !== 'a6')) return null
    if (period === undefined || !/^20\d{2}-(0[1-9]|1[0-2])$/.test(period)) return null
    return { accounts: rest.accounts, branch: rest.branch, period, layout, out }
  } catch {
    return null
  }
}

function problemWith(wanted: Wanted, context: CliContext): string | null {
  const { branch } = wanted
  const supplier = SupplierName.safeParse(context.env['SUPPLIER_NAME'] || undefined)
  if (!supplier.success) return `SUPPLIER_NAME ${supplier.error.issues[0]?.message}`
  // What is not there is told once it is read.
  if (wanted.accounts !== undefined && isFolder(listFile(wanted, context))) return 'the list of accounts is no file'
  if (branch === undefined) return null
  const loaded = ownBranches(context)
  if ('problems' in loaded) return `BRANCHES_FILE: ${loaded.problems[0]}`
  return loaded.branches.some(({ id }) => id === branch) ? null : 'there is no branch of that name'
}

async function openRoll(context: CliContext): Promise<RegistryRoll> {
  const url = ownVariable(context, 'STORE_URL')
  if (storeKind(url) === 'postgres') return postgresRegistryRoll(url, thisMachine.monotonicMs)
  return fileRegistryRoll(ownDataDir(context))
}

/** What is counted while slips go by. */
interface Printed {
  slips: number
  accounts: number
  /** Meters that the form has no room for. */
  unfit: number
}

async function print(wanted: Wanted, roll: RegistryRoll, context: CliContext): Promise<number> {
  const out = resolve(context.cwd, wanted.out)
  const part = `${out}.part`
  const printed: Printed = { slips: 0, accounts: 0, unfit: 0 }
  const unknown: UnknownLines = { lines: [], count: 0 }
  const supplier = SupplierName.parse(context.env['SUPPLIER_NAME'] || undefined)
  const { signal, forget } = stopping(context)
  try {
    const slips = slipsOf(accountsOf(wanted, roll, { context, unknown }), wanted.period, printed)
    const pdf = slipPdf(slips, { layout: wanted.layout, supplier })
    await pipeline(pdf, createWriteStream(part, { flush: true }), { signal })
    const isGood = unknown.count === 0 && printed.slips > 0
    if (isGood) await rename(part, out)
    tell(printed, unknown, context)
    return isGood ? 0 : 1
  } catch (error) {
    const why = () => `the list of accounts ${unreadable(error, listFile(wanted, context))}`
    context.stderr(`not printed: ${signal.aborted ? 'it was stopped' : why()}`)
    return 1
  } finally {
    await rm(part, { force: true })
    forget()
  }
}

function listFile({ accounts = '' }: Wanted, { cwd }: CliContext): string {
  return resolve(cwd, accounts)
}

function accountsOf(
  wanted: Wanted,
  roll: RegistryRoll,
  { context, unknown }: { readonly context: CliContext; readonly unknown: UnknownLines },
): AsyncIterable<Account> {
  if (wanted.accounts === undefined) return roll.all(wanted.branch ?? null)
  return listedAccounts(linesOf(listFile(wanted, context)), roll, unknown)
}

/** Opens the file when the first line is asked for: what reads lines would lose those that nobody waits for yet. */
async function* linesOf(file: string): AsyncGenerator<string> {
  yield* createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
}

async function* slipsOf(
  accounts: AsyncIterable<Account>,
  period: string,
  printed: Printed,
): AsyncGenerator<PrintedSlip> {
  for await (const account of accounts) {
    printed.accounts++
    for (const slip of printedSlips(account, period)) {
      if (slip === null) printed.unfit++
      else {
        printed.slips++
        yield slip
      }
    }
  }
}

function tell({ slips, accounts, unfit }: Printed, unknown: UnknownLines, { stdout, stderr }: CliContext): void {
  for (const line of unknown.lines) stderr(`line ${line}: there is no account of that number`)
  if (unknown.count > 0) stderr(`not printed: ${unknown.count} lines name no account, nothing was written`)
  else if (slips === 0) stderr('not printed: these accounts have no meter that a slip could be printed for')
  else stdout(`printed: ${slips} slips for ${accounts} accounts`)
  if (unfit > 0) stderr(`${unfit} meters got no slip: more than 3 registers, or more than 8 digits`)
}
