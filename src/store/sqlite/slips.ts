import type { DatabaseSync } from 'node:sqlite'
import type {
  ReviewedSlip,
  ReviewReason,
  SlipComparison,
  SlipCounts,
  SlipRecord,
  WaitingSlip,
} from '../../core/slip-claim.ts'
import type { Decision } from '../../core/store.ts'

/** Slips as the port of the store has them. */
export interface SqliteSlips {
  of(identity: string, limit: number): readonly SlipRecord[]
  counts(): SlipCounts
  toReview(after: number, limit: number): readonly WaitingSlip[]
  reviewed(number: number): ReviewedSlip | null
  comparisons(limit: number): readonly SlipComparison[]
}

/** Writes what a decision leaves of a slip, or of its review, in the caller's transaction. `writtenAt`: ISO instant. */
export function slipWrite(database: DatabaseSync): (decision: Decision, writtenAt: string) => void {
  const take = database.prepare(
    'INSERT INTO slip (submission_id, identity, record, written_at, review) VALUES (?, ?, ?, ?, ?)',
  )
  // No upsert: it would take a number of its own, and the numbers count the slips.
  const replace = database.prepare('UPDATE slip SET record = ?, review = ? WHERE submission_id = ?')
  const review = database.prepare('UPDATE slip SET reviewed_at = ?, verdict = ?, disagrees = ? WHERE submission_id = ?')
  return ({ slip, slipVerdict }, writtenAt) => {
    if (slip !== undefined) {
      const record = JSON.stringify(slip)
      const { changes } = replace.run(record, slip.review, slip.submissionId)
      if (changes === 0) take.run(slip.submissionId, slip.identity, record, writtenAt, slip.review)
    }
    if (slipVerdict !== undefined)
      review.run(writtenAt, JSON.stringify(slipVerdict.values), slipVerdict.disagrees ? 1 : 0, slipVerdict.reviews)
  }
}

/** Looks slips up; everything here is read by an index. */
export function sqliteSlips(database: DatabaseSync): SqliteSlips {
  const of = database.prepare(
    'SELECT record FROM slip WHERE identity = ? AND record IS NOT NULL ORDER BY number DESC LIMIT ?',
  )
  const taken = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'slip'")
  const waiting = database.prepare(
    'SELECT count(*) AS count FROM slip WHERE review IS NOT NULL AND reviewed_at IS NULL AND record IS NOT NULL',
  )
  const reviewed = database.prepare(
    'SELECT count(*) AS count, coalesce(sum(disagrees), 0) AS disagreed FROM slip WHERE reviewed_at IS NOT NULL',
  )
  const toReview = database.prepare(
    `SELECT number, record FROM slip
     WHERE review IS NOT NULL AND reviewed_at IS NULL AND record IS NOT NULL AND number > ? ORDER BY number LIMIT ?`,
  )
  const one = database.prepare(
    'SELECT record, verdict FROM slip WHERE number = ? AND reviewed_at IS NOT NULL AND record IS NOT NULL',
  )
  const comparisons = database.prepare(
    `SELECT review, record, verdict FROM slip
     WHERE reviewed_at IS NOT NULL AND record IS NOT NULL ORDER BY number DESC LIMIT ?`,
  )
  return {
    of: (identity, limit) => of.all(identity, limit).map(({ record }) => JSON.parse(String(record)) as SlipRecord),
    counts() {
      const compared = reviewed.get() as { count: number; disagreed: number }
      return {
        taken: Number(taken.get()?.['seq'] ?? 0),
        waiting: Number(waiting.get()?.['count']),
        reviewed: compared.count,
        disagreed: compared.disagreed,
      }
    },
    toReview: (after, limit) =>
      toReview
        .all(after, limit)
        .map(({ number, record }) => ({ ...(JSON.parse(String(record)) as SlipRecord), number: Number(number) })),
    reviewed(number) {
      const row = one.get(number)
      if (row === undefined) return null
      return {
        ...JSON.parse(String(row['record'])),
        number,
        values: JSON.parse(String(row['verdict'])),
      } as ReviewedSlip
    },
    comparisons: (limit) => comparisons.all(limit).map((row) => comparisonOf(row as unknown as ComparedRow)),
  }
}

interface ComparedRow {
  readonly review: ReviewReason
  readonly record: string
  readonly verdict: string
}

function comparisonOf({ review, record, verdict }: ComparedRow): SlipComparison {
  const { registers } = JSON.parse(record) as SlipRecord
  return { review, registers, values: JSON.parse(verdict) as SlipComparison['values'] }
}
