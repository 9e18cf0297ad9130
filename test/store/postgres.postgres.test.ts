import { openPostgresStore } from '../../src/store/postgres/store.ts'
import { describeWithPostgres } from '../real/with-postgres.ts'
import { type StoreSeed, storeContract } from './contract.ts'
import { fillRegistry, sql } from './postgres-house.ts'

const isBroken = ({ registry }: StoreSeed): boolean => 'broken' in registry && registry.broken === true

describeWithPostgres('PostgreSQL', (freshDatabase) => {
  storeContract('the store in PostgreSQL', async (seed) => {
    const url = await freshDatabase()
    await fillRegistry(url, seed.accounts)
    const store = await openPostgresStore({ url, now: seed.now, monotonicMs: () => performance.now() })
    return {
      ...store,
      async transact(lookups, decide) {
        if (isBroken(seed)) await sql(url, 'ALTER TABLE registry_account_1 RENAME TO away')
        return store.transact(lookups, decide)
      },
      overwrite: async (statement) => void (await sql(url, statement)),
    }
  })
})
