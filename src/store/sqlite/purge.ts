import type { DatabaseSync } from 'node:sqlite'
import type { Removal } from '../purge.ts'
import { placesPurge } from './places.ts'
import { inTransaction } from './transaction.ts'

/** Rows a step, one transaction each: about a millisecond, in which nobody is answered. */
const STEP_ROWS = 200
/** Batches a step; the largest has 256 submissions, nearly all have a few. */
const STEP_BATCHES = 4

/** Steps of the upkeep, each a transaction of its own. */
export interface SqlitePurge {
  /** Removes some of what was written down before that instant; returns how many, 0 when nothing is left to remove. */
  remove(kind: Removal, before: string): number
  /** Where submissions were that are gone, in some parts of the ids from one on; gives back the next one, null at the end. */
  places(from: number): number | null
  /** Questions opened before that instant become held; nothing is removed. */
  hold(before: string, heldAt: string): number
  /** Takes what was removed out of the write-ahead log as well. */
  sweep(): void
}

/** What was removed is overwritten with zeros (`secure_delete`), for a purge is one that can be shown on the file. */
export function sqlitePurge(database: DatabaseSync): SqlitePurge {
  const overwriting = <Result>(step: () => Result): Result => {
    database.exec('PRAGMA secure_delete = ON')
    try {
      return inTransaction(database, step)
    } finally {
      database.exec('PRAGMA secure_delete = FAST')
    }
  }
  const hold = database.prepare(
    `UPDATE open_question SET held_at = ? WHERE submission_id IN (
       SELECT submission_id FROM open_question WHERE held_at IS NULL AND opened_at < ? LIMIT ${STEP_ROWS})`,
  )
  const removals = removalsFrom(database)
  const places = placesPurge(database)
  return {
    remove: (kind, before) => overwriting(() => removals[kind](before)),
    places: (from) => overwriting(() => places(from)),
    hold: (before, heldAt) => inTransaction(database, () => Number(hold.run(heldAt, before).changes)),
    sweep: () => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
  }
}

function removalsFrom(database: DatabaseSync): Readonly<Record<Removal, (before: string) => number>> {
  const changes = (sql: string) => {
    const statement = database.prepare(sql)
    return (before: string) => Number(statement.run(before).changes)
  }
  return {
    raw: rawStep(database),
    decisions: decisionsStep(database),
    messages: messagesStep(database),
    papers: changes(
      `UPDATE slip SET record = NULL, identity = '' WHERE number IN (
         SELECT number FROM slip WHERE record IS NOT NULL AND written_at < ? ORDER BY number LIMIT ${STEP_ROWS})`,
    ),
    slips: changes(
      `DELETE FROM slip WHERE written_at < ? AND number IN (SELECT number FROM slip ORDER BY number LIMIT ${STEP_ROWS})`,
    ),
    receipts: changes(
      `DELETE FROM receipt WHERE written_at < ? AND seq IN (SELECT seq FROM receipt ORDER BY seq LIMIT ${STEP_ROWS})`,
    ),
    events: eventsStep(database),
    conversations: changes(
      `DELETE FROM conversation WHERE (channel, sender) IN (
         SELECT channel, sender FROM conversation WHERE unixepoch(expires_at, 'subsec') < unixepoch(?, 'subsec') LIMIT ${STEP_ROWS})`,
    ),
  }
}

/** Goes on where the last step ended: numbers are in the order of writing, so no index on time is paid for by each message. */
function rawStep(database: DatabaseSync): (before: string) => number {
  const next = database.prepare(
    `SELECT max(first + count - 1) AS number, sum(count) AS count FROM (
       SELECT first, count, written_at FROM batch
       WHERE first > (SELECT raw_purged_to FROM store_state) AND first <= (SELECT folded_to FROM store_state)
       ORDER BY first LIMIT ${STEP_BATCHES}) WHERE written_at < ?`,
  )
  const forget = database.prepare(
    'UPDATE batch SET raw = NULL WHERE first > (SELECT raw_purged_to FROM store_state) AND first <= ?',
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

/** The last row stays and is emptied: seqs go on from it. A row of which the relay has passed a part is cut. */
function eventsStep(database: DatabaseSync): (before: string) => number {
  const position = '(SELECT position FROM store_state)'
  const cut = database.prepare(
    `UPDATE batch_events SET first = ${position} + 1, count = first + count - 1 - ${position},
       events = (SELECT json_group_array(json(value)) FROM json_each(events) WHERE key > ${position} - first)
     WHERE first = (SELECT max(first) FROM batch_events WHERE first <= ${position})
       AND first + count - 1 > ${position} AND written_at < ?`,
  )
  // Only the oldest rows are looked at: those behind them are some million after a year.
  const oldest = `SELECT first, count, written_at FROM batch_events ORDER BY first LIMIT ${STEP_BATCHES}`
  const empty = database.prepare(
    `UPDATE batch_events SET events = '[]' WHERE events <> '[]' AND first IN (
       SELECT first FROM (${oldest}) WHERE written_at < ? AND first + count - 1 <= ${position})`,
  )
  const remove = database.prepare(
    `DELETE FROM batch_events WHERE events = '[]' AND first < (SELECT max(first) FROM batch_events)
       AND first IN (SELECT first FROM (${oldest}))`,
  )
  return (before) => {
    const changes = Number(cut.run(before).changes) + Number(empty.run(before).changes)
    remove.run()
    return changes
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

/** The last row stays and is emptied: numbers go on from it. */
function decisionsStep(database: DatabaseSync): (before: string) => number {
  const oldest = database.prepare(
    `SELECT max(first) AS last, max(first + count) AS next, sum(count) AS count FROM (
       SELECT first, count, written_at FROM batch
       WHERE submissions <> '[]' AND first <= (SELECT folded_to FROM store_state)
       ORDER BY first LIMIT ${STEP_BATCHES}) WHERE written_at < ?`,
  )
  const submissions = 'batch, json_each(submissions) AS submission'
  const readings = database.prepare(
    `DELETE FROM reading WHERE unixepoch(order_at, 'subsec') < unixepoch(?2, 'subsec') AND (branch, account, period, meter) IN (
       SELECT item.value ->> 1, item.value ->> 2, item.value ->> 5, item.value ->> 3
       FROM ${submissions}, json_each(submission.value, '$[4][1]') AS item WHERE first <= ?1)`,
  )
  const questions = database.prepare(
    `DELETE FROM open_question WHERE submission_id IN (SELECT submission.value ->> 0 FROM ${submissions} WHERE first <= ?)`,
  )
  const waiting = database.prepare('DELETE FROM unjudged WHERE number < ?')
  const empty = database.prepare(`UPDATE batch SET submissions = '[]', raw = NULL WHERE first <= ?`)
  const remove = database.prepare('DELETE FROM batch WHERE first <= ? AND first < (SELECT max(first) FROM batch)')
  return (before) => {
    const { last, next: after, count } = oldest.get(before) as { last: number | null; next: number; count: number }
    if (last === null) return 0
    readings.run(last, before)
    questions.run(last)
    waiting.run(after)
    empty.run(last)
    remove.run(last)
    return count
  }
}
