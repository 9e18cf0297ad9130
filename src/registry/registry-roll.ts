import { join } from 'node:path'
import type { StatementSync } from 'node:sqlite'
import type { Account } from '../core/facts.ts'
import { unpackAccount } from '../core/packed-account.ts'
import type { RegistryRoll } from '../core/registry.ts'
import { openGenerationFile } from './open-registry.ts'
import { readPointer } from './pointer.ts'

type Row = [account: string, branch: string, facts: string]

/** The registry of the embedded store in that folder, from end to end. Throws where nothing was imported there. */
export function fileRegistryRoll(dir: string): RegistryRoll {
  const pointer = readPointer(dir)
  if (pointer === null) throw new Error('there is no registry yet: import one first')
  const database = openGenerationFile(join(dir, pointer.file))
  const ask = (where: string): StatementSync =>
    database.prepare(`SELECT account, branch, facts FROM account WHERE ${where} ORDER BY account, branch`, {
      returnArrays: true,
    })
  const byAccount = ask('account = ?')
  return {
    async *all(branch) {
      const rows = branch === null ? ask('true').iterate() : ask('branch = ?').iterate(branch)
      for (const row of rows) yield accountOf(row as unknown as Row)
    },
    async named(accounts) {
      const found = accounts.map((number) => [number, byAccount.all(number) as unknown as Row[]] as const)
      return new Map(found.filter(([, rows]) => rows.length > 0).map(([number, rows]) => [number, rows.map(accountOf)]))
    },
    async close() {
      database.close()
    },
  }
}

function accountOf([account, branch, facts]: Row): Account {
  return unpackAccount(account, branch, facts)
}
