import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import { registryFile, row, temporaryDir } from '../registry/sample.ts'

async function run(dir: string, args: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = []
  const err: string[] = []
  const status = await runCommand(['registry', 'import', ...args], {
    env: { DATA_DIR: 'data', ...env },
    cwd: dir,
    stdout: (line) => out.push(line),
    stderr: (line) => err.push(line),
  })
  return { status, out, err }
}

function dirWith(content: string): string {
  const dir = temporaryDir()
  writeFileSync(join(dir, 'registry.csv'), content)
  return dir
}

test('a good file is imported into DATA_DIR, and told to be unchanged the second time', async () => {
  const dir = dirWith(registryFile(row()))
  const said = 'accounts, 1 meters, 1 registers'
  expect(await run(dir, ['registry.csv'])).toEqual({ status: 0, out: [`imported: 1 ${said}`], err: [] })
  expect(await run(dir, ['registry.csv'])).toEqual({ status: 0, out: [`unchanged: 1 ${said}`], err: [] })
})

test('DATA_DIR is made for its owner alone, as the gateway makes it', async () => {
  const dir = dirWith(registryFile(row()))
  await run(dir, ['registry.csv'])
  expect(statSync(join(dir, 'data')).mode & 0o777).toBe(0o700)
})

test('a bad file is told on stderr, row by row, and ends with 1', async () => {
  const dir = dirWith(registryFile(row({ digits: '' }), row()))
  expect(await run(dir, ['registry.csv'])).toEqual({
    status: 1,
    out: [],
    err: ['line 2, column digits: is no whole number from 1 to 12', 'not imported: 1 problem, nothing changed'],
  })
  expect(readdirSync(join(dir, 'data'))).toEqual(['registry.lock'])
})

test('a clock that is set ahead says which days lie too far ahead', async () => {
  const dir = dirWith(registryFile(row({ last_date: '2090-10-22' })))
  expect(await run(dir, ['registry.csv'])).toMatchObject({ status: 1 })
  expect(await run(dir, ['registry.csv'], { CLOCK: '2090-11-22T03:00:00Z' })).toMatchObject({ status: 0 })
})

test.each(['2000-11-22T03:00:00Z', 'noon', ''])('a clock of %j forbids no day that is past', async (CLOCK) => {
  const dir = dirWith(registryFile(row({ last_date: '2025-10-22' })))
  expect(await run(dir, ['registry.csv'], { CLOCK })).toMatchObject({ status: 0 })
})

test('a file that is not there ends with 1', async () => {
  expect(await run(temporaryDir(), ['registry.csv'])).toMatchObject({
    status: 1,
    err: ['not imported: the file cannot be read (ENOENT)'],
  })
})

test('what is no file ends with 1, and says so', async () => {
  expect(await run(temporaryDir(), ['.'])).toEqual({
    status: 1,
    out: [],
    err: ['not imported: it is no file; what comes through a pipe can be read only once'],
  })
})

test('the accounts are those of BRANCHES_FILE', async () => {
  const dir = dirWith(registryFile(row()))
  const window = { fromDay: 20, toDay: 25, closesAt: '24:00', outside: 'refuse' }
  const branch = { id: 'tula', name: 'Tula', timeZone: 'Europe/Moscow', window, accountPattern: '^\\d{10}$' }
  writeFileSync(join(dir, 'branches.json'), JSON.stringify([branch]))
  expect(await run(dir, ['registry.csv'], { BRANCHES_FILE: 'branches.json' })).toMatchObject({
    status: 1,
    err: ['line 2, column branch: is not in the branches file', expect.anything()],
  })
  expect(await run(dir, ['registry.csv'], { BRANCHES_FILE: 'none.json' })).toMatchObject({ status: 1, out: [] })
})

test.each([[[]], [['one', 'two']], [['--force']]])('arguments %j are wrong usage', async (args) => {
  expect(await run(temporaryDir(), args)).toEqual({
    status: 2,
    out: [],
    err: ['usage: gateway registry import FILE'],
  })
})

test('a folder that cannot be written is told with what to do', async () => {
  const dir = dirWith(registryFile(row()))
  mkdirSync(join(dir, 'data', 'registry.lock'), { recursive: true })
  expect(await run(dir, ['registry.csv'])).toEqual({
    status: 1,
    out: [],
    err: ['not imported: DATA_DIR cannot be written (unable to open database file): look at its rights and its disk'],
  })
})
