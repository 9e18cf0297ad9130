import { chmodSync, closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Account } from '../core/facts.ts'
import { growingFilter } from '../core/filter.ts'
import { packAccount } from '../core/packed-account.ts'
import { type RegistryCounts, registryCounter } from '../core/registry.ts'
import { GENERATION_SCHEMA } from './layout.ts'

/** A generation that is being built; what it is to be is on disk after `finish`, not yet in use. */
export interface Generation {
  /** One account, given once; in order of number and branch. */
  add(account: Account): void
  finish(): RegistryCounts
  /** Lets go of everything, whatever state it is in. */
  abandon(): void
}

const CACHE_KIBIBYTES = 16_384

/** Builds a generation beside `file`, checks it, and renames it to `file` when it is whole and on disk. */
export function writeGeneration(file: string): Generation {
  const building = `${file}.building`
  const database = new DatabaseSync(building)
  // Every customer's number and phone: for nobody else on the machine, as the store's own file.
  chmodSync(building, 0o600)
  database.exec(`
    PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -${CACHE_KIBIBYTES};
    ${GENERATION_SCHEMA}
    BEGIN;
  `)
  const insert = database.prepare('INSERT INTO account (account, branch, facts) VALUES (?, ?, ?)')
  const insertAlias = database.prepare('INSERT OR IGNORE INTO alias (alias, account, branch) VALUES (?, ?, ?)')
  const insertPhone = database.prepare('INSERT INTO phone (phone, account, branch) VALUES (?, ?, ?)')
  const insertKnown = database.prepare('INSERT INTO known (keys, part, bits) VALUES (?, ?, ?)')
  const known = { account: growingFilter(), alias: growingFilter(), phone: growingFilter() }
  const counter = registryCounter()
  return {
    add(one) {
      const { account, branch, oldAccount, unifiedAccount, phone } = one
      counter.add(one)
      insert.run(account, branch, packAccount(one))
      known.account.add(account)
      for (const alias of [oldAccount, unifiedAccount]) {
        if (alias === null) continue
        insertAlias.run(alias, account, branch)
        known.alias.add(alias)
      }
      if (phone === null) return
      insertPhone.run(phone, account, branch)
      known.phone.add(phone)
    },
    finish() {
      for (const [keys, filter] of Object.entries(known)) {
        for (const [part, bits] of filter.parts().entries()) insertKnown.run(keys, part, bits)
      }
      database.exec('COMMIT')
      const isWhole = checksOut(database)
      database.close()
      if (!isWhole) throw new Error('the registry that was built is not whole: is the disk sound?')
      syncFile(building)
      renameSync(building, file)
      return counter.counts()
    },
    abandon() {
      if (database.isOpen) database.close()
    },
  }
}

/** Whether every page of it can be read, and is where it belongs. */
export function checksOut(database: DatabaseSync): boolean {
  const [check] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})
  return check === 'ok'
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
