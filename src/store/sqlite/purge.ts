import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './transaction.ts'

/** Rows a step, one transaction each: about a millisecond, in which nobody is answered. */
const STEP_ROWS = 200

/** One step of each kind of removal; each returns how many it removed, 0 when nothing is left to remove. */
export interface SqlitePurge {
  /** Raw input written down before that instant. */
  raw(before: string): number
  /** Submissions written down before that instant, and their standing readings and questions. */
  decisions(before: string): number
  /** Messages of receipts written before that instant, and whom they went to; what still waits has expired. */
  messages(before: string): number
  /** What is kept of slips that were written down before that instant, but for their reviews. */
  papers(before: string): number
  /** Slips written down before that instant. */
  slips(before: string): number
  /** Receipts written before that instant. */
  receipts(before: string): number
  /** Events written before that instant that the relay has delivered; one that waits for Kafka stays, however old. */
  events(before: string): number
  /** Conversations that expired before that instant. */
  conversations(before: string): number
  /** Questions opened before that instant become held; nothing is removed. */
  hold(before: string, heldAt: string): number
  /** Takes what was removed out of the write-ahead log as well. */
  sweep(): void
}

/** What was removed is overwritten with zeros (`secure_delete`), for a purge is one that can be shown on the file. */
export function sqlitePurge(database: DatabaseSync): SqlitePurge {
  const overwriting = (step: () => number): number => {
    database.exec('PRAGMA secure_delete = ON')
    try {
      return inTransaction(database, step)
    } finally {
      database.exec('PRAGMA secure_delete = FAST')
    }
  }
  const events = database.prepare(
    `DELETE FROM outbox WHERE written_at < ? AND seq IN (
       SELECT seq FROM outbox WHERE seq <= (SELECT position FROM store_state) ORDER BY seq LIMIT ${STEP_ROWS})`,
  )
  const conversations = database.prepare(
    `DELETE FROM conversation WHERE (channel, sender) IN (
       SELECT channel, sender FROM conversation WHERE unixepoch(expires_at, 'subsec') < unixepoch(?, 'subsec') LIMIT ${STEP_ROWS})`,
  )
  const hold = database.prepare(
    `UPDATE open_question SET held_at = ? WHERE submission_id IN (
       SELECT submission_id FROM open_question WHERE held_at IS NULL AND opened_at < ? LIMIT ${STEP_ROWS})`,
  )
  const receipts = database.prepare(
    `DELETE FROM receipt WHERE written_at < ? AND seq IN (SELECT seq FROM receipt ORDER BY seq LIMIT ${STEP_ROWS})`,
  )
  const papers = database.prepare(
    `UPDATE slip SET record = NULL, identity = '' WHERE number IN (
       SELECT number FROM slip WHERE record IS NOT NULL AND written_at < ? ORDER BY number LIMIT ${STEP_ROWS})`,
  )
  const slips = database.prepare(
    `DELETE FROM slip WHERE written_at < ? AND number IN (SELECT number FROM slip ORDER BY number LIMIT ${STEP_ROWS})`,
  )
  const messages = messagesStep(database)
  const raw = rawStep(database)
  const decisions = decisionsStep(database)
  return {
    raw: (before) => overwriting(() => raw(before)),
    decisions: (before) => overwriting(() => decisions(before)),
    messages: (before) => overwriting(() => messages(before)),
    papers: (before) => overwriting(() => Number(papers.run(before).changes)),
    slips: (before) => overwriting(() => Number(slips.run(before).changes)),
    receipts: (before) => overwriting(() => Number(receipts.run(before).changes)),
    events: (before) => overwriting(() => Number(events.run(before).changes)),
    conversations: (before) => overwriting(() => Number(conversations.run(before).changes)),
    hold: (before, heldAt) => inTransaction(database, () => Number(hold.run(heldAt, before).changes)),
    sweep: () => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
  }
}

/** Goes on where the last step ended: numbers are in the order of writing, so no index on time is paid for by each message. */
function rawStep(database: DatabaseSync): (before: string) => number {
  const next = database.prepare(
    `SELECT max(number) AS number, count(*) AS count FROM (
       SELECT number, written_at FROM submission WHERE number > (SELECT raw_purged_to FROM store_state) AND number <= (SELECT folded_to FROM store_state)
       ORDER BY number LIMIT ${STEP_ROWS}) WHERE written_at < ?`,
  )
  const forget = database.prepare(
    'UPDATE submission SET raw = NULL WHERE number > (SELECT raw_purged_to FROM store_state) AND number <= ?',
  )
  const waiting = database.prepare('DELETE FROM unjudged WHERE number <= ?')
  const advance = database.prepare('UPDATE store_state SET raw_purged_to = ?')
  return (before) => {
    const { number, count } = next.get(before) as { number: number | null; count: number }
    if (number === null) return 0
    forget.run(number)
    waiting.run(number)
    advance.run(number)
    return count
  }
}

/** Goes on where the last step ended, as with raw input. */
function messagesStep(database: DatabaseSync): (before: string) => number {
  const next = database.prepare(
    `SELECT max(seq) AS seq, count(*) AS count FROM (
       SELECT seq, written_at FROM receipt WHERE seq > (SELECT receipts_purged_to FROM store_state)
       ORDER BY seq LIMIT ${STEP_ROWS}) WHERE written_at < ?`,
  )
  const forget = database.prepare(
    `UPDATE receipt SET message = NULL, recipient = '', is_out = 0, result = coalesce(result, 'expired')
     WHERE seq > (SELECT receipts_purged_to FROM store_state) AND seq <= ?`,
  )
  const advance = database.prepare('UPDATE store_state SET receipts_purged_to = ?')
  return (before) => {
    const { seq, count } = next.get(before) as { seq: number | null; count: number }
    if (seq === null) return 0
    forget.run(seq)
    advance.run(seq)
    return count
  }
}

function decisionsStep(database: DatabaseSync): (before: string) => number {
  const next = database.prepare(
    `SELECT max(number) AS number FROM (
       SELECT number, written_at FROM submission WHERE number <= (SELECT folded_to FROM store_state)
       ORDER BY number LIMIT ${STEP_ROWS}) WHERE written_at < ?`,
  )
  const readings = database.prepare(
    `DELETE FROM reading WHERE unixepoch(order_at, 'subsec') < unixepoch(?2, 'subsec') AND (branch, account, period, meter) IN (
       SELECT value ->> 1, value ->> 2, value ->> 5, value ->> 3
       FROM submission, json_each(answer, '$[1]') WHERE number <= ?1)`,
  )
  const questions = database.prepare(
    'DELETE FROM open_question WHERE submission_id IN (SELECT id FROM submission WHERE number <= ?)',
  )
  const waiting = database.prepare('DELETE FROM unjudged WHERE number <= ?')
  const ids = database.prepare('DELETE FROM once WHERE id IN (SELECT id FROM submission WHERE number <= ?)')
  const submissions = database.prepare('DELETE FROM submission WHERE number <= ?')
  // Numbers start anew in an empty table; no mark may be ahead of them.
  const mark = database.prepare(
    `UPDATE store_state SET raw_purged_to = min(raw_purged_to, last), folded_to = min(folded_to, last)
     FROM (SELECT coalesce(max(number), 0) AS last FROM submission)`,
  )
  return (before) => {
    const { number } = next.get(before) as { number: number | null }
    if (number === null) return 0
    readings.run(number, before)
    questions.run(number)
    waiting.run(number)
    ids.run(number)
    const removed = Number(submissions.run(number).changes)
    mark.run()
    return removed
  }
}
