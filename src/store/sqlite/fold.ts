import type { DatabaseSync } from 'node:sqlite'
import type { Standing } from '../../core/facts.ts'
import type { StoredConversation } from '../../core/store.ts'
import { inTransaction } from './transaction.ts'

/** What the new part of the journal comes to: the last word on each conversation, and readings in their order. */
export interface Unfolded {
  readonly conversations: Iterable<ConversationLeft>
  readonly readings: Iterable<Standing>
}

/** null: the conversation is over. */
export interface ConversationLeft {
  readonly channel: string
  readonly sender: string
  readonly conversation: StoredConversation | null
}

/**
 * Folds the new part of the journal into the tables that look-ups read. Thousands of submissions at a time, for each
 * touches a page of each table: written batch by batch, those pages would be most of what a message costs.
 */
export function sqliteFold(database: DatabaseSync): (unfolded: Unfolded) => void {
  const ids = database.prepare(
    `INSERT INTO once (id, number)
     SELECT id, number FROM submission WHERE number > (SELECT folded_to FROM store_state) ORDER BY id`,
  )
  const mark = database.prepare('UPDATE store_state SET folded_to = (SELECT coalesce(max(number), 0) FROM submission)')
  const writeReading = readingWrite(database)
  const writeConversation = conversationWrite(database)
  return ({ conversations, readings }) =>
    inTransaction(database, () => {
      ids.run()
      for (const reading of readings) writeReading(reading)
      for (const conversation of conversations) writeConversation(conversation)
      mark.run()
    })
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

function conversationWrite(database: DatabaseSync): (left: ConversationLeft) => void {
  const replace = database.prepare(
    'INSERT OR REPLACE INTO conversation (channel, sender, state, accounts, expires_at) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = database.prepare('DELETE FROM conversation WHERE channel = ? AND sender = ?')
  return ({ channel, sender, conversation }) => {
    if (conversation === null) {
      remove.run(channel, sender)
      return
    }
    const { state, accounts, expiresAt } = conversation
    replace.run(channel, sender, state, JSON.stringify(accounts), expiresAt)
  }
}
