import type { DatabaseSync } from 'node:sqlite'
import type { Answer } from '../../core/delivery.ts'
import type { Standing } from '../../core/facts.ts'
import type { StoredConversation } from '../../core/store.ts'
import { type Records, standingSince } from '../facts.ts'
import { addReadings, conversationRead, type ReadingRow } from '../json-read.ts'
import { pairs } from '../pairs.ts'
import type { Known } from './known.ts'
import { channelOf, unpackAnswer } from './packed.ts'
import { id48Of, sqlitePlaces } from './places.ts'
import { rowsOf } from './rows.ts'

/**
 * What the folded tables say, and of what is not folded the answers. One statement asks for all conversations or accounts
 * of a batch (a JSON array). What certainly is not there costs no way into the database and back.
 */
export interface SqliteRecords extends Omit<Records, 'answered'> {
  /** By the submission's id. Of folded ones only. `channel`: of one that came by it. */
  answerOf(id: string, channel?: string): Answer | undefined
  /** The answer of a submission of the journal, folded or not. */
  answerAt(number: number, channel?: string): Answer | undefined
}

/** `now`: ISO instant from which the last periods are counted. */
export function sqliteRecords(database: DatabaseSync, known: Known, now: () => string): SqliteRecords {
  return {
    answerOf: answerOf(database, known),
    answerAt: answerAtOf(database),
    conversations: conversationsOf(database, known),
    standing: standingOf(database, now),
  }
}

/** Two ids may begin alike; the submission itself says which it is. */
function answerOf(database: DatabaseSync, { ids: known }: Known): SqliteRecords['answerOf'] {
  const numbers = sqlitePlaces(database)
  const answerAt = answerAtOf(database)
  return (id, channel) => {
    const id48 = id48Of(id)
    if (!known.mayHold(id48)) return undefined
    for (const number of numbers(id48)) {
      const answer = answerAt(number, channel)
      if (answer?.submissionId === id) return answer
    }
    return undefined
  }
}

function answerAtOf(database: DatabaseSync): SqliteRecords['answerAt'] {
  const row = database.prepare(
    `SELECT submissions -> format('$[%d]', ?1 - first) AS submission
     FROM batch WHERE first <= ?1 ORDER BY first DESC LIMIT 1`,
  )
  return (number, channel) => {
    const submission = row.get(number)?.['submission']
    if (typeof submission !== 'string') return undefined
    return channel === undefined || channelOf(submission) === channel ? unpackAnswer(submission) : undefined
  }
}

function conversationsOf(database: DatabaseSync, { senders: known }: Known): SqliteRecords['conversations'] {
  const rows = rowsOf<[sender: string, state: string, accounts: string, expiresAt: string]>(
    database,
    `SELECT sender, state, accounts, expires_at FROM json_each(?) AS wanted
     CROSS JOIN conversation ON channel = ? AND sender = wanted.value`,
  )
  return (speakers) => {
    const found = pairs<StoredConversation>()
    const wanted = speakers.filter(({ sender }) => known.mayHold(sender))
    for (const [channel, group] of Map.groupBy(wanted, (speaker) => speaker.channel)) {
      const senders = JSON.stringify(group.map(({ sender }) => sender))
      for (const [sender, state, accounts, expiresAt] of rows(senders, channel)) {
        found.set(channel, sender, conversationRead(state, accounts, expiresAt))
      }
    }
    return found
  }
}

function standingOf(database: DatabaseSync, now: () => string): SqliteRecords['standing'] {
  const rows = rowsOf<ReadingRow>(
    database,
    `SELECT branch, account, period, meter, registers, order_at, event_id, by_operator FROM json_each(?) AS wanted
     CROSS JOIN reading ON branch = ? AND account = wanted.value AND period >= ? ORDER BY wanted.id, period DESC, meter`,
  )
  return (accounts) => {
    const found = pairs<Standing[]>()
    const since = standingSince(now())
    for (const [branch, group] of Map.groupBy(accounts, (account) => account.branch)) {
      const wanted = JSON.stringify(group.map(({ account }) => account))
      addReadings(found, rows(wanted, branch, since))
    }
    return found
  }
}
