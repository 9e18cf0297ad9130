import type { ClientBase } from 'pg'
import { type Migration, migrationsIn, refuseNewer, stepFailed } from '../migrations.ts'

const folder = new URL('./migrations/', import.meta.url)

/** Names this lock among the others that somebody may take in the same database: drawn at random, once. */
const MIGRATION_LOCK = 7_208_414_633

/** The program's own migrations. */
export function ownMigrations(): readonly Migration[] {
  return migrationsIn(folder)
}

/** The version of a database's schema; 0: nothing of ours in it yet. */
export async function schemaVersion(client: Pick<ClientBase, 'query'>): Promise<number> {
  const { rows } = await client.query("SELECT to_regclass('schema_version') IS NOT NULL AS there")
  if (rows[0]?.there !== true) return 0
  const versions = await client.query('SELECT version FROM schema_version')
  return Number(versions.rows[0]?.version ?? 0)
}

/** Encodings in which whatever a customer writes can be kept; SQL_ASCII keeps the bytes as they come. */
const ENCODINGS: readonly unknown[] = ['UTF8', 'SQL_ASCII']

/** Throws where an emoji or a letter would not fit in: it would fail its whole batch, each time that it comes. */
async function refuseEncoding(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>('SHOW server_encoding')
  const encoding = rows[0]?.server_encoding
  if (ENCODINGS.includes(encoding)) return
  throw new Error(`the database of STORE_URL has the encoding ${encoding}: make one with ENCODING 'UTF8'`)
}

/**
 * Brings the schema up to the last migration, forward only, in one transaction: all steps or none, and by one gateway
 * where several start at once. Throws where the database is newer than the program or can't keep every letter, and where
 * a step fails. The connection is one without limits of time.
 */
export async function migrate(client: ClientBase, migrations: readonly Migration[] = ownMigrations()): Promise<void> {
  await refuseEncoding(client)
  const version = await schemaVersion(client)
  refuseNewer(version, migrations.length)
  if (version === migrations.length) return
  // Before the transaction: within one, the server may go on to believe that a table which it missed is not there.
  await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
  try {
    await takeSteps(client, migrations)
  } finally {
    // Where the connection is gone, the lock is too.
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined)
  }
}

/** Asks for the version again: another gateway may have taken the steps while this one waited for the lock. */
async function takeSteps(client: ClientBase, migrations: readonly Migration[]): Promise<void> {
  await client.query('BEGIN')
  try {
    const version = await schemaVersion(client)
    refuseNewer(version, migrations.length)
    for (const step of migrations.slice(version)) await takeStep(client, step)
    await client.query(
      'CREATE TABLE IF NOT EXISTS schema_version (one boolean PRIMARY KEY DEFAULT true CHECK (one), version integer NOT NULL)',
    )
    await client.query(
      'INSERT INTO schema_version (version) VALUES ($1) ON CONFLICT (one) DO UPDATE SET version = excluded.version',
      [migrations.length],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

async function takeStep(client: ClientBase, step: Migration): Promise<void> {
  try {
    await client.query(step.sql)
  } catch (cause) {
    throw stepFailed(step, cause)
  }
}
