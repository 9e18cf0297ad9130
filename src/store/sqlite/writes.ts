import type { DatabaseSync } from 'node:sqlite'
import type { Standing } from '../../core/facts.ts'
import type { Commit, Decision, OutboxEvent } from '../../core/store.ts'

/** Writes a batch, one prepared statement a row; the transaction around it is the caller's. `writtenAt`: ISO instant. */
export function sqliteWrites(database: DatabaseSync): (commit: Commit, writtenAt: string) => void {
  const writeSubmission = submissionWrite(database)
  const writeReading = readingWrite(database)
  const writeConversation = conversationWrite(database)
  const writeEvent = eventWrite(database)
  const writeQuestion = questionWrite(database)
  return ({ decisions }, writtenAt) => {
    for (const decision of decisions) {
      writeSubmission(decision, writtenAt)
      for (const reading of decision.readings) writeReading(reading)
      writeConversation(decision)
      for (const event of decision.events) writeEvent(event, writtenAt)
      writeQuestion(decision)
    }
  }
}

function submissionWrite(database: DatabaseSync): (decision: Decision, writtenAt: string) => void {
  const insert = database.prepare(
    `INSERT INTO submission (id, channel, delivery_id, received_at, written_at, answer, raw)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  return ({ delivery, answer }, writtenAt) => {
    const { channel, deliveryId, receivedAt } = delivery
    const raw = JSON.stringify(delivery)
    insert.run(answer.submissionId, channel, deliveryId, receivedAt, writtenAt, JSON.stringify(answer), raw)
  }
}

function readingWrite(database: DatabaseSync): (reading: Standing) => void {
  const replace = database.prepare(
    `INSERT OR REPLACE INTO reading (branch, account, period, meter, registers, order_at, event_id, by_operator)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return ({ branch, account, period, meter, registers, orderAt, eventId, byOperator }) => {
    const values = JSON.stringify(registers)
    replace.run(branch, account, period, meter, values, orderAt, eventId, byOperator ? 1 : 0)
  }
}

function conversationWrite(database: DatabaseSync): (decision: Decision) => void {
  const replace = database.prepare(
    'INSERT OR REPLACE INTO conversation (channel, sender, state, accounts, expires_at) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = database.prepare('DELETE FROM conversation WHERE channel = ? AND sender = ?')
  return ({ delivery: { channel, sender }, conversation }) => {
    if (sender === null || conversation === undefined) return
    if (conversation === null) {
      remove.run(channel, sender)
      return
    }
    const { state, accounts, expiresAt } = conversation
    replace.run(channel, sender, state, JSON.stringify(accounts), expiresAt)
  }
}

function eventWrite(database: DatabaseSync): (event: OutboxEvent, writtenAt: string) => void {
  const insert = database.prepare('INSERT INTO outbox (topic, key, headers, data, written_at) VALUES (?, ?, ?, ?, ?)')
  return ({ topic, key, headers, data }, writtenAt) => {
    insert.run(topic, key, JSON.stringify(headers), data, writtenAt)
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
