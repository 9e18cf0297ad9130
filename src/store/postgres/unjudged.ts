import type { Delivery } from '../../core/delivery.ts'
import { submissionId } from '../../core/event.ts'
import { originalOf, waitsForRegistry } from '../../core/judged-later.ts'
import type { Decision, Store } from '../../core/store.ts'
import { type Asked, columnsOf, type Session } from './session.ts'
import type { Turn } from './turn.ts'

const WAIT = {
  name: 'write-unjudged',
  text: 'INSERT INTO unjudged (number, submission_id) SELECT * FROM unnest($1::bigint[], $2::uuid[])',
}
const LEAVE = { name: 'leave-unjudged', text: 'DELETE FROM unjudged WHERE submission_id = ANY ($1::uuid[])' }
const WAITING = {
  name: 'unjudged',
  text: 'SELECT raw FROM unjudged JOIN raw_input USING (number) ORDER BY unjudged.number LIMIT $1',
}

/** The statements that take down what of a batch waits for the registry, and what waits no more; none where nothing is. */
export function unjudgedOf(decisions: readonly Decision[], { lastNumber }: Turn): readonly Asked[] {
  const waiting = decisions.flatMap((decision, n) =>
    waitsForRegistry(decision) ? [{ number: lastNumber + 1 + n, id: decision.answer.submissionId }] : [],
  )
  const leaving = decisions.flatMap(({ delivery }) =>
    delivery.judgedLater === true ? [submissionId(delivery.channel, originalOf(delivery).deliveryId)] : [],
  )
  return [
    ...(waiting.length > 0 ? [{ statement: WAIT, values: columnsOf(waiting, 'number', 'id') }] : []),
    ...(leaving.length > 0 ? [{ statement: LEAVE, values: [leaving] }] : []),
  ]
}

/** Deliveries that wait for the registry, oldest first, as they came. */
export function postgresUnjudged(session: Session): Pick<Store, 'unjudged'> {
  return {
    async unjudged(limit) {
      const { rows } = await session.ask<[raw: string]>(WAITING, [limit])
      return rows.map(([raw]) => (JSON.parse(raw) as { delivery: Delivery }).delivery)
    },
  }
}
