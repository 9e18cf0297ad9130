import type { DatabaseSync } from 'node:sqlite'
import type { Decision, ReceiptStore } from '../../core/store.ts'
import { type ReceiptRow, receiptsRead } from '../json-read.ts'
import { rowsOf } from './rows.ts'
import type { Synchronous } from './synchronous.ts'
import { withoutSync } from './transaction.ts'

/** Writes a decision's receipts, in the caller's transaction. `writtenAt`: ISO instant. */
export function receiptWrite(database: DatabaseSync): (decision: Decision, writtenAt: string) => void {
  const insert = database.prepare(
    `INSERT INTO receipt (channel, recipient, submission_id, message, written_at, not_before)
     VALUES (?1, ?2, ?3, ?4, ?5, ?5)`,
  )
  return ({ delivery, answer, receipts }, writtenAt) => {
    if (receipts === undefined) return
    for (const { to, message } of receipts) {
      insert.run(delivery.channel, to, answer.submissionId, JSON.stringify(message), writtenAt)
    }
  }
}

/**
 * Receipts, handed out and noted; instants are written in one way. A hand-out or a result that is lost with the power is
 * no worse than a sender that dies before it notes one, so none of them waits for the disk; requests would wait with it.
 */
export function sqliteReceipts(database: DatabaseSync): Synchronous<ReceiptStore> {
  const handOut = rowsOf<ReceiptRow>(
    database,
    `UPDATE receipt SET not_before = ?4, is_out = 1 WHERE seq IN (
       SELECT seq FROM receipt AS one WHERE channel = ?1 AND result IS NULL AND not_before <= ?2 AND NOT EXISTS (
         SELECT 1 FROM receipt AS older WHERE older.channel = one.channel AND older.recipient = one.recipient
           AND older.result IS NULL AND older.seq < one.seq)
       ORDER BY not_before, seq LIMIT ?3)
     RETURNING seq, channel, recipient, message, submission_id, tries`,
  )
  const noteSent = sentNote(database)
  const noteFailed = database.prepare('UPDATE receipt SET failed_at = ? WHERE channel = ? AND provider_id = ?')
  const noteReached = database.prepare(
    `UPDATE receipt SET result = 'reached', provider_id = ?3, is_out = 0
     WHERE seq = (SELECT seq FROM receipt WHERE channel = ?1 AND recipient = ?2 AND result IS NULL ORDER BY seq LIMIT 1)
       AND is_out = 1 AND NOT EXISTS (SELECT 1 FROM receipt WHERE channel = ?1 AND provider_id = ?3)`,
  )
  const state = database.prepare(
    `SELECT waiting, (SELECT written_at FROM receipt WHERE seq = oldest) AS oldestAt
     FROM (SELECT count(*) AS waiting, min(seq) AS oldest FROM receipt WHERE channel = ? AND result IS NULL)`,
  )
  return {
    receiptsDue: (...asked) => withoutSync(database, () => receiptsRead(handOut(...asked))),
    noteSent: (...noted) => withoutSync(database, () => noteSent(...noted)),
    noteFailed: (channel, providerId, at) => withoutSync(database, () => void noteFailed.run(at, channel, providerId)),
    noteReached: (channel, to, providerId) =>
      withoutSync(database, () => void noteReached.run(channel, to, providerId)),
    receiptState: (channel) => ({ ...(state.get(channel) as { waiting: number; oldestAt: string | null }) }),
  }
}

/** What a callback ended stays ended, but the messenger's own yes with its id says more. */
function sentNote(database: DatabaseSync): Synchronous<ReceiptStore>['noteSent'] {
  const end = database.prepare(
    `UPDATE receipt SET result = ?2, why = ?3, provider_id = coalesce(?4, provider_id), tries = tries + 1, is_out = 0
     WHERE seq = ?1 AND (result IS NULL OR ?2 = 'taken')`,
  )
  const putOff = database.prepare(
    'UPDATE receipt SET why = ?2, not_before = ?3, is_out = ?4, tries = tries + 1 WHERE seq = ?1 AND result IS NULL',
  )
  return (seq, sent, notBefore) => {
    if (sent.kind === 'later') putOff.run(seq, sent.why, notBefore, sent.inDoubt === true ? 1 : 0)
    else if (sent.kind === 'taken') end.run(seq, 'taken', null, sent.providerId)
    else end.run(seq, 'never', sent.why, null)
  }
}
