import { errorCode } from '../../core/error-code.ts'
import { type AccountRow, unpackAccount } from '../../core/packed-account.ts'
import type { RegistryRoll } from '../../core/registry.ts'
import { readingPool, unusable } from './connection.ts'
import { generationInUse, postgresRegistry, registryTable, UNDEFINED_TABLE } from './registry.ts'
import { sessionOf } from './session.ts'

/** Accounts a statement: some 200 kB, well within the time that a statement may take. */
const ROWS_AT_ONCE = 1_000

/**
 * The registry in the database, from end to end: page by page by its key, so that nothing is held open in between. An
 * import meanwhile leaves the table that is read, the one after removes it: then it throws.
 */
export async function postgresRegistryRoll(url: string, monotonicMs: () => number): Promise<RegistryRoll> {
  const pool = readingPool(url)
  const session = sessionOf(pool)
  const registry = postgresRegistry(session, monotonicMs)
  const generation = await generationInUse(session).catch(async (error: unknown) => {
    await pool.end()
    // Neither a gateway nor an import has made the table yet.
    if (errorCode(error) === UNDEFINED_TABLE) nothingImported()
    throw unusable(error)
  })
  return {
    async *all(branch) {
      const table = registryTable(generation ?? nothingImported())
      for (let last: readonly [string, string] = ['', '']; ; ) {
        const values = [...last, branch]
        const { rows } = await session.ask<AccountRow>({ text: pageOf(table) }, values)
        yield* rows.map(unpackAccount)
        const end = rows.at(-1)
        if (end === undefined || rows.length < ROWS_AT_ONCE) return
        last = [end[0], end[1]]
      }
    },
    async named(accounts) {
      const known = await registry.load({ accounts: new Set(accounts) })
      if (known.state === 'empty') nothingImported()
      if (known.state === 'down') throw new Error('the registry in the database cannot be read')
      return known.byAccount
    },
    close: () => pool.end(),
  }
}

const pageOf = (table: string): string => `
  SELECT account, branch, facts FROM ${table}
  WHERE (account, branch) > ($1, $2) AND ($3::text IS NULL OR branch = $3)
  ORDER BY account, branch LIMIT ${ROWS_AT_ONCE}`

function nothingImported(): never {
  throw new Error('there is no registry yet: import one first')
}
