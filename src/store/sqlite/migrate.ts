import type { DatabaseSync } from 'node:sqlite'
import { type Migration, migrationsIn, refuseNewer, stepFailed } from '../migrations.ts'
import { inTransaction } from './transaction.ts'

const folder = new URL('./migrations/', import.meta.url)

/** The program's own migrations. */
export function ownMigrations(): readonly Migration[] {
  return migrationsIn(folder)
}

/** The version of a database's schema; 0: nothing in it yet. */
export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
}

/**
 * Brings the schema up to the last migration, forward only, in one transaction: all steps or none.
 * Throws where the database is newer than the program, and where a step fails.
 */
export function migrate(database: DatabaseSync, migrations: readonly Migration[]): void {
  const version = schemaVersion(database)
  refuseNewer(version, migrations.length)
  if (version === migrations.length) return
  inTransaction(database, () => {
    for (const step of migrations.slice(version)) takeStep(database, step)
    database.exec(`PRAGMA user_version = ${migrations.length}`)
  })
}

function takeStep(database: DatabaseSync, step: Migration): void {
  try {
    database.exec(step.sql)
  } catch (cause) {
    throw stepFailed(step, cause)
  }
}
