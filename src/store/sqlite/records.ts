import type { DatabaseSync } from 'node:sqlite'
import type { Answer } from '../../core/delivery.ts'
import type { Standing } from '../../core/facts.ts'
import type { StoredConversation } from '../../core/store.ts'
import { keyOf, type Records } from '../facts.ts'

/**
 * What the folded tables say. One statement asks for all keys of a batch (a JSON array), for most are not there: a key
 * that is not costs no way into the database and back.
 */
export interface SqliteRecords extends Omit<Records, 'answered'> {
  /** By the submission's id. */
  answers(ids: readonly string[]): ReadonlyMap<string, Answer>
}

/** `now`: ISO instant from which the last periods are counted. */
export function sqliteRecords(database: DatabaseSync, now: () => string): SqliteRecords {
  return {
    answers: answersOf(database),
    conversations: conversationsOf(database),
    standing: standingOf(database, now),
  }
}

/** A statement whose rows come as arrays. */
function rowsOf<Row>(database: DatabaseSync, sql: string): (...keys: readonly string[]) => readonly Row[] {
  const statement = database.prepare(sql)
  statement.setReturnArrays(true)
  return (...keys) => statement.all(...keys) as unknown as Row[]
}

function answersOf(database: DatabaseSync): SqliteRecords['answers'] {
  const rows = rowsOf<[id: string, answer: string]>(
    database,
    `SELECT once.id, answer FROM json_each(?) AS wanted
     CROSS JOIN once ON once.id = wanted.value CROSS JOIN submission USING (number)`,
  )
  return (ids) => {
    const found = new Map<string, Answer>()
    if (ids.length === 0) return found
    for (const [id, answer] of rows(JSON.stringify(ids))) found.set(id, JSON.parse(answer) as Answer)
    return found
  }
}

function conversationsOf(database: DatabaseSync): SqliteRecords['conversations'] {
  const rows = rowsOf<[sender: string, state: string, accounts: string, expiresAt: string]>(
    database,
    `SELECT sender, state, accounts, expires_at FROM json_each(?) AS wanted
     CROSS JOIN conversation ON channel = ? AND sender = wanted.value`,
  )
  return (speakers) => {
    const found = new Map<string, StoredConversation>()
    for (const [channel, group] of Map.groupBy(speakers, (speaker) => speaker.channel)) {
      const senders = JSON.stringify(group.map(({ sender }) => sender))
      for (const [sender, state, accounts, expiresAt] of rows(senders, channel)) {
        found.set(keyOf(channel, sender), { state, accounts: JSON.parse(accounts) as string[], expiresAt })
      }
    }
    return found
  }
}

type StandingRow = [
  account: string,
  period: string,
  meter: string,
  registers: string,
  orderAt: string,
  eventId: string,
  byOperator: number,
]

/** Months before this one whose readings are looked at: three periods back from the last, and one to spare. */
const MONTHS_BACK = 4

function standingOf(database: DatabaseSync, now: () => string): SqliteRecords['standing'] {
  const rows = rowsOf<StandingRow>(
    database,
    `SELECT account, period, meter, registers, order_at, event_id, by_operator FROM json_each(?) AS wanted
     CROSS JOIN reading ON branch = ? AND account = wanted.value AND period >= ? ORDER BY wanted.id, period DESC, meter`,
  )
  return (accounts) => {
    const found = new Map<string, Standing[]>()
    const since = periodBefore(now(), MONTHS_BACK)
    for (const [branch, group] of Map.groupBy(accounts, (account) => account.branch)) {
      const wanted = JSON.stringify(group.map(({ account }) => account))
      for (const row of rows(wanted, branch, since)) {
        const reading = readingOf(branch, row)
        const key = keyOf(branch, reading.account)
        const before = found.get(key)
        if (before === undefined) found.set(key, [reading])
        else before.push(reading)
      }
    }
    return found
  }
}

function readingOf(branch: string, row: StandingRow): Standing {
  const [account, period, meter, registers, orderAt, eventId, byOperator] = row
  const values = JSON.parse(registers) as Record<string, string>
  return { branch, account, meter, period, registers: values, orderAt, eventId, byOperator: byOperator === 1 }
}

/** The period so many months before an instant's: `2026-02-…`, 4 → `2025-10`. */
function periodBefore(at: string, months: number): string {
  const date = new Date(at)
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1)).toISOString().slice(0, 7)
}
