import type { DatabaseSync } from 'node:sqlite'
import type { Decision } from '../../core/store.ts'
import { type Fold, type FoldPlace, foldStart, sqliteFold } from './fold.ts'
import { knownTo } from './known.ts'
import type { Left } from './layer.ts'
import { unpackLeft } from './packed.ts'
import { type Pending, pendingOver } from './pending.ts'
import { sqliteRecords } from './records.ts'
import { inTransaction } from './transaction.ts'
import { sqliteWrites } from './writes.ts'

/**
 * Submissions after which a layer of the journal is folded. More: fewer pages are written for a message, more memory
 * (some 1 kB each) and a longer start after a crash.
 */
const FOLD_AFTER = 16_000
/** Rows folded with each submission: one has some two, so a layer is in the tables before the next is full. */
const FOLD_ROWS_A_SUBMISSION = 3
const FOLD_ROWS_MIN = 20

/** How the journal is kept. */
export interface JournalOptions {
  /** The gateway's clock, ISO instant. */
  readonly now: () => string
  /** Submissions after which a layer is folded; absent: 16,000. */
  readonly foldAfter?: number
}

/** The journal: batches are appended to it; look-ups see all of it, folded or not. */
export interface SqliteJournal {
  /** One batch in one transaction, looked up, decided and written; on the disk when this returns, or nothing of it. */
  append(writtenAt: string, decide: (records: Pending) => readonly Decision[]): void
  records(): Pending
  /** Folds all there is, at once. */
  fold(): void
}

/** Folds at once what the last process left unfolded. */
export function sqliteJournal(database: DatabaseSync, { now, foldAfter = FOLD_AFTER }: JournalOptions): SqliteJournal {
  const known = knownTo(database)
  const pending = pendingOver(sqliteRecords(database, known, now))
  const write = sqliteWrites(database)
  const foldOf = sqliteFold(database, known)
  let folding: { readonly fold: Fold; readonly place: FoldPlace } | null = null

  const begun = () => ({ fold: foldOf(pending.turn()), place: foldStart })

  function foldSome(rows: number): FoldPlace | null {
    if (pending.size() >= foldAfter) folding ??= begun()
    return folding === null ? null : folding.fold(folding.place, rows)
  }

  /** Only what is committed is folded: a transaction that failed is folded again from where it began. */
  function foldedTo(place: FoldPlace | null): void {
    if (folding === null) return
    if (place === null) pending.folded()
    folding = place === null ? null : { fold: folding.fold, place }
  }

  function foldAll(): void {
    while (folding !== null || pending.size() > 0) {
      folding ??= begun()
      foldedTo(inTransaction(database, () => foldSome(Number.POSITIVE_INFINITY)))
    }
  }

  for (const { first, left } of unfolded(database)) pending.add(left, first)
  foldAll()
  return {
    // The lock is taken before the look-ups: nobody else writes, and one read transaction spans them all.
    append(writtenAt, decide) {
      const { decisions, first, place } = inTransaction(database, () => {
        pending.begin()
        const decisions = decide(pending)
        pending.refuseRepeats(decisions)
        const first = write(decisions, writtenAt)
        const place = foldSome(Math.max(FOLD_ROWS_MIN, decisions.length * FOLD_ROWS_A_SUBMISSION))
        return { decisions, first, place }
      })
      foldedTo(place)
      pending.add(decisions, first)
    },
    records: () => pending,
    fold: foldAll,
  }
}

/**
 * What a process that was killed had committed and not folded: read back from the journal, batch by batch. Throws where a
 * batch is not what this version writes: left out, its readings would count as never sent.
 */
function* unfolded(database: DatabaseSync): Generator<{ readonly first: number; readonly left: readonly Left[] }> {
  const batches = database.prepare(
    'SELECT first, submissions, raw FROM batch WHERE first > (SELECT folded_to FROM store_state) ORDER BY first',
  )
  for (const { first, submissions, raw } of batches.iterate()) {
    yield { first: Number(first), left: leftIn(String(submissions), String(raw)) }
  }
}

function leftIn(submissions: string, raw: string): readonly Left[] {
  try {
    return unpackLeft(submissions, raw)
  } catch (cause) {
    throw new Error('the journal of the store cannot be read: put a backup back, or start the version that wrote it', {
      cause,
    })
  }
}
