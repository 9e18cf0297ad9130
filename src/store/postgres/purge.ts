import type { Pool } from 'pg'
import type { Store } from '../../core/store.ts'
import { purgeStepwise, type Removal, stepwise } from '../purge.ts'
import type { Session, Statement } from './session.ts'
import { inTurn } from './turn.ts'

/** Rows a step, in a turn of its own: some milliseconds, in which no batch is written. */
const STEP_ROWS = 500

const HOLD = {
  name: 'hold',
  text: `UPDATE open_question SET held_at = $2 WHERE submission_id IN (
    SELECT submission_id FROM open_question WHERE held_at IS NULL AND opened_at < $1 LIMIT ${STEP_ROWS})`,
}

/** PostgreSQL reads no JSON in which a NUL or half a pair of surrogates is escaped, and a customer may have typed one. */
const READABLE = String.raw`regexp_replace(answer, E'\\\\u(0000|d[89a-f]..)', E'\\\\u003f', 'g')::json`

const REMOVALS: Readonly<Record<Removal, Statement>> = {
  raw: {
    name: 'purge-raw',
    text: `WITH
      old AS (
        SELECT number FROM (SELECT number, written_at FROM raw_input ORDER BY number LIMIT ${STEP_ROWS}) AS oldest
        WHERE written_at < $1),
      waiting AS (DELETE FROM unjudged USING old WHERE unjudged.number = old.number)
      DELETE FROM raw_input USING old WHERE raw_input.number = old.number`,
  },
  decisions: {
    name: 'purge-decisions',
    text: `WITH
      old AS (
        SELECT number, id, answer FROM (SELECT * FROM submission ORDER BY number LIMIT ${STEP_ROWS}) AS oldest
        WHERE written_at < $1),
      readings AS (
        DELETE FROM reading USING old, json_array_elements(${READABLE} -> 'items') AS item
        WHERE branch = item ->> 'branch' AND account = item ->> 'account' AND period = item ->> 'period'
          AND meter = item ->> 'meter' AND order_at::timestamptz < $1),
      questions AS (DELETE FROM open_question USING old WHERE submission_id = old.id),
      raw_inputs AS (DELETE FROM raw_input USING old WHERE raw_input.number = old.number),
      waiting AS (DELETE FROM unjudged USING old WHERE unjudged.number = old.number)
      DELETE FROM submission USING old WHERE submission.number = old.number`,
  },
  messages: {
    name: 'purge-messages',
    text: `WITH
      old AS (
        SELECT seq FROM (
          SELECT seq, written_at FROM receipt WHERE seq > (SELECT receipts_purged_to FROM store_state)
          ORDER BY seq LIMIT ${STEP_ROWS}) AS oldest
        WHERE written_at < $1),
      marked AS (
        UPDATE store_state SET receipts_purged_to = (SELECT max(seq) FROM old) WHERE EXISTS (SELECT 1 FROM old))
      UPDATE receipt SET message = NULL, recipient = '', is_out = false, result = coalesce(result, 'expired')
      FROM old WHERE receipt.seq = old.seq`,
  },
  papers: {
    name: 'purge-papers',
    text: `UPDATE slip SET record = NULL, identity = '' WHERE number IN (
      SELECT number FROM slip WHERE record IS NOT NULL AND written_at < $1 ORDER BY number LIMIT ${STEP_ROWS})`,
  },
  slips: {
    name: 'purge-slips',
    text: `DELETE FROM slip WHERE written_at < $1 AND number IN (SELECT number FROM slip ORDER BY number LIMIT ${STEP_ROWS})`,
  },
  receipts: {
    name: 'purge-receipts',
    text: `DELETE FROM receipt WHERE written_at < $1 AND seq IN (SELECT seq FROM receipt ORDER BY seq LIMIT ${STEP_ROWS})`,
  },
  events: {
    name: 'purge-events',
    text: `DELETE FROM outbox WHERE written_at < $1 AND seq IN (
      SELECT seq FROM outbox WHERE seq <= (SELECT position FROM store_state) ORDER BY seq LIMIT ${STEP_ROWS})`,
  },
  conversations: {
    name: 'purge-conversations',
    text: `DELETE FROM conversation WHERE (channel, sender) IN (
      SELECT channel, sender FROM conversation WHERE expires_at::timestamptz < $1 LIMIT ${STEP_ROWS})`,
  },
}

/** What was removed is still in the tables' files until they are vacuumed; not every role may, and autovacuum will. */
const SWEEP = 'VACUUM raw_input, receipt, conversation, slip'

/** The store's upkeep. `now`: the gateway's clock, ISO instant. */
export function postgresPurge(
  { batches, session }: { readonly batches: Pool; readonly session: Session },
  now: () => string,
): Pick<Store, 'holdUnanswered' | 'purge'> {
  const step = (statement: Statement, values: readonly string[]) => inTurn(batches, async () => [{ statement, values }])
  return {
    holdUnanswered: (before) => stepwise(() => step(HOLD, [before, now()])),
    async purge(rawBefore, decisionsBefore, stop) {
      const { raw, decisions } = await purgeStepwise(
        (kind, before) => step(REMOVALS[kind], [before]),
        { rawBefore, decisionsBefore, now },
        stop,
      )
      const sweeps = raw + decisions > 0 && stop?.aborted !== true
      if (sweeps) await session.ask({ text: SWEEP }).catch(() => undefined)
      return { raw, decisions }
    },
  }
}
