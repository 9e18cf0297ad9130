import type { ReviewReason, SlipStore } from '../../core/slip-claim.ts'
import type { Decision } from '../../core/store.ts'
import { comparisonRead, reviewedSlipRead, slipRead, waitingSlipRead } from '../slip-rows.ts'
import type { Asked, Session } from './session.ts'

/** Counts those that are new: a row that no transaction has locked or replaced (xmax) was inserted by this very statement. */
const TAKE = {
  name: 'write-slips',
  text: `WITH written AS (
      INSERT INTO slip (submission_id, identity, record, written_at, review)
      SELECT submission_id, identity, record, $1::timestamptz, review
      FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[])
        WITH ORDINALITY AS slips (submission_id, identity, record, review, place) ORDER BY place
      ON CONFLICT (submission_id) DO UPDATE SET record = excluded.record, review = excluded.review
      RETURNING xmax = 0 AS is_new)
    UPDATE slips_taken SET count = slips_taken.count + (SELECT count(*) FROM written WHERE is_new)`,
}
const REVIEW = {
  name: 'write-slip-verdicts',
  text: `UPDATE slip SET reviewed_at = $1::timestamptz, verdict = verdicts.verdict, disagrees = verdicts.disagrees
    FROM unnest($2::uuid[], $3::text[], $4::boolean[]) AS verdicts (submission_id, verdict, disagrees)
    WHERE slip.submission_id = verdicts.submission_id`,
}

/** The statements that write what a batch leaves of slips and of their reviews; none where there are none. */
export function slipsOf(decisions: readonly Decision[], writtenAt: string): readonly Asked[] {
  const slips = decisions.flatMap(({ slip }) => (slip === undefined ? [] : [slip]))
  const verdicts = decisions.flatMap(({ slipVerdict }) => (slipVerdict === undefined ? [] : [slipVerdict]))
  const taken = [
    slips.map(({ submissionId }) => submissionId),
    slips.map(({ identity }) => identity),
    slips.map((slip) => JSON.stringify(slip)),
    slips.map(({ review }) => review),
  ]
  const reviewed = [
    verdicts.map(({ reviews }) => reviews),
    verdicts.map(({ values }) => JSON.stringify(values)),
    verdicts.map(({ disagrees }) => disagrees),
  ]
  return [
    ...(slips.length > 0 ? [{ statement: TAKE, values: [writtenAt, ...taken] }] : []),
    ...(verdicts.length > 0 ? [{ statement: REVIEW, values: [writtenAt, ...reviewed] }] : []),
  ]
}

const OF = {
  name: 'slips-of',
  text: 'SELECT record FROM slip WHERE identity = $1 AND record IS NOT NULL ORDER BY number DESC LIMIT $2',
}
const COUNTS = {
  name: 'slip-counts',
  text: `SELECT
    (SELECT slips_taken.count FROM slips_taken),
    (SELECT count(*) FROM slip WHERE review IS NOT NULL AND reviewed_at IS NULL AND record IS NOT NULL),
    count(*), count(*) FILTER (WHERE disagrees) FROM slip WHERE reviewed_at IS NOT NULL`,
}
const TO_REVIEW = {
  name: 'slips-to-review',
  text: `SELECT number, record FROM slip
    WHERE review IS NOT NULL AND reviewed_at IS NULL AND record IS NOT NULL AND number > $1 ORDER BY number LIMIT $2`,
}
const REVIEWED = {
  name: 'slip-reviewed',
  text: 'SELECT record, verdict FROM slip WHERE number = $1 AND reviewed_at IS NOT NULL AND record IS NOT NULL',
}
const COMPARISONS = {
  name: 'slip-comparisons',
  text: `SELECT review, record, verdict FROM slip
    WHERE reviewed_at IS NOT NULL AND record IS NOT NULL ORDER BY number DESC LIMIT $1`,
}

/** Slips, looked up. */
export function postgresSlips(session: Session): SlipStore {
  return {
    async slipsOf(identity, limit) {
      const { rows } = await session.ask<[record: string]>(OF, [identity, limit])
      return rows.map(([record]) => slipRead(record))
    },
    async slipCounts() {
      const { rows } = await session.ask<[string, string, string, string]>(COUNTS)
      const [taken = 0, waiting = 0, reviewed = 0, disagreed = 0] = (rows[0] ?? []).map(Number)
      return { taken, waiting, reviewed, disagreed }
    },
    async slipsToReview(after, limit) {
      const { rows } = await session.ask<[number: string, record: string]>(TO_REVIEW, [after, limit])
      return rows.map(waitingSlipRead)
    },
    async slipReviewed(number) {
      const { rows } = await session.ask<[record: string, verdict: string]>(REVIEWED, [number])
      const [row] = rows
      return row === undefined ? null : reviewedSlipRead(number, row)
    },
    async slipComparisons(limit) {
      const { rows } = await session.ask<[ReviewReason, string, string]>(COMPARISONS, [limit])
      return rows.map(comparisonRead)
    },
  }
}
