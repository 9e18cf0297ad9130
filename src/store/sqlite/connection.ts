import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { refuseOther } from '../migrations.ts'
import { migrate, ownMigrations, schemaVersion } from './migrate.ts'

/** The store's file in the data directory. */
export const storeFile = 'gateway.sqlite'

/** How long a locked database is waited for, on the only thread there is: longer, and nobody is answered at all. */
const LOCK_WAIT_MS = 250

/**
 * Pages (4 KiB) in the write-ahead log before they are moved into the database: 1.6 MiB. Moving them stops everything,
 * so it is done often and takes little: with 4,000 pages the slowest hundredth of requests waited 22 ms, with these 12 ms,
 * at the same processor time.
 */
const CHECKPOINT_PAGES = 400

/** Pages kept in memory, in KiB: those in the middle of the tables' trees, which each row that is folded needs. */
const CACHE_KIBIBYTES = 32_768

/**
 * Opens the store's database for writing: WAL and `synchronous=FULL`, so that a commit is on the disk when it returns.
 * Throws where it can't be opened, is newer than the program, or a migration fails.
 */
export function connect(dir: string): DatabaseSync {
  const path = join(dir, storeFile)
  const database = new DatabaseSync(path, { timeout: LOCK_WAIT_MS })
  try {
    chmodSync(path, 0o600)
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('PRAGMA synchronous = FULL')
    // What is replaced is overwritten where that costs no page more, so that no old text stays behind a row.
    database.exec('PRAGMA secure_delete = FAST')
    database.exec(`PRAGMA cache_size = -${CACHE_KIBIBYTES}`)
    database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    migrate(database, ownMigrations())
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Opens it for reading beside a running gateway. Throws where there is none, or it is newer or older than the program. */
export function connectReader(dir: string): DatabaseSync {
  const path = join(dir, storeFile)
  if (!existsSync(path)) throw new Error('there is no store in DATA_DIR: has the gateway run there?')
  const database = new DatabaseSync(path, { readOnly: true, timeout: LOCK_WAIT_MS })
  try {
    refuseOther(schemaVersion(database), ownMigrations().length)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
