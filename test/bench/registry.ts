import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { openRegistry } from '../../src/registry/open-registry.ts'
import { type WrittenRegistry, writeRegistry } from './registry-file.ts'

/** What an import and the look-ups after it cost. */
export interface RegistryFigures {
  readonly accounts: number
  readonly registers: number
  readonly importSeconds: number
  readonly importResidentMebibytes: number
  readonly fileMebibytes: number
  /** Microseconds a look-up, the mean of account, alias and phone, each of many in random order. */
  readonly lookUpMicros: number
  /** Look-ups that a reader in another process made while the import ran, and the slowest thousand of them, in milliseconds. */
  readonly readMeanwhile: { readonly lookUps: number; readonly slowestThousandMs: number }
}

const LOOK_UPS = 200_000

/** Imports a synthetic registry of that many accounts in a process of its own, while this one reads, and measures. */
export async function benchRegistry(accounts: number): Promise<RegistryFigures> {
  const dir = mkdtempSync(join(tmpdir(), 'registry-bench-'))
  try {
    const small = join(dir, 'small.csv')
    const file = join(dir, 'registry.csv')
    const before = writeRegistry(small, 1000, 2)
    const written = writeRegistry(file, accounts)
    await importInChild(small, dir)
    const importing = importInChild(file, dir)
    const readMeanwhile = await readWhile(importing, dir, before)
    const { seconds, residentMebibytes } = await importing
    return {
      accounts,
      registers: written.registers,
      importSeconds: seconds,
      importResidentMebibytes: residentMebibytes,
      fileMebibytes: Math.max(...generations(dir)) / 1_048_576,
      lookUpMicros: lookUps(dir, written),
      readMeanwhile,
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

interface ImportCost {
  readonly seconds: number
  readonly residentMebibytes: number
}

async function importInChild(file: string, dir: string): Promise<ImportCost> {
  const command = pathToFileURL(join(import.meta.dirname, '../../src/cli/registry-import.ts')).href
  // The most memory by VmHWM: what the system calls maxRSS counts the process that started this one too.
  const script = `import { readFileSync } from 'node:fs'
    const { registryImport } = await import(${JSON.stringify(command)})
    const context = { env: { DATA_DIR: ${JSON.stringify(dir)} }, stdout() {}, stderr: console.error, cwd: '/' }
    const status = await registryImport([${JSON.stringify(file)}], context)
    const [, kibibytes] = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))
    console.log(JSON.stringify({ status, seconds: performance.now() / 1000, residentMebibytes: kibibytes / 1024 }))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
  const { status, ...cost } = JSON.parse(said) as ImportCost & { status: number }
  if (status !== 0) throw new Error(`the import ended with ${status}`)
  return cost
}

async function readWhile(importing: Promise<unknown>, dir: string, { samples }: WrittenRegistry) {
  const registry = openRegistry({ dir, monotonicMs: () => performance.now() })
  let running = true
  const done = importing.finally(() => {
    running = false
  })
  let count = 0
  let slowestThousandMs = 0
  while (running) {
    if (registry.state() !== 'ready') throw new Error('the registry went away during the import')
    const start = performance.now()
    for (let at = 0; at < 1000; at++) registry.byAccount(samples.accounts[at % samples.accounts.length] ?? '')
    slowestThousandMs = Math.max(slowestThousandMs, performance.now() - start)
    count += 1000
    await setTimeout(50)
  }
  await done
  registry.close()
  return { lookUps: count, slowestThousandMs }
}

function lookUps(dir: string, { samples }: WrittenRegistry): number {
  const registry = openRegistry({ dir, monotonicMs: () => performance.now() })
  if (registry.state() !== 'ready') throw new Error('the registry is not there')
  const round = (): number => {
    const start = performance.now()
    for (let at = 0; at < LOOK_UPS; at++) {
      registry.byAccount(samples.accounts[(at * 7919) % samples.accounts.length] ?? '')
      registry.byAlias(samples.aliases[(at * 7919) % samples.aliases.length] ?? '')
      registry.byPhone(samples.phones[(at * 7919) % samples.phones.length] ?? '')
    }
    return ((performance.now() - start) * 1000) / LOOK_UPS / 3
  }
  const [, median = 0] = [round(), round(), round()].sort((one, other) => one - other)
  registry.close()
  return median
}

function generations(dir: string): number[] {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.sqlite'))
    .map((name) => statSync(join(dir, name)).size)
}

if (import.meta.main) {
  for (const accounts of [1000, 1_300_000]) console.log(JSON.stringify(await benchRegistry(accounts), null, 1))
}
