import type { DatabaseSync } from 'node:sqlite'
import type { Delivery } from '../../core/delivery.ts'
import { submissionId } from '../../core/event.ts'
import { originalOf, waitsForRegistry } from '../../core/judged-later.ts'
import type { Decision } from '../../core/store.ts'
import { unpackDelivery } from './packed.ts'
import { rowsOf } from './rows.ts'

/** Takes down that a submission waits for the registry, or that one that did waits no more; in the caller's transaction. */
export function unjudgedWrite(database: DatabaseSync): (decision: Decision, number: number) => void {
  const wait = database.prepare('INSERT INTO unjudged (number, submission_id) VALUES (?, ?)')
  const leave = database.prepare('DELETE FROM unjudged WHERE submission_id = ?')
  return (decision, number) => {
    const { delivery, answer } = decision
    if (waitsForRegistry(decision)) wait.run(number, answer.submissionId)
    if (delivery.judgedLater === true) leave.run(submissionId(delivery.channel, originalOf(delivery).deliveryId))
  }
}

/** Deliveries that wait for the registry, oldest first, as they came. */
export function sqliteUnjudged(database: DatabaseSync): (limit: number) => readonly Delivery[] {
  const waiting = rowsOf<Parameters<typeof unpackDelivery>>(
    database,
    `SELECT submissions -> at, raw -> at
     FROM (SELECT number, submissions, raw, format('$[%d]', number - first) AS at
       FROM unjudged CROSS JOIN batch ON first = (SELECT max(first) FROM batch WHERE first <= number))
     WHERE raw IS NOT NULL ORDER BY number LIMIT ?`,
  )
  return (limit) => waiting(limit).map((row) => unpackDelivery(...row))
}
