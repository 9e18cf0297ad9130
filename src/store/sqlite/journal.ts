import type { DatabaseSync } from 'node:sqlite'
import type { Answer } from '../../core/delivery.ts'
import type { Commit } from '../../core/store.ts'
import { sqliteFold } from './fold.ts'
import { type Left, type Pending, pendingOver } from './pending.ts'
import { sqliteRecords } from './records.ts'
import { inTransaction } from './transaction.ts'
import { sqliteWrites } from './writes.ts'

/**
 * Submissions after which the journal is folded. More: fewer pages are written for a message, and the pause for those
 * who wait in the meantime is longer.
 */
const FOLD_AFTER = 2_000

/** The journal: batches are appended to it; look-ups see all of it, folded or not. */
export interface SqliteJournal {
  /** One batch in one transaction, looked up, judged and written; on the disk when this returns, or nothing of it. */
  append(writtenAt: string, judge: (records: Pending) => Commit): void
  records(): Pending
  fold(): void
}

/** Folds at once what the last process left unfolded. `now`: the gateway's clock, ISO instant. */
export function sqliteJournal(database: DatabaseSync, now: () => string): SqliteJournal {
  const folded = sqliteRecords(database, now)
  const write = sqliteWrites(database)
  const foldAll = sqliteFold(database)
  let pending = pendingOver(folded)
  const fold = () => {
    foldAll(pending.unfolded())
    pending = pendingOver(folded)
  }
  pending.add(unfoldedRows(database))
  if (pending.size() > 0) fold()
  return {
    // The lock is taken before the look-ups: nobody else writes, and one read transaction spans them all.
    append(writtenAt, judge) {
      if (pending.size() >= FOLD_AFTER) fold()
      const decisions = inTransaction(database, () => {
        pending.begin()
        const commit = judge(pending)
        pending.claim(commit.decisions)
        write(commit, writtenAt)
        return commit.decisions
      })
      pending.add(decisions)
    },
    records: () => pending,
    fold,
  }
}

/** What a process that was killed had committed and not folded: read back from the journal. */
function unfoldedRows(database: DatabaseSync): readonly Left[] {
  const rows = database.prepare(
    `SELECT answer, raw FROM submission WHERE number > (SELECT folded_to FROM store_state) ORDER BY number`,
  )
  return rows.all().map(({ answer, raw }) => ({
    ...(JSON.parse(String(raw)) as Omit<Left, 'answer'>),
    answer: JSON.parse(String(answer)) as Answer,
  }))
}
