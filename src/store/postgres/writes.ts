import { answeredAt } from '../../core/delivery.ts'
import type { Standing } from '../../core/facts.ts'
import type { Decision } from '../../core/store.ts'
import { storedAnswer } from '../stored-answer.ts'
import { isUuid } from './records.ts'
import { type Asked, columnsOf } from './session.ts'
import type { Turn } from './turn.ts'

const WRITE = {
  name: 'write-batch',
  text: `WITH
    submissions AS (
      INSERT INTO submission (number, id, channel, delivery_id, received_at, answer, written_at)
      SELECT *, $1::timestamptz
      FROM unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::text[])),
    raw_inputs AS (
      INSERT INTO raw_input (number, raw, written_at)
      SELECT *, $1::timestamptz FROM unnest($2::bigint[], $8::text[])),
    events AS (
      INSERT INTO outbox (seq, topic, key, headers, data, written_at)
      SELECT *, $1::timestamptz FROM unnest($9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[])),
    readings AS (
      INSERT INTO reading (branch, account, period, meter, registers, order_at, event_id, by_operator)
      SELECT * FROM unnest(
        $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::boolean[])
      ON CONFLICT (branch, account, period, meter) DO UPDATE SET registers = excluded.registers,
        order_at = excluded.order_at, event_id = excluded.event_id, by_operator = excluded.by_operator),
    talks AS (
      INSERT INTO conversation (channel, sender, state, accounts, expires_at)
      SELECT * FROM unnest($22::text[], $23::text[], $24::text[], $25::text[], $26::text[])
      ON CONFLICT (channel, sender) DO UPDATE SET state = excluded.state, accounts = excluded.accounts,
        expires_at = excluded.expires_at),
    ended AS (
      DELETE FROM conversation USING unnest($27::text[], $28::text[]) AS over (channel, sender)
      WHERE conversation.channel = over.channel AND conversation.sender = over.sender),
    settled AS (DELETE FROM open_question WHERE submission_id = ANY ($29::uuid[])),
    asked AS (
      INSERT INTO open_question (submission_id, opened_at) SELECT * FROM unnest($30::uuid[], $31::timestamptz[]))
    UPDATE turn SET last_number = $32, last_seq = $33`,
}

/**
 * One statement that writes a batch, whatever its size. All parts of it see the tables as they were before, so each
 * row is named once: of several words on the same thing the last one counts. `writtenAt`: ISO instant.
 */
export function writeOf(decisions: readonly Decision[], turn: Turn, writtenAt: string): Asked {
  const events = decisions.flatMap((decision) => decision.events)
  const values = [
    writtenAt,
    ...submissionColumns(decisions, turn),
    events.map((_, n) => turn.lastSeq + 1 + n),
    ...columnsOf(events, 'topic', 'key'),
    events.map(({ headers }) => JSON.stringify(headers)),
    events.map(({ data }) => data),
    ...readingColumns(decisions),
    ...conversationColumns(decisions),
    ...questionColumns(decisions),
    turn.lastNumber + decisions.length,
    turn.lastSeq + events.length,
  ]
  return { statement: WRITE, values }
}

function submissionColumns(decisions: readonly Decision[], { lastNumber }: Turn): readonly unknown[][] {
  return [
    decisions.map((_, n) => lastNumber + 1 + n),
    decisions.map(({ answer }) => answer.submissionId),
    decisions.map(({ delivery }) => delivery.channel),
    decisions.map(({ delivery }) => delivery.deliveryId),
    decisions.map(({ delivery }) => delivery.receivedAt),
    decisions.map((decision) => JSON.stringify(storedAnswer(decision))),
    decisions.map(({ delivery }) => JSON.stringify({ delivery })),
  ]
}

function readingColumns(decisions: readonly Decision[]): readonly unknown[][] {
  const last = new Map<string, Standing>()
  for (const reading of decisions.flatMap(({ readings }) => readings)) {
    const { branch, account, period, meter } = reading
    last.set(JSON.stringify([branch, account, period, meter]), reading)
  }
  const readings = [...last.values()]
  return [
    ...columnsOf(readings, 'branch', 'account', 'period', 'meter'),
    readings.map(({ registers }) => JSON.stringify(registers)),
    ...columnsOf(readings, 'orderAt', 'eventId', 'byOperator'),
  ]
}

function conversationColumns(decisions: readonly Decision[]): readonly unknown[][] {
  const last = new Map<string, readonly [channel: string, sender: string, said: Decision['conversation']]>()
  for (const { delivery, conversation } of decisions) {
    const { channel, sender } = delivery
    if (sender === null || conversation === undefined) continue
    last.set(JSON.stringify([channel, sender]), [channel, sender, conversation])
  }
  const talks = [...last.values()].flatMap(([channel, sender, said]) => (said ? [{ channel, sender, ...said }] : []))
  const ended = [...last.values()].filter(([, , said]) => said === null)
  return [
    ...columnsOf(talks, 'channel', 'sender', 'state'),
    talks.map(({ accounts }) => JSON.stringify(accounts)),
    talks.map(({ expiresAt }) => expiresAt),
    ended.map(([channel]) => channel),
    ended.map(([, sender]) => sender),
  ]
}

/** A question that is answered in its own batch was never open. */
function questionColumns(decisions: readonly Decision[]): readonly unknown[][] {
  const opened = new Map<string, string>()
  const settled = new Set<string>()
  for (const { delivery, answer, settles, opens } of decisions) {
    for (const id of settles.filter(isUuid)) if (!opened.delete(id)) settled.add(id)
    if (opens) opened.set(answer.submissionId, answeredAt(delivery))
  }
  return [[...settled], [...opened.keys()], [...opened.values()]]
}
