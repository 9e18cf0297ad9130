import { expect, test } from 'vitest'
import type { Account } from '../../src/core/facts.ts'
import { postgresRegistryRoll } from '../../src/store/postgres/registry-roll.ts'
import { describeWithPostgres } from '../real/with-postgres.ts'
import { fillRegistry } from './postgres-house.ts'

function account(number: number, branch: string): Account {
  return { branch, account: String(number), oldAccount: null, unifiedAccount: null, phone: null, meters: [] }
}

/** More than two statements' worth, in order; every tenth number stands in two branches. */
const accounts = Array.from({ length: 2_300 }, (_, at) => 1_000_000 + at).flatMap((number) =>
  number % 10 === 0 ? [account(number, 'amur'), account(number, 'sakhalin')] : [account(number, 'amur')],
)

async function rollAt(url: string) {
  return postgresRegistryRoll(url, () => performance.now())
}

describeWithPostgres('the registry in PostgreSQL, from end to end', (freshDatabase) => {
  test('gives every account once, in order, or those of one branch', async () => {
    const url = await freshDatabase()
    await fillRegistry(url, accounts)
    const roll = await rollAt(url)
    try {
      expect(await Array.fromAsync(roll.all(null))).toEqual(accounts)
      const sakhalin = accounts.filter(({ branch }) => branch === 'sakhalin')
      expect(await Array.fromAsync(roll.all('sakhalin'))).toEqual(sakhalin)
      expect(await Array.fromAsync(roll.all('nowhere'))).toEqual([])
    } finally {
      await roll.close()
    }
  })

  test('finds many numbers at once, each in all its branches', async () => {
    const url = await freshDatabase()
    await fillRegistry(url, accounts)
    const roll = await rollAt(url)
    try {
      const found = await roll.named(['1000010', '1000011', '7'])
      expect([...found].map(([number, of]) => [number, of.length]).sort()).toEqual([
        ['1000010', 2],
        ['1000011', 1],
      ])
    } finally {
      await roll.close()
    }
  })

  test('stays with the import that it began with', async () => {
    const url = await freshDatabase()
    await fillRegistry(url, accounts)
    const roll = await rollAt(url)
    try {
      const read = roll.all(null)[Symbol.asyncIterator]()
      await read.next()
      await fillRegistry(url, [account(1, 'amur')], 'other')
      let count = 1
      while (!(await read.next()).done) count++
      expect(count).toBe(accounts.length)
    } finally {
      await roll.close()
    }
  })

  test('says that nothing was imported, or that there is no database', async () => {
    await expect(rollAt(await freshDatabase())).rejects.toThrow('there is no registry yet: import one first')
    await expect(rollAt('postgres://nobody@127.0.0.1:1/none')).rejects.toThrow(
      'the database of STORE_URL cannot be used',
    )
  })
})
