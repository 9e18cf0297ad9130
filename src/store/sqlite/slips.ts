import type { DatabaseSync } from 'node:sqlite'
import type { SlipStore } from '../../core/slip-claim.ts'
import type { Decision } from '../../core/store.ts'
import { comparisonRead, reviewedSlipRead, slipRead, waitingSlipRead } from '../slip-rows.ts'
import { rowsOf } from './rows.ts'
import type { Synchronous } from './synchronous.ts'

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
export function sqliteSlips(database: DatabaseSync): Synchronous<SlipStore> {
  const of = rowsOf<[record: string]>(
    database,
    'SELECT record FROM slip WHERE identity = ? AND record IS NOT NULL ORDER BY number DESC LIMIT ?',
  )
  const taken = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'slip'")
  const waiting = database.prepare(
    'SELECT count(*) AS count FROM slip WHERE review IS NOT NULL AND reviewed_at IS NULL AND record IS NOT NULL',
  )
  const reviewed = database.prepare(
    'SELECT count(*) AS count, coalesce(sum(disagrees), 0) AS disagreed FROM slip WHERE reviewed_at IS NOT NULL',
  )
  const toReview = rowsOf<[number: number, record: string]>(
    database,
    `SELECT number, record FROM slip
     WHERE review IS NOT NULL AND reviewed_at IS NULL AND record IS NOT NULL AND number > ? ORDER BY number LIMIT ?`,
  )
  const one = rowsOf<[record: string, verdict: string]>(
    database,
    'SELECT record, verdict FROM slip WHERE number = ? AND reviewed_at IS NOT NULL AND record IS NOT NULL',
  )
  const comparisons = rowsOf<Parameters<typeof comparisonRead>[0]>(
    database,
    `SELECT review, record, verdict FROM slip
     WHERE reviewed_at IS NOT NULL AND record IS NOT NULL ORDER BY number DESC LIMIT ?`,
  )
  return {
    slipsOf: (identity, limit) => of(identity, limit).map(([record]) => slipRead(record)),
    slipCounts() {
      const compared = reviewed.get() as { count: number; disagreed: number }
      return {
        taken: Number(taken.get()?.['seq'] ?? 0),
        waiting: Number(waiting.get()?.['count']),
        reviewed: compared.count,
        disagreed: compared.disagreed,
      }
    },
    slipsToReview: (after, limit) => toReview(after, limit).map(waitingSlipRead),
    slipReviewed(number) {
      const [row] = one(number)
      return row === undefined ? null : reviewedSlipRead(number, row)
    },
    slipComparisons: (limit) => comparisons(limit).map(comparisonRead),
  }
}
