import { Client } from 'pg'
import { onTestFinished } from 'vitest'
import type { Account } from '../../src/core/facts.ts'
import type { Store } from '../../src/core/store.ts'
import { postgresRegistryTarget } from '../../src/store/postgres/registry-target.ts'
import { openPostgresStore } from '../../src/store/postgres/store.ts'

/** Makes those accounts the registry of the database. */
export async function fillRegistry(url: string, accounts: readonly Account[], digest = 'digest'): Promise<void> {
  const target = await postgresRegistryTarget(url)
  try {
    if (!(await target.lock())) throw new Error('another import is running')
    const writer = await target.write()
    for (const account of accounts) await writer.add(account)
    await writer.finish({ digest, importedAt: '2026-11-22T00:00:00.000Z' })
  } finally {
    await target.close()
  }
}

/** A store on that database, its clock standing still; closed after the test. */
export async function openStoreAt(url: string, now = () => '2026-11-22T03:00:00.000Z'): Promise<Store> {
  const store = await openPostgresStore({ url, now, monotonicMs: () => performance.now() })
  onTestFinished(() => store.close().catch(() => undefined))
  return store
}

/** Asks the database past the store. */
export async function sql(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows ?? []
  } finally {
    await client.end()
  }
}
