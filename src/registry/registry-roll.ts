import { join } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type AccountRow, unpackAccount } from '../core/packed-account.ts'
import type { RegistryRoll } from '../core/registry.ts'
import { openGenerationFile } from './open-registry.ts'
import { readPointer } from './pointer.ts'

/** The registry of the embedded store in that folder, from end to end. Throws where nothing was imported there, or it can't be read. */
export function fileRegistryRoll(dir: string): RegistryRoll {
  const database = openNewest(dir)
  const ask = (where: string): StatementSync =>
    database.prepare(`SELECT account, branch, facts FROM account WHERE ${where} ORDER BY account, branch`, {
      returnArrays: true,
    })
  const byAccount = ask('account = ?')
  return {
    async *all(branch) {
      const rows = branch === null ? ask('true').iterate() : ask('branch = ?').iterate(branch)
      for (const row of rows) yield unpackAccount(row as unknown as AccountRow)
    },
    async named(accounts) {
      const found = accounts.map((number) => [number, byAccount.all(number) as unknown as AccountRow[]] as const)
      const known = found.filter(([, rows]) => rows.length > 0)
      return new Map(known.map(([number, rows]) => [number, rows.map(unpackAccount)]))
    },
    async close() {
      database.close()
    },
  }
}

function openNewest(dir: string): DatabaseSync {
  try {
    const pointer = readPointer(dir)
    if (pointer !== null) return openGenerationFile(join(dir, pointer.file))
  } catch (cause) {
    throw new Error('the registry in DATA_DIR cannot be read: look at its rights, or import it again', { cause })
  }
  throw new Error('there is no registry yet: import one first')
}
