import type { DatabaseSync } from 'node:sqlite'
import type { Decision, OutboxEvent } from '../../core/store.ts'
import { storedAnswer } from '../stored-answer.ts'
import { packAnswer, packHeaders, packLeft } from './packed.ts'
import { receiptWrite } from './receipts.ts'
import { slipWrite } from './slips.ts'
import { unjudgedWrite } from './unjudged.ts'

/**
 * Appends a batch to the journal and the outbox, one prepared statement a row, the pages one after another: what is
 * scattered over the file (readings, conversations, the ids) is folded later. The transaction around it is the caller's.
 * `writtenAt`: ISO instant. Gives back the submissions' numbers.
 */
export function sqliteWrites(
  database: DatabaseSync,
): (decisions: readonly Decision[], writtenAt: string) => readonly number[] {
  const writeSubmission = submissionWrite(database)
  const writeEvent = eventWrite(database)
  const writeQuestion = questionWrite(database)
  const writeReceipts = receiptWrite(database)
  const writeUnjudged = unjudgedWrite(database)
  const writeSlip = slipWrite(database)
  return (decisions, writtenAt) =>
    decisions.map((decision) => {
      const number = writeSubmission(decision, writtenAt)
      for (const event of decision.events) writeEvent(event, writtenAt)
      writeQuestion(decision)
      writeReceipts(decision, writtenAt)
      writeUnjudged(decision, number)
      writeSlip(decision, writtenAt)
      return number
    })
}

function submissionWrite(database: DatabaseSync): (decision: Decision, writtenAt: string) => number {
  const insert = database.prepare(
    `INSERT INTO submission (id, channel, delivery_id, received_at, written_at, answer, raw)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  return (decision, writtenAt) => {
    const { delivery, answer } = decision
    const { channel, deliveryId, receivedAt } = delivery
    const { lastInsertRowid } = insert.run(
      answer.submissionId,
      channel,
      deliveryId,
      receivedAt,
      writtenAt,
      packAnswer(storedAnswer(decision)),
      packLeft(decision),
    )
    return Number(lastInsertRowid)
  }
}

function eventWrite(database: DatabaseSync): (event: OutboxEvent, writtenAt: string) => void {
  const insert = database.prepare('INSERT INTO outbox (topic, key, headers, data, written_at) VALUES (?, ?, ?, ?, ?)')
  return (event, writtenAt) => {
    insert.run(event.topic, event.key, packHeaders(event), event.data, writtenAt)
  }
}

function questionWrite(database: DatabaseSync): (decision: Decision) => void {
  const open = database.prepare('INSERT INTO open_question (submission_id, opened_at) VALUES (?, ?)')
  const settle = database.prepare('DELETE FROM open_question WHERE submission_id = ?')
  return ({ delivery, answer, settles, opens }) => {
    for (const submissionId of settles) settle.run(submissionId)
    if (opens) open.run(answer.submissionId, new Date(delivery.receivedAt).toISOString())
  }
}
