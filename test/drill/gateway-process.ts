import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { registryImport } from '../../src/cli/registry-import.ts'
import { publicUrl, twilioToken } from '../http/house.ts'
import { endsWithUs } from '../real/ends-with-us.ts'
import { freePort } from '../real/free-port.ts'

/** A production gateway in a process of its own, on one port and one store, that can be killed and started again. */
export interface DrilledGateway {
  readonly url: string
  readonly port: number
  readonly dir: string
  /** Starts its process; resolves at once. */
  start(): void
  /** Resolves when it listens. Throws where it ended instead. */
  ready(): Promise<void>
  kill9(): Promise<void>
  /** SIGTERM; resolves with the exit status. */
  stop(): Promise<number | null>
  signal(name: NodeJS.Signals): void
  /** `/metrics`: name with labels → value. */
  metrics(): Promise<ReadonlyMap<string, number>>
  /** The end of what it said on both streams. */
  said(): string
  /** Kills what still runs and removes the store. */
  end(): Promise<void>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const READY_MS_MAX = 30_000
const SAID_CHARACTERS_MAX = 20_000

/** The instant at which the gateway's clock stands when the drill begins: inside the window of every branch. */
const CLOCK_MS = Date.parse('2026-11-22T03:00:00Z')

/** What is done besides: `flags` go to Node; `prepare` and `tidy` see the data directory before and after everything. */
export interface DrillExtras {
  readonly flags?: readonly string[]
  readonly prepare?: (dir: string) => void
  readonly tidy?: (dir: string) => void
}

/** Makes a store with the sample registry; nothing runs yet. `env` goes to the gateway. */
export async function drilledGateway(
  env: Readonly<Record<string, string>> = {},
  { flags = [], prepare, tidy }: DrillExtras = {},
): Promise<DrilledGateway> {
  const dir = mkdtempSync(join(tmpdir(), 'gateway-drill-'))
  prepare?.(dir)
  await importFixtures(dir)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const house = { DATA_DIR: dir, PORT: String(port), PUBLIC_URL: publicUrl, TWILIO_AUTH_TOKEN: twilioToken }
  const began = Date.now()
  /** The clock runs on over restarts, as a real one does. */
  const clock = () => new Date(CLOCK_MS + Date.now() - began).toISOString()
  const life = lifeOf(() => ({
    args: [...flags, 'src/main.ts'],
    env: { LOG_LEVEL: 'warn', ...house, CLOCK: clock(), ...env },
  }))
  return {
    url,
    port,
    dir,
    start: life.start,
    ready: () => listening(url, life),
    kill9: async () => void (await life.ended('SIGKILL')),
    stop: () => life.ended('SIGTERM'),
    signal: life.signal,
    metrics: async () => metricsOf(await (await fetch(`${url}/metrics`)).text()),
    said: life.said,
    async end() {
      await life.ended('SIGKILL')
      tidy?.(dir)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function importFixtures(dir: string): Promise<void> {
  const said: string[] = []
  const hear = (line: string) => void said.push(line)
  const context = { env: { DATA_DIR: dir }, stdout: hear, stderr: hear, cwd: root }
  if ((await registryImport(['test/fixtures/registry.csv'], context)) !== 0) throw new Error(said.join('\n'))
}

/** A process that is started again and again. */
function lifeOf(next: () => { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> }) {
  let child: ChildProcess | null = null
  let said = ''
  const hear = (text: string) => {
    said = (said + text).slice(-SAID_CHARACTERS_MAX)
  }
  return {
    start(): void {
      const { args, env } = next()
      child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
        cwd: root,
        env: { PATH: process.env['PATH'], ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      endsWithUs(child)
      for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', hear)
    },
    async ended(signal: NodeJS.Signals): Promise<number | null> {
      const running = child
      child = null
      if (running === null) return null
      if (running.exitCode !== null || running.signalCode !== null) return running.exitCode
      const gone = new Promise<number | null>((resolve) => running.once('exit', resolve))
      running.kill(signal)
      return await gone
    },
    runs: () => child !== null && child.exitCode === null && child.signalCode === null,
    signal: (name: NodeJS.Signals) => void child?.kill(name),
    said: () => said,
  }
}

async function listening(url: string, { runs, said }: Pick<ReturnType<typeof lifeOf>, 'runs' | 'said'>): Promise<void> {
  for (const until = Date.now() + READY_MS_MAX; Date.now() < until; await sleep(30)) {
    if (!runs()) throw new Error(`the gateway ended: ${said().slice(-2_000)}`)
    if ((await fetch(`${url}/livez`).catch(() => null))?.ok) return
  }
  throw new Error(`the gateway did not listen within ${READY_MS_MAX} ms: ${said().slice(-2_000)}`)
}

/** Prometheus text as name with labels → value. */
export function metricsOf(text: string): ReadonlyMap<string, number> {
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    samples.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  )
}

/** Waits until every event of the outbox stands on Kafka; returns the seconds it took. Throws where it takes too long. */
export async function drained(gateway: DrilledGateway, msMax = 120_000): Promise<number> {
  const began = performance.now()
  for (;;) {
    const depth = (await gateway.metrics()).get('gateway_outbox_depth')
    const ms = performance.now() - began
    if (depth === 0) return Math.round(ms) / 1000
    if (ms > msMax) throw new Error(`${depth} events still wait for Kafka: ${gateway.said().slice(-2_000)}`)
    await sleep(100)
  }
}
