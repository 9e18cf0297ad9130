import type { DatabaseSync } from 'node:sqlite'
import type { Answer } from '../../core/delivery.ts'
import type { Commit } from '../../core/store.ts'
import { type Folding, sqliteFold } from './fold.ts'
import type { Left } from './layer.ts'
import { type Pending, pendingOver } from './pending.ts'
import { sqliteRecords } from './records.ts'
import { inTransaction } from './transaction.ts'
import { sqliteWrites } from './writes.ts'

/**
 * Submissions after which a layer of the journal is folded. More: fewer pages are written for a message, more memory
 * (some 2 kB each) and a longer start after a crash.
 */
const FOLD_AFTER = 8_000
/** Rows folded with each submission: one has some three, so a layer is in the tables before the next is full. */
const FOLD_ROWS_A_SUBMISSION = 4
const FOLD_ROWS_MIN = 20

/** The journal: batches are appended to it; look-ups see all of it, folded or not. */
export interface SqliteJournal {
  /** One batch in one transaction, looked up, judged and written; on the disk when this returns, or nothing of it. */
  append(writtenAt: string, judge: (records: Pending) => Commit): void
  records(): Pending
  /** Folds all there is, at once. */
  fold(): void
}

/** Folds at once what the last process left unfolded. `now`: the gateway's clock, ISO instant. */
export function sqliteJournal(database: DatabaseSync, now: () => string): SqliteJournal {
  const pending = pendingOver(sqliteRecords(database, now))
  const write = sqliteWrites(database)
  const foldingOf = sqliteFold(database)
  let folding: { readonly of: Folding; done: number } | null = null

  function foldSome(rows: number): number {
    if (folding === null && pending.size() >= FOLD_AFTER) folding = { of: foldingOf(pending.turn()), done: 0 }
    return folding === null ? 0 : folding.of.write(folding.done, rows)
  }

  function foldedTo(done: number): void {
    if (folding === null) return
    folding.done = done
    if (done < folding.of.rows) return
    pending.folded()
    folding = null
  }

  function foldAll(): void {
    while (folding !== null) foldedTo(inTransaction(database, () => foldSome(Number.MAX_SAFE_INTEGER)))
    if (pending.size() === 0) return
    folding = { of: foldingOf(pending.turn()), done: 0 }
    foldAll()
  }

  const left = unfoldedRows(database)
  pending.add(
    left.map((row) => row.left),
    left.map((row) => row.number),
  )
  foldAll()
  return {
    // The lock is taken before the look-ups: nobody else writes, and one read transaction spans them all.
    append(writtenAt, judge) {
      const { decisions, numbers, done } = inTransaction(database, () => {
        pending.begin()
        const { decisions } = judge(pending)
        pending.claim(decisions)
        const numbers = write(decisions, writtenAt)
        const done = foldSome(Math.max(FOLD_ROWS_MIN, decisions.length * FOLD_ROWS_A_SUBMISSION))
        return { decisions, numbers, done }
      })
      foldedTo(done)
      pending.add(decisions, numbers)
    },
    records: () => pending,
    fold: foldAll,
  }
}

/** What a process that was killed had committed and not folded: read back from the journal. */
function unfoldedRows(database: DatabaseSync): readonly { readonly number: number; readonly left: Left }[] {
  const rows = database.prepare(
    `SELECT number, answer, raw FROM submission WHERE number > (SELECT folded_to FROM store_state) ORDER BY number`,
  )
  return rows.all().map(({ number, answer, raw }) => ({
    number: Number(number),
    left: { ...(JSON.parse(String(raw)) as Omit<Left, 'answer'>), answer: JSON.parse(String(answer)) as Answer },
  }))
}
