import type { Decision, ReceiptStore } from '../../core/store.ts'
import { type ReceiptRow, receiptsRead } from '../json-read.ts'
import { type Asked, columnsOf, type Session } from './session.ts'

const WRITE = {
  name: 'write-receipts',
  text: `INSERT INTO receipt (channel, recipient, submission_id, message, written_at, not_before)
    SELECT channel, recipient, submission_id, message, $1::timestamptz, $1::timestamptz
    FROM unnest($2::text[], $3::text[], $4::uuid[], $5::text[])
      WITH ORDINALITY AS said (channel, recipient, submission_id, message, place) ORDER BY place`,
}

/** The statement that writes a batch's receipts, in its turn; none where there are none. `writtenAt`: ISO instant. */
export function receiptsOf(decisions: readonly Decision[], writtenAt: string): readonly Asked[] {
  const all = decisions.flatMap(({ delivery: { channel }, answer: { submissionId }, receipts = [] }) =>
    receipts.map(({ to, message }) => ({ channel, to, submissionId, message: JSON.stringify(message) })),
  )
  if (all.length === 0) return []
  return [{ statement: WRITE, values: [writtenAt, ...columnsOf(all, 'channel', 'to', 'submissionId', 'message')] }]
}

/** Another gateway's hand-out in the same moment is passed over, for what it took is not due any more. */
const DUE = {
  name: 'receipts-due',
  text: `WITH due AS (
      SELECT seq FROM receipt AS one WHERE channel = $1 AND result IS NULL AND not_before <= $2 AND NOT EXISTS (
        SELECT 1 FROM receipt AS older WHERE older.channel = one.channel AND older.recipient = one.recipient
          AND older.result IS NULL AND older.seq < one.seq)
      ORDER BY not_before, seq LIMIT $3 FOR UPDATE SKIP LOCKED)
    UPDATE receipt SET not_before = $4, is_out = true FROM due WHERE receipt.seq = due.seq
    RETURNING receipt.seq, channel, recipient, message, submission_id, tries`,
}
/** What a callback ended stays ended, but the messenger's own yes with its id says more. */
const END = {
  name: 'receipt-end',
  text: `UPDATE receipt SET result = $2::text, why = $3, provider_id = coalesce($4, provider_id), tries = tries + 1,
      is_out = false
    WHERE seq = $1 AND (result IS NULL OR $2::text = 'taken')`,
}
const PUT_OFF = {
  name: 'receipt-put-off',
  text: `UPDATE receipt SET why = $2, not_before = $3, is_out = $4, tries = tries + 1
    WHERE seq = $1 AND result IS NULL`,
}
const FAILED = {
  name: 'receipt-failed',
  text: 'UPDATE receipt SET failed_at = $3 WHERE channel = $1 AND provider_id = $2',
}
const REACHED = {
  name: 'receipt-reached',
  text: `UPDATE receipt SET result = 'reached', provider_id = $3, is_out = false
    WHERE seq = (SELECT seq FROM receipt WHERE channel = $1 AND recipient = $2 AND result IS NULL ORDER BY seq LIMIT 1)
      AND result IS NULL AND is_out AND NOT EXISTS (SELECT 1 FROM receipt WHERE channel = $1 AND provider_id = $3)`,
}
const STATE = {
  name: 'receipt-state',
  text: `SELECT waiting, (SELECT written_at FROM receipt WHERE seq = oldest)
    FROM (SELECT count(*) AS waiting, min(seq) AS oldest FROM receipt WHERE channel = $1 AND result IS NULL) AS all_of`,
}

/** Receipts, handed out and noted; no turn is needed, for each statement is about rows that are there. */
export function postgresReceipts(session: Session): ReceiptStore {
  return {
    async receiptsDue(channel, now, limit, until) {
      const { rows } = await session.ask<ReceiptRow>(DUE, [channel, now, limit, until])
      return receiptsRead(rows)
    },
    async noteSent(seq, sent, notBefore) {
      if (sent.kind === 'later') {
        await session.ask(PUT_OFF, [seq, sent.why, notBefore, sent.inDoubt === true])
        return
      }
      const [why, providerId] = sent.kind === 'taken' ? [null, sent.providerId] : [sent.why, null]
      await session.ask(END, [seq, sent.kind, why, providerId])
    },
    async noteFailed(channel, providerId, at) {
      await session.ask(FAILED, [channel, providerId, at])
    },
    async noteReached(channel, to, providerId) {
      await session.ask(REACHED, [channel, to, providerId])
    },
    async receiptState(channel) {
      const { rows } = await session.ask<[string, Date | null]>(STATE, [channel])
      const [waiting, oldest] = rows[0] ?? ['0', null]
      return { waiting: Number(waiting), oldestAt: oldest?.toISOString() ?? null }
    },
  }
}
