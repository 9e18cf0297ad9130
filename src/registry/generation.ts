import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Account } from '../core/facts.ts'
import { packAccount } from '../core/packed-account.ts'
import { GENERATION_SCHEMA } from './layout.ts'

/** How much an import brought. */
export interface Counts {
  readonly accounts: number
  readonly meters: number
  readonly registers: number
}

/** Takes the accounts of one import; another store writes another one of these. */
export interface RegistryWriter {
  /** One account, given once; in order of number and branch. */
  add(account: Account): void
  /** Makes all of them durable, not yet visible. */
  finish(): Counts
  /** Lets go of everything; `finish` is not called then. */
  abandon(): void
}

const CACHE_KIBIBYTES = 32_768

/** Builds a generation beside `file`, checks it, and renames it to `file` when it is whole and on disk. */
export function writeGeneration(file: string): RegistryWriter {
  const building = `${file}.building`
  const database = new DatabaseSync(building)
  database.exec(`
    PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -${CACHE_KIBIBYTES};
    ${GENERATION_SCHEMA}
    BEGIN;
  `)
  const insert = database.prepare('INSERT INTO account (id, account, branch, facts) VALUES (?, ?, ?, ?)')
  const insertAlias = database.prepare('INSERT OR IGNORE INTO alias (alias, id) VALUES (?, ?)')
  const insertPhone = database.prepare('INSERT INTO phone (phone, id) VALUES (?, ?)')
  const count = { accounts: 0, meters: 0, registers: 0 }
  return {
    add(account) {
      const id = ++count.accounts
      insert.run(id, account.account, account.branch, packAccount(account))
      if (account.oldAccount !== null) insertAlias.run(account.oldAccount, id)
      if (account.unifiedAccount !== null) insertAlias.run(account.unifiedAccount, id)
      if (account.phone !== null) insertPhone.run(account.phone, id)
      count.meters += account.meters.length
      for (const { registers } of account.meters) count.registers += registers.length
    },
    finish() {
      database.exec('COMMIT')
      const [check] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})
      database.close()
      if (check !== 'ok') throw new Error('the registry that was built is not whole: is the disk sound?')
      syncFile(building)
      renameSync(building, file)
      return { ...count }
    },
    abandon: () => database.close(),
  }
}

/** Waits until a file, or the names in a folder, are on disk. */
export function syncFile(path: string): void {
  const fd = openSync(path, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
