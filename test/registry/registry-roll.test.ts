import { expect, test } from 'vitest'
import { fileRegistryRoll } from '../../src/registry/registry-roll.ts'
import { importText, registryFile, row, temporaryDir } from './sample.ts'

const other = { old_account: '', unified_account: '', phone: '' }

async function rollWith(...rows: readonly string[]) {
  const dir = temporaryDir()
  expect(await importText(dir, registryFile(...rows))).toMatchObject({ kind: 'imported' })
  return { dir, roll: fileRegistryRoll(dir) }
}

test('gives every account once, in order of its number, with its meters', async () => {
  const { roll } = await rollWith(row({ ...other, account: '2899999999' }), row(), row({ meter: '7' }))
  const accounts = await Array.fromAsync(roll.all(null))
  expect(accounts.map(({ account, meters }) => [account, meters.length])).toEqual([
    ['2880950488', 2],
    ['2899999999', 1],
  ])
  await roll.close()
})

test('gives those of one branch', async () => {
  const { roll } = await rollWith(row())
  expect(await Array.fromAsync(roll.all('amur'))).toHaveLength(1)
  expect(await Array.fromAsync(roll.all('sakhalin'))).toEqual([])
  await roll.close()
})

test('finds many numbers at once, and leaves out those that there are not', async () => {
  const { roll } = await rollWith(row(), row({ ...other, account: '2899999999' }))
  expect([...(await roll.named(['2899999999', '1', '2880950488'])).keys()].sort()).toEqual(['2880950488', '2899999999'])
  await roll.close()
})

test('stays with the import that it began with', async () => {
  const { dir, roll } = await rollWith(row(), row({ ...other, account: '2899999999' }))
  const read = roll.all(null)[Symbol.asyncIterator]()
  await read.next()
  await importText(dir, registryFile(row()))
  expect((await read.next()).value).toMatchObject({ account: '2899999999' })
  await roll.close()
})
