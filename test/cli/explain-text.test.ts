import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'explain-text-'))
const registry = resolve('test/fixtures/registry.csv')
afterAll(() => rmSync(folder, { recursive: true }))

async function run(words: string[], input = '') {
  const out: string[] = []
  const err: string[] = []
  const status = await runCommand(words, {
    env: { DATA_DIR: folder, CLOCK: '2026-11-22T03:00:00Z' },
    stdin: Readable.from([input]),
    stdout: (line) => out.push(line),
    stderr: (line) => err.push(line),
    cwd: folder,
  })
  return { status, out, err }
}

beforeAll(async () => {
  expect((await run(['registry', 'import', registry])).status).toBe(0)
})

const outcomes = ({ out }: { out: string[] }) => out.map((line) => JSON.parse(line).outcome)

const PHONE = '+79097140165'
const KNOWN = 'asked;code=METER_NEEDED'
const UNKNOWN = 'asked;code=ACCOUNT_NEEDED'

test('the sender stands before the text, or in each line that is piped in', async () => {
  expect(outcomes(await run(['explain', 'text', '--from', PHONE, '6700']))).toEqual([KNOWN])
  const lines = ['{"text":"6700"}', `{"text":"6700","from":"${PHONE}"}`].join('\n')
  expect(outcomes(await run(['explain', 'text', '-'], lines))).toEqual([UNKNOWN, KNOWN])
})

test('the sender before the dash is that of every line which names none', async () => {
  const lines = ['{"text":"6700"}', '{"text":"6700","from":"+79990000000"}'].join('\n')
  expect(outcomes(await run(['explain', 'text', '--from', PHONE, '-'], lines))).toEqual([KNOWN, UNKNOWN])
})

test('a line says when it was received, as RFC 3339 has it; what is none keeps its place', async () => {
  const at = (instant: string) => JSON.stringify({ text: '2880950488 56311', at: instant })
  const { status, out, err } = await run(['explain', 'text', '-'], [at('2026-11-22t03:00:00z'), at('today')].join('\n'))
  expect(JSON.parse(out[0] ?? '')).toMatchObject({ outcome: 'accepted;flags="NO_SERIAL"' })
  expect([status, out[1], err]).toEqual([1, '{"error":"NOT_A_MESSAGE"}', ['line 2 is not {"text":"…","from":"+7…"}']])
})

test.each([
  ['nothing', []],
  ['two texts', ['1', '2']],
  ['an option that there is not', ['--to', '1', '2']],
])('%s is wrong usage', async (_what, args) => {
  const { status, out, err } = await run(['explain', 'text', ...args])
  expect([status, out, err.length]).toEqual([2, [], 1])
})
