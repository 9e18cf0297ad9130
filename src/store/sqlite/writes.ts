import type { DatabaseSync } from 'node:sqlite'
import { answeredAt } from '../../core/delivery.ts'
import type { Decision } from '../../core/store.ts'
import { packEvents, packRaw, packSubmissions } from './packed.ts'
import { receiptWrite } from './receipts.ts'
import { slipWrite } from './slips.ts'
import { unjudgedWrite } from './unjudged.ts'

/**
 * Appends a batch to the journal and its events to the outbox, a row each: what is scattered over the file (readings,
 * conversations, the places of ids) is folded later. The transaction around it is the caller's. `writtenAt`: ISO
 * instant. Gives back the number of the first submission; the others follow.
 */
export function sqliteWrites(database: DatabaseSync): (decisions: readonly Decision[], writtenAt: string) => number {
  const writeBatch = batchWrite(database)
  const writeEvents = eventsWrite(database)
  const writeQuestion = questionWrite(database)
  const writeReceipts = receiptWrite(database)
  const writeUnjudged = unjudgedWrite(database)
  const writeSlip = slipWrite(database)
  return (decisions, writtenAt) => {
    if (decisions.length === 0) return 0
    const first = writeBatch(decisions, writtenAt)
    writeEvents(decisions, writtenAt)
    for (const [at, decision] of decisions.entries()) {
      writeQuestion(decision)
      writeReceipts(decision, writtenAt)
      writeUnjudged(decision, first + at)
      writeSlip(decision, writtenAt)
    }
    return first
  }
}

/** The first number after those of the last row of a table. */
function nextIn(database: DatabaseSync, table: 'batch' | 'batch_events'): () => number {
  const next = database.prepare(`SELECT first + count AS next FROM ${table} ORDER BY first DESC LIMIT 1`)
  return () => Number(next.get()?.['next'] ?? 1)
}

function batchWrite(database: DatabaseSync): (decisions: readonly Decision[], writtenAt: string) => number {
  const next = nextIn(database, 'batch')
  const insert = database.prepare(
    'INSERT INTO batch (first, count, written_at, submissions, raw) VALUES (?, ?, ?, ?, ?)',
  )
  return (decisions, writtenAt) => {
    const first = next()
    insert.run(first, decisions.length, writtenAt, packSubmissions(decisions), packRaw(decisions))
    return first
  }
}

function eventsWrite(database: DatabaseSync): (decisions: readonly Decision[], writtenAt: string) => void {
  const next = nextIn(database, 'batch_events')
  const insert = database.prepare('INSERT INTO batch_events (first, count, written_at, events) VALUES (?, ?, ?, ?)')
  return (decisions, writtenAt) => {
    const events = decisions.flatMap((decision) => decision.events)
    if (events.length > 0) insert.run(next(), events.length, writtenAt, packEvents(events))
  }
}

function questionWrite(database: DatabaseSync): (decision: Decision) => void {
  const open = database.prepare('INSERT INTO open_question (submission_id, opened_at) VALUES (?, ?)')
  const settle = database.prepare('DELETE FROM open_question WHERE submission_id = ?')
  return ({ delivery, answer, settles, opens }) => {
    for (const submissionId of settles) settle.run(submissionId)
    if (opens) open.run(answer.submissionId, new Date(answeredAt(delivery)).toISOString())
  }
}
