import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openRegistry } from '../../src/registry/open-registry.ts'
import { exampleBranches, importText, registryFile, row, temporaryDir } from './sample.ts'

/** Spoils the page on which the accounts of the registry in use begin; what opens it sees nothing of that. */
function spoilAccounts(dir: string): void {
  const { file } = JSON.parse(readFileSync(join(dir, 'registry.json'), 'utf8')) as { file: string }
  const database = new DatabaseSync(join(dir, file))
  const found = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'account'").get()
  const bytes = Number(database.prepare('PRAGMA page_size').get()?.['page_size'])
  database.close()
  const fd = openSync(join(dir, file), 'r+')
  writeSync(fd, Buffer.alloc(bytes, 0xff), 0, bytes, (Number(found?.['rootpage']) - 1) * bytes)
  closeSync(fd)
}

/** A reader that looks at the folder each time, and what it told. */
function readerOf(dir: string) {
  let nowMs = 0
  const told: boolean[] = []
  const registry = openRegistry({
    dir,
    monotonicMs: () => (nowMs += 1_000),
    broken: (_error, oldStays) => told.push(oldStays),
  })
  return { registry, told }
}

test('an account is found by number, old number, ЕЛС with and without suffix, and phone; nothing else is', async () => {
  const dir = temporaryDir()
  await importText(
    dir,
    registryFile(
      row({ unified_account: '80CБ140983-01' }),
      row({ account: '2880950489', old_account: 'kp468713', phone: '' }),
    ),
  )
  const { registry } = readerOf(dir)
  registry.state()
  const numbers = (accounts: readonly { account: string }[]) => accounts.map(({ account }) => account).sort()
  const both = ['2880950488', '2880950489']
  expect(numbers(registry.byAlias('КР468713'))).toEqual(both)
  expect(numbers(registry.byAlias('80СБ140983'))).toEqual(['2880950488', '2880950489'])
  expect(numbers(registry.byAlias('80СБ140983-02'))).toEqual(['2880950488', '2880950489'])
  expect(numbers(registry.byPhone('+79097140165'))).toEqual(['2880950488'])
  expect(registry.byAccount('288095048')).toEqual([])
  expect(registry.byAlias('')).toEqual([])
  expect(registry.byPhone('')).toEqual([])
})

test('the same number in two branches is two accounts', async () => {
  const dir = temporaryDir()
  const alike = exampleBranches().map((branch) => ({ ...branch, accountPattern: '^\\d{10}$' }))
  await importText(dir, registryFile(row({ branch: 'sakhalin', meter: '17', phone: '' }), row()), alike)
  const { registry } = readerOf(dir)
  registry.state()
  const found = registry.byAccount('2880950488')
  expect(found.map(({ branch, meters }) => [branch, meters.map(({ meter }) => meter)])).toEqual([
    ['amur', ['250592064305057']],
    ['sakhalin', ['17']],
  ])
})

test('an account without an old number is found by its ЕЛС', async () => {
  const dir = temporaryDir()
  await importText(dir, registryFile(row({ old_account: '' })))
  const { registry } = readerOf(dir)
  registry.state()
  expect(registry.byAlias('80СБ140983').map(({ account }) => account)).toEqual(['2880950488'])
})

test('one phone leads to fifty accounts at most', async () => {
  const dir = temporaryDir()
  await importText(
    dir,
    registryFile(...Array.from({ length: 60 }, (_, at) => row({ account: String(2880000000 + at) }))),
  )
  const { registry } = readerOf(dir)
  registry.state()
  expect(registry.byPhone('+79097140165')).toHaveLength(50)
})

test('a registry that turns out spoilt while it is read is told once, and that no other is in use', async () => {
  const dir = temporaryDir()
  await importText(dir, registryFile(row()))
  spoilAccounts(dir)
  const { registry, told } = readerOf(dir)
  for (let n = 0; n < 3; n++) {
    expect(registry.state()).toBe('ready')
    expect(() => registry.byAccount('2880950488')).toThrow('malformed')
  }
  expect(told).toEqual([false])
  registry.close()
})

test('one that cannot be opened is told with whether the one before stays in use', async () => {
  const dir = temporaryDir()
  await importText(dir, registryFile(row()))
  const { registry, told } = readerOf(dir)
  registry.state()
  writeFileSync(join(dir, 'registry.json'), '{')
  registry.state()
  registry.state()
  expect(told).toEqual([true])
  const second = readerOf(dir)
  second.registry.state()
  second.registry.state()
  expect(second.told).toEqual([false])
  for (const one of [registry, second.registry]) one.close()
})
