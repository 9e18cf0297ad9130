import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registryImport } from '../../src/cli/registry-import.ts'
import { type LoadFigures, load } from './load.ts'
import { oneRegisterAccounts, signedPosts } from './messages.ts'
import { writeRegistry } from './registry-file.ts'
import { gatewayOptions, type Server, startServer } from './server.ts'

/** One server's medians over all rounds. */
export interface ServerFigures {
  readonly requestsASecond: number
  readonly cpuMicrosARequest: number
  readonly p99Ms: number
}

/** Medians of one run, and the ratios of pairs of neighbouring rounds. */
export interface SmsFigures {
  readonly rounds: number
  readonly bare: ServerFigures
  /** The gateway with 1,000 accounts, and with `accounts`. */
  readonly gateway: ServerFigures
  readonly gatewayFull: ServerFigures
  readonly accounts: number
  /** Gateway against the bare handler. */
  readonly requestsRatio: number
  readonly cpuRatio: number
  readonly p99Ratio: number
  /** Processor time a message with all accounts against 1,000. */
  readonly fullCpuRatio: number
}

/** How the benchmark is run. */
export interface SmsPlan {
  readonly rounds: number
  readonly seconds: number
  readonly accounts: number
}

const CONNECTIONS = 50
const TOKEN = 'bench-token-bench-token-bench-token'
/** More than a round can take. */
const POSTS_A_SECOND_MAX = 16_000

interface Contestant {
  readonly server: Server
  readonly postsFor: (round: number) => readonly Buffer[]
  readonly endless: boolean
}

interface Round extends ServerFigures {
  readonly answers: LoadFigures['answers']
}

/** The signed, understood, judged, durable SMS against a bare Fastify handler, round by round in one run. */
export async function benchSms({ rounds, seconds, accounts }: SmsPlan): Promise<SmsFigures> {
  const dir = mkdtempSync(join(tmpdir(), 'sms-bench-'))
  const open: Server[] = []
  try {
    const count = POSTS_A_SECOND_MAX * seconds
    const contestants = [
      await bare(count),
      await gateway(join(dir, 'few'), { accounts: 1_000, port: 18_102, count }),
      await gateway(join(dir, 'all'), { accounts, port: 18_103, count }),
    ]
    open.push(...contestants.map(({ server }) => server))
    for (const one of contestants) await roundOf(one, 0, seconds)
    const results: Round[][] = contestants.map(() => [])
    for (let round = 1; round <= rounds; round++) {
      for (const [at, one] of contestants.entries()) results[at]?.push(await roundOf(one, round, seconds))
    }
    return figures(results as [Round[], Round[], Round[]], { rounds, accounts })
  } finally {
    for (const server of open) await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function bare(count: number): Promise<Contestant> {
  const server = await startServer('test/bench/bare.ts', 18_101, { options: gatewayOptions() })
  const posts = signedPosts(
    [{ account: '2800000000', meter: '12345678', lastValue: 1, usage: 100 }],
    0,
    Math.min(count, 10_000),
    {
      token: TOKEN,
      port: server.port,
    },
  )
  return { server, postsFor: () => posts, endless: true }
}

async function gateway(dir: string, size: { accounts: number; port: number; count: number }): Promise<Contestant> {
  const file = `${dir}.csv`
  writeRegistry(file, size.accounts)
  const quiet = () => {}
  const status = await registryImport([file], {
    env: { DATA_DIR: dir },
    stdout: quiet,
    stderr: quiet,
    cwd: process.cwd(),
  })
  if (status !== 0) throw new Error('the registry of the benchmark could not be imported')
  const env = { DATA_DIR: dir, TWILIO_AUTH_TOKEN: TOKEN, CLOCK: '2026-11-22T03:00:00Z' }
  const server = await startServer('src/main.ts', size.port, { env, options: gatewayOptions() })
  const accounts = oneRegisterAccounts(file)
  const signer = { token: TOKEN, port: size.port }
  return { server, postsFor: (round) => signedPosts(accounts, round * size.count, size.count, signer), endless: false }
}

async function roundOf({ server, postsFor, endless }: Contestant, round: number, seconds: number): Promise<Round> {
  const requests = postsFor(round)
  const before = server.cpuSeconds()
  const loaded = await load({ port: server.port, connections: CONNECTIONS, requests, seconds, endless })
  const cpu = server.cpuSeconds() - before
  return {
    requestsASecond: loaded.requests / loaded.seconds,
    cpuMicrosARequest: (cpu / loaded.requests) * 1e6,
    p99Ms: loaded.p99Ms,
    answers: loaded.answers,
  }
}

function figures(
  [bare, few, all]: [Round[], Round[], Round[]],
  plan: { rounds: number; accounts: number },
): SmsFigures {
  for (const { answers } of [...few, ...all]) checkAnswers(answers)
  const ratio = (a: Round[], b: Round[], of: (round: Round) => number) =>
    median(a.map((one, at) => of(one) / of(b[at] as Round)))
  return {
    ...plan,
    bare: medians(bare),
    gateway: medians(few),
    gatewayFull: medians(all),
    requestsRatio: ratio(all, bare, ({ requestsASecond }) => requestsASecond),
    cpuRatio: ratio(all, bare, ({ cpuMicrosARequest }) => cpuMicrosARequest),
    p99Ratio: ratio(all, bare, ({ p99Ms }) => p99Ms),
    fullCpuRatio: ratio(all, few, ({ cpuMicrosARequest }) => cpuMicrosARequest),
  }
}

/** A round that ends early may leave a meter at the very value that the next one begins with: few, and nearly the same work. */
const DUPLICATE_SHARE_MAX = 0.02

function checkAnswers(answers: Round['answers']): void {
  const { '200 accepted': accepted = 0, '200 duplicate': duplicate = 0, ...others } = answers
  if (Object.keys(others).length === 0 && duplicate <= accepted * DUPLICATE_SHARE_MAX) return
  throw new Error(`the benchmark's readings were not all accepted: ${JSON.stringify(answers)}`)
}

function medians(rounds: readonly Round[]): ServerFigures {
  return {
    requestsASecond: median(rounds.map(({ requestsASecond }) => requestsASecond)),
    cpuMicrosARequest: median(rounds.map(({ cpuMicrosARequest }) => cpuMicrosARequest)),
    p99Ms: median(rounds.map(({ p99Ms }) => p99Ms)),
  }
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
