import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import type { CliContext } from '../../src/cli/context.ts'
import type { Store } from '../../src/core/store.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { accepted, commitTo, memoryRegistry, sampleAccount, sampleDelivery } from '../store/fixtures.ts'

const account = sampleAccount(1)
let dir = ''
let store: Store

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gateway-events-'))
  const now = () => '2026-11-22T03:00:00.000Z'
  store = openSqliteStore({ dir, registry: memoryRegistry([]), now, newId: () => 'store' })
})
afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

async function accept(...ids: string[]): Promise<void> {
  const decisions = ids.map((id) => accepted(account, sampleDelivery(id)))
  await commitTo(store, decisions)
}

async function run(args: string[], change: Partial<CliContext> = {}) {
  const out: string[] = []
  const err: string[] = []
  const lines = { stdout: (line: string) => void out.push(line), stderr: (line: string) => void err.push(line) }
  const status = await runCommand(['events', ...args], { env: { DATA_DIR: dir }, cwd: '/', ...lines, ...change })
  return { status, err, out, rows: out.map((line) => JSON.parse(line)) }
}

test('prints each event once, in order, as Kafka gets it, while the gateway runs', async () => {
  await accept('SM1', 'SM2', 'SM3')
  const { status, rows } = await run([])
  expect(status).toBe(0)
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3])
  const [event] = accepted(account, sampleDelivery('SM1')).events
  expect(rows[0]).toEqual({
    seq: 1,
    topic: 'meter-readings',
    key: event?.key,
    headers: event?.headers,
    data: JSON.parse(event?.data ?? ''),
  })
})

test('prints more events than it reads at a time', async () => {
  const ids = Array.from({ length: 1_000 }, (_, n) => `SM${n}`)
  await accept(...ids)
  expect((await run([])).rows).toHaveLength(1_000)
})

test('goes on after a seq, and after the gateway has stopped', async () => {
  await accept('SM1', 'SM2', 'SM3')
  await store.close()
  expect((await run(['--after', '2'])).rows.map(({ seq }) => seq)).toEqual([3])
})

test('names the topics as they are set', async () => {
  await accept('SM1')
  const { rows } = await run([], { env: { DATA_DIR: dir, KAFKA_TOPIC_READINGS: 'readings-of-ours' } })
  expect(rows[0].topic).toBe('readings-of-ours')
})

test('follows until it is stopped', async () => {
  const stop = new AbortController()
  const seen: number[] = []
  const stdout = (line: string) => {
    seen.push(JSON.parse(line).seq)
    if (seen.length === 2) stop.abort()
  }
  await accept('SM1')
  const following = run(['--follow'], { until: stop.signal, stdout })
  await new Promise((next) => setTimeout(next, 50))
  await accept('SM2')
  expect((await following).status).toBe(0)
  expect(seen).toEqual([1, 2])
})

test.each(['SIGINT', 'SIGTERM'] as const)('a follower that gets %s ends well', async (signal) => {
  await accept('SM1')
  const command = new URL('../../src/cli/events.ts', import.meta.url).href
  const io = '{ env: process.env, cwd: "/", stdout: console.log, stderr: console.error }'
  const script = `import { events } from '${command}'; process.exitCode = await events(['--follow'], ${io})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env: { DATA_DIR: dir } })
  const exit = once(child, 'exit')
  await once(child.stdout, 'data')
  child.kill(signal)
  expect(await exit).toEqual([0, null])
})

test.each([[['--after']], [['--after', '-1']], [['--after', 'x']], [['--all']], [['more']]])(
  'wrong usage %j is status 2, and nothing on stdout',
  async (args) => {
    const { status, out, err } = await run(args)
    expect([status, out]).toEqual([2, []])
    expect(err.join('\n')).toContain('usage')
  },
)

test('no store is status 1, with the reason', async () => {
  const { status, out, err } = await run([], { env: { DATA_DIR: join(dir, 'none') } })
  expect([status, out]).toEqual([1, []])
  expect(err.join('\n')).toContain('there is no store in DATA_DIR')
})

test('a spoilt store is status 1, with what to do', async () => {
  const spoilt = join(dir, 'spoilt')
  mkdirSync(spoilt)
  writeFileSync(join(spoilt, 'gateway.sqlite'), 'no database'.repeat(1_000))
  const { status, out, err } = await run([], { env: { DATA_DIR: spoilt } })
  expect([status, out]).toEqual([1, []])
  const advice = 'look at its rights and its disk, or put a backup back'
  expect(err).toEqual([`the store in DATA_DIR cannot be opened (file is not a database): ${advice}`])
})
