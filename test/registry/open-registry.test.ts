import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openRegistry } from '../../src/registry/open-registry.ts'
import { importText, registryFile, row, temporaryDir } from './sample.ts'

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
