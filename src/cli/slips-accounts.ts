import type { Account } from '../core/facts.ts'
import type { RegistryRoll } from '../core/registry.ts'
import { normaliseAccount } from '../language/normalise.ts'

/** Lines of a list that name no account: the first of them, and how many there are. */
export interface UnknownLines {
  readonly lines: number[]
  count: number
}

/** Accounts looked up at once. */
const AT_ONCE = 500
/** Lines that are named. */
const NAMED_MAX = 20

/**
 * The accounts of a list, one a line, in its order; an account number of several branches stands for all of them, an
 * empty line for none. After the first line that names no account it gives no more, and goes on to look for others.
 */
export async function* listedAccounts(
  lines: AsyncIterable<string>,
  roll: RegistryRoll,
  unknown: UnknownLines,
): AsyncGenerator<Account> {
  for await (const asked of batchesOf(lines)) {
    const found = await roll.named([...new Set(asked.map(({ account }) => account))])
    for (const { line, account } of asked) {
      const accounts = found.get(account)
      if (accounts === undefined) note(unknown, line)
      else if (unknown.count === 0) yield* accounts
    }
  }
}

interface Asked {
  readonly line: number
  readonly account: string
}

async function* batchesOf(lines: AsyncIterable<string>): AsyncGenerator<readonly Asked[]> {
  let batch: Asked[] = []
  let line = 0
  for await (const text of lines) {
    line++
    // Spreadsheets put a mark before the first character of a file.
    const written = text.replace(/^\ufeff/, '').trim()
    if (written === '') continue
    batch.push({ line, account: normaliseAccount(written) })
    if (batch.length < AT_ONCE) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function note(unknown: UnknownLines, line: number): void {
  unknown.count++
  if (unknown.lines.length < NAMED_MAX) unknown.lines.push(line)
}
