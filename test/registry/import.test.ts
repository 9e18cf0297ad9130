import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { openRegistry } from '../../src/registry/open-registry.ts'
import { writeRegistry } from '../bench/registry-file.ts'
import { exampleBranches, importText, registryFile, row, temporaryDir } from './sample.ts'

/** A reader whose clock is moved by hand. */
function reader(dir: string) {
  let nowMs = 0
  const errors: unknown[] = []
  const registry = openRegistry({ dir, monotonicMs: () => nowMs, broken: (error) => errors.push(error) })
  return { ...registry, errors, later: () => (nowMs += 1000) }
}

const two = [row(), row({ register: 'T2', zone: 'DAY' })]

test('an account comes back as the file had it, though its rows stand apart and out of order', async () => {
  const dir = temporaryDir()
  const night = row({ register: 'T2', zone: 'NIGHT', last_value: '007', monthly_usage: '' })
  const day = row({ register: 'T1', zone: 'DAY', decimals: '1' })
  const old = row({ meter: '0012', meter_status: 'ARCHIVED', replaced_by: '250592064305057', ratio: '40' })
  const other = row({ account: '2880950489' })
  await importText(dir, `\ufeff${registryFile(night, other, old, day).replaceAll('\n', '\r\n')}`)
  const registry = reader(dir)
  expect(registry.state()).toBe('ready')
  expect(registry.byAccount('2880950488')).toEqual([
    {
      branch: 'amur',
      account: '2880950488',
      oldAccount: 'КР468713',
      unifiedAccount: '80СБ140983',
      phone: '+79097140165',
      meters: [
        {
          meter: '250592064305057',
          service: 'ELECTRICITY',
          status: 'ACTIVE',
          replacedBy: null,
          ratio: 1,
          registers: [
            {
              register: 'T1',
              zone: 'DAY',
              digits: 5,
              decimals: 1,
              lastValue: '55959',
              lastDate: '2026-10-22',
              monthlyUsage: '372',
            },
            {
              register: 'T2',
              zone: 'NIGHT',
              digits: 5,
              decimals: 0,
              lastValue: '7',
              lastDate: '2026-10-22',
              monthlyUsage: null,
            },
          ],
        },
        {
          meter: '0012',
          service: 'ELECTRICITY',
          status: 'ARCHIVED',
          replacedBy: '250592064305057',
          ratio: 40,
          registers: [
            {
              register: 'T1',
              zone: 'TOTAL',
              digits: 5,
              decimals: 0,
              lastValue: '55959',
              lastDate: '2026-10-22',
              monthlyUsage: '372',
            },
          ],
        },
      ],
    },
  ])
})

test('the registry is empty until the first import, which an open reader takes up by itself', async () => {
  const dir = temporaryDir()
  const registry = reader(dir)
  expect(registry.state()).toBe('empty')
  expect(registry.byAccount('2880950488')).toEqual([])
  await importText(dir, registryFile(...two))
  expect(registry.state()).toBe('empty')
  registry.later()
  expect(registry.state()).toBe('ready')
  expect(registry.byAccount('2880950488')).toHaveLength(1)
})

test('a bad import changes nothing for an open reader, a good one everything', async () => {
  const dir = temporaryDir()
  await importText(dir, registryFile(...two))
  const registry = reader(dir)
  registry.state()
  const pointer = readFileSync(join(dir, 'registry.json'), 'utf8')
  expect(await importText(dir, registryFile(row({ account: '2880950489' }), row({ ratio: '0' })))).toMatchObject({
    kind: 'bad',
  })
  expect(readFileSync(join(dir, 'registry.json'), 'utf8')).toBe(pointer)
  await importText(dir, registryFile(row({ account: '2880950489' })))
  expect(registry.byAccount('2880950488')).toHaveLength(1)
  registry.later()
  registry.state()
  expect(registry.byAccount('2880950488')).toHaveLength(0)
  expect(registry.byAccount('2880950489')).toHaveLength(1)
})

test('a repeated import changes no file and says so', async () => {
  const dir = temporaryDir()
  const counts = { accounts: 1, meters: 1, registers: 2 }
  expect(await importText(dir, registryFile(...two))).toEqual({ kind: 'imported', counts })
  const before = readdirSync(dir)
  const pointer = readFileSync(join(dir, 'registry.json'), 'utf8')
  expect(await importText(dir, registryFile(...two))).toMatchObject({ kind: 'unchanged', counts })
  expect(readdirSync(dir)).toEqual(before)
  expect(readFileSync(join(dir, 'registry.json'), 'utf8')).toBe(pointer)
})

test('the same file is checked anew where a branch has another account pattern', async () => {
  const dir = temporaryDir()
  const others = exampleBranches().map((branch) => ({ ...branch, accountPattern: '^\\d{9}$' }))
  expect(await importText(dir, registryFile(...two))).toMatchObject({ kind: 'imported' })
  expect(await importText(dir, registryFile(...two), others)).toMatchObject({ kind: 'bad' })
  expect(await importText(dir, registryFile(...two))).toMatchObject({ kind: 'unchanged' })
})

test.each([
  ['overwritten', (file: string) => writeFileSync(file, 'no database')],
  ['cut short', (file: string) => truncateSync(file, 8_192)],
  ['gone', (file: string) => rmSync(file)],
])('a registry whose file is %s is mended by importing the same again', async (_what, spoil) => {
  const dir = temporaryDir()
  await importText(dir, registryFile(...two))
  for (const name of readdirSync(dir).filter((one) => one.endsWith('.sqlite'))) spoil(join(dir, name))
  expect(await importText(dir, registryFile(...two))).toMatchObject({ kind: 'imported' })
  expect(reader(dir).state()).toBe('ready')
})

test('only the latest generation and the one before it are kept', async () => {
  const dir = temporaryDir()
  for (const account of ['2880950481', '2880950482', '2880950483'])
    await importText(dir, registryFile(row({ account })))
  expect(readdirSync(dir).filter((name) => name.endsWith('.sqlite'))).toHaveLength(2)
})

test('a generation that cannot be read leaves the one before it in use; with none before, the registry is down', async () => {
  const dir = temporaryDir()
  await importText(dir, registryFile(...two))
  const registry = reader(dir)
  registry.state()
  await importText(dir, registryFile(row({ account: '2880950489' })))
  const { file } = JSON.parse(readFileSync(join(dir, 'registry.json'), 'utf8')) as { file: string }
  writeFileSync(join(dir, file), 'no database')
  registry.later()
  expect(registry.state()).toBe('ready')
  expect(registry.errors).toHaveLength(1)
  expect(registry.byAccount('2880950488')).toHaveLength(1)
  expect(reader(dir).state()).toBe('down')
})

test('a pointer that is no pointer is a registry that is down, until an import puts it right', async () => {
  const dir = temporaryDir()
  writeFileSync(join(dir, 'registry.json'), '{')
  const registry = reader(dir)
  expect(registry.state()).toBe('down')
  await importText(dir, registryFile(...two))
  registry.later()
  expect(registry.state()).toBe('ready')
})

test('of two imports at once one is told that the other runs', async () => {
  const dir = temporaryDir()
  const kinds = await Promise.all([importText(dir, registryFile(...two)), importText(dir, registryFile(...two))])
  expect(kinds.map(({ kind }) => kind)).toEqual(['imported', 'busy'])
})

test('an import killed at any moment leaves the registry as it was, and the next one clears up', async () => {
  const dir = temporaryDir()
  await importText(dir, registryFile(...two))
  const pointer = readFileSync(join(dir, 'registry.json'), 'utf8')
  const file = join(dir, 'big.csv')
  writeRegistry(file, 60_000)
  for (const afterMs of [0, 150, 300, 450]) {
    await killedImport(file, dir, afterMs)
    expect(readFileSync(join(dir, 'registry.json'), 'utf8')).toBe(pointer)
    const registry = reader(dir)
    expect(registry.state()).toBe('ready')
    expect(registry.byAccount('2880950488')).toHaveLength(1)
  }
  expect(await importText(dir, registryFile(row()))).toMatchObject({ kind: 'imported' })
  expect(readdirSync(dir).filter((name) => /building|stage|next/.test(name))).toEqual([])
})

/** Starts an import in a process of its own and kills it that long after it began to write. */
async function killedImport(file: string, dir: string, afterMs: number): Promise<void> {
  const command = pathToFileURL(join(import.meta.dirname, '../../src/cli/registry-import.ts')).href
  const script = `const { registryImport } = await import(${JSON.stringify(command)})
    const say = () => {}
    await registryImport([${JSON.stringify(file)}], { env: { DATA_DIR: ${JSON.stringify(dir)} }, stdout: say, stderr: say, cwd: '/' })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  const before = new Set(readdirSync(dir))
  const begun = () => readdirSync(dir).some((name) => name.endsWith('.building') && !before.has(name))
  while (!begun() && child.exitCode === null) await setTimeout(2)
  await setTimeout(afterMs)
  child.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
}
