import type { DatabaseSync } from 'node:sqlite'
import type { Standing } from '../../core/facts.ts'
import type { ConversationLeft, Layer } from './layer.ts'

/** A layer on its way into the tables, some rows at a time. Rows may be written again after a crash, with the same end. */
export interface Folding {
  readonly layer: Layer
  /** Writes at most so many rows from `done` on, in the caller's transaction; gives back how many are done then. */
  write(done: number, rows: number): number
  /** Rows in all. */
  readonly rows: number
}

/**
 * Folds layers of the journal into the tables that look-ups read. Thousands of submissions at a time and in the order of
 * the tables' keys, so that each page is written once a layer: written batch by batch, those pages would be most of
 * what a message costs. Some rows with every batch, so that nobody waits for a whole layer.
 */
export function sqliteFold(database: DatabaseSync): (layer: Layer) => Folding {
  const id = database.prepare('INSERT INTO once (id, number) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const mark = database.prepare('UPDATE store_state SET folded_to = max(folded_to, ?)')
  const writeReading = readingWrite(database)
  const writeConversation = conversationWrite(database)
  return (layer) => {
    const writes: (() => void)[] = []
    const ids = [...layer.answers].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [key, { number }] of ids) writes.push(() => id.run(key, number))
    for (const reading of lastReadings(layer)) writes.push(() => writeReading(reading))
    for (const [, left] of [...layer.conversations].sort(byKey)) writes.push(() => writeConversation(left))
    const last = Math.max(0, ...[...layer.answers.values()].slice(-1).map(({ number }) => number))
    writes.push(() => mark.run(last))
    return {
      layer,
      rows: writes.length,
      write(done, rows) {
        const end = Math.min(writes.length, done + rows)
        for (let at = done; at < end; at++) writes[at]?.()
        return end
      },
    }
  }
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

/** Of each meter and period the last one, in the order of the table's key. */
function lastReadings({ readings }: Layer): readonly Standing[] {
  return [...readings].sort(byKey).flatMap(([, ofAccount]) => {
    const last = new Map(ofAccount.map((reading) => [`${reading.period} ${reading.meter}`, reading]))
    return [...last.values()]
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

/** An idle conversation stays in memory; what the table had of it is over. */
function conversationWrite(database: DatabaseSync): (left: ConversationLeft) => void {
  const replace = database.prepare(
    'INSERT OR REPLACE INTO conversation (channel, sender, state, accounts, expires_at) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = database.prepare('DELETE FROM conversation WHERE channel = ? AND sender = ?')
  return ({ channel, sender, conversation }) => {
    if (conversation === null || conversation.isIdle === true) {
      remove.run(channel, sender)
      return
    }
    const { state, accounts, expiresAt } = conversation
    replace.run(channel, sender, state, JSON.stringify(accounts), expiresAt)
  }
}
