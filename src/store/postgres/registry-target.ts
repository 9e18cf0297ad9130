import type { Client } from 'pg'
import type { Account } from '../../core/facts.ts'
import { packAccount } from '../../core/packed-account.ts'
import { type RegistryTarget, type RegistryWriter, registryCounter } from '../../core/registry.ts'
import { connectAlone } from './connection.ts'
import { migrate } from './migrate.ts'
import { generationInUse, registryTable } from './registry.ts'
import { columnsOf, sessionOf } from './session.ts'

/** Names the import's lock among the others in the same database: drawn at random, once. */
const IMPORT_LOCK = 5_990_271_846

/** Accounts a statement. */
const ROWS_AT_ONCE = 4_000

const MADE_OF = { text: 'SELECT accounts, meters, registers FROM registry WHERE digest = $1' }

/** How long a table that nobody needs any more is waited for; a backup may be reading it, and the next import comes. */
const DROP_WAIT_MS = 1_000

/**
 * The registry in the database as the target of an import. A new registry is a table of its own, made, filled, indexed
 * and put in use in one transaction: nobody sees a part of it, nothing of it is left where the import dies, and gateways
 * read the old table meanwhile. That table stays until the next import, for whoever has just asked which is in use.
 * Throws where the database can't be reached, and at `lock` where a newer program made the store.
 */
export async function postgresRegistryTarget(url: string): Promise<RegistryTarget> {
  const client = await connectAlone(url)
  const session = sessionOf(client)
  return {
    async lock() {
      await migrate(client)
      const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS taken', [IMPORT_LOCK])
      return rows[0]?.taken === true
    },
    async madeOf(digest) {
      const { rows } = await session.ask<[accounts: number, meters: number, registers: number]>(MADE_OF, [digest])
      if (rows[0] === undefined) return null
      const [accounts, meters, registers] = rows[0]
      return { accounts, meters, registers }
    },
    async write() {
      const current = (await generationInUse(session)) ?? 0
      await dropTablesBut(client, registryTable(current))
      return tableWriter(client, current + 1)
    },
    close: () => client.end(),
  }
}

async function dropTablesBut(client: Client, inUse: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE pg_table_is_visible(oid) AND relname ~ '^registry_account_[0-9]+$'",
  )
  await client.query(`SET lock_timeout = ${DROP_WAIT_MS}`)
  for (const { name } of rows.filter((table) => table.name !== inUse)) {
    await client.query(`DROP TABLE ${name}`).catch(() => undefined)
  }
  await client.query('SET lock_timeout = 0')
}

const valuesOf = (accounts: readonly Account[], firstId: number): readonly unknown[][] => [
  accounts.map((_, n) => firstId + n),
  ...columnsOf(accounts, 'account', 'branch', 'oldAccount', 'unifiedAccount', 'phone'),
  accounts.map(packAccount),
]

/** One batch is on its way while the next is gathered. */
async function tableWriter(client: Client, generation: number): Promise<RegistryWriter> {
  const table = registryTable(generation)
  const session = sessionOf(client)
  const counter = registryCounter()
  let gathered: Account[] = []
  let written = 0
  let onItsWay: Promise<unknown> = Promise.resolve()
  await client.query('BEGIN')
  await client.query(`CREATE TABLE ${table} (id integer NOT NULL, account text COLLATE "C" NOT NULL,
    branch text COLLATE "C" NOT NULL, old_account text COLLATE "C", unified_account text COLLATE "C",
    phone text COLLATE "C", facts text NOT NULL)`)
  const insert = {
    name: `insert-${table}`,
    text: `INSERT INTO ${table} SELECT * FROM unnest(
      $1::integer[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])`,
  }
  async function send(): Promise<void> {
    const values = valuesOf(gathered, written + 1)
    written += gathered.length
    gathered = []
    await onItsWay
    onItsWay = session.ask(insert, values)
    // Whoever waits for it is told; until then nobody may be there to be told.
    onItsWay.catch(() => undefined)
  }
  return {
    add(account) {
      counter.add(account)
      return gathered.push(account) < ROWS_AT_ONCE ? undefined : send()
    },
    async finish({ digest, importedAt }) {
      await send()
      await onItsWay
      await client.query(indexesOf(table))
      const { accounts, meters, registers } = counter.counts()
      await client.query(PUT_IN_USE, [generation, digest, accounts, meters, registers, importedAt])
      await client.query('COMMIT')
      return counter.counts()
    },
    // Where the connection is gone, the server rolls back by itself.
    abandon: () => client.query('ROLLBACK').then(ignored, ignored),
  }
}

const ignored = (): void => undefined

const indexesOf = (table: string): string => `
  SET LOCAL maintenance_work_mem = '256MB';
  CREATE UNIQUE INDEX ON ${table} (account, branch);
  CREATE INDEX ON ${table} (old_account, id) WHERE old_account IS NOT NULL;
  CREATE INDEX ON ${table} (unified_account, id) WHERE unified_account IS NOT NULL;
  CREATE INDEX ON ${table} (phone, id) WHERE phone IS NOT NULL;
  ANALYZE ${table};
`

const PUT_IN_USE = `
  INSERT INTO registry (generation, digest, accounts, meters, registers, imported_at) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (one) DO UPDATE SET generation = excluded.generation, digest = excluded.digest,
    accounts = excluded.accounts, meters = excluded.meters, registers = excluded.registers,
    imported_at = excluded.imported_at`
