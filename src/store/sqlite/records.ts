import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Answer } from '../../core/delivery.ts'
import type { Standing } from '../../core/facts.ts'
import type { Records } from '../facts.ts'

/** Rows of an account's standing readings that one look reads: 3 periods of 8 meters. */
const STANDING_ROWS = 24

/** Periods that a look-up promises at least. */
const STANDING_PERIODS = 3

/** What the folded tables say; one key a statement, about 1.5 µs each, a read transaction around them. */
export interface SqliteRecords extends Pick<Records, 'conversation' | 'standing'> {
  answerOf(id: string): Answer | undefined
}

export function sqliteRecords(database: DatabaseSync): SqliteRecords {
  const rows = (sql: string): StatementSync => {
    const statement = database.prepare(sql)
    statement.setReturnArrays(true)
    return statement
  }
  const answerOf = rows('SELECT answer FROM once JOIN submission USING (number) WHERE once.id = ?')
  const conversation = rows('SELECT state, accounts, expires_at FROM conversation WHERE channel = ? AND sender = ?')
  const standing = rows(
    `SELECT period, meter, registers, order_at, event_id, by_operator FROM reading
     WHERE branch = ? AND account = ? ORDER BY period DESC, meter LIMIT ?`,
  )
  const standingRows = (branch: string, account: string, limit: number) =>
    (standing.all(branch, account, limit) as unknown as StandingRow[]).map((row) => standingOf(branch, account, row))
  return {
    answerOf: (id) => parsed<Answer>(answerOf.get(id)),
    conversation(channel, sender) {
      const row = conversation.get(channel, sender) as unknown as [string, string, string] | undefined
      return row && { state: row[0], accounts: JSON.parse(row[1]) as string[], expiresAt: row[2] }
    },
    standing(branch, account) {
      const found = standingRows(branch, account, STANDING_ROWS)
      return isCutShort(found) ? standingRows(branch, account, -1) : found
    },
  }
}

type StandingRow = [
  period: string,
  meter: string,
  registers: string,
  orderAt: string,
  eventId: string,
  operator: number,
]

function standingOf(branch: string, account: string, row: StandingRow): Standing {
  const [period, meter, registers, orderAt, eventId, byOperator] = row
  const values = JSON.parse(registers) as Record<string, string>
  return { branch, account, meter, period, registers: values, orderAt, eventId, byOperator: byOperator === 1 }
}

/** Whether so many meters share the account that the rows read may not reach back far enough. */
function isCutShort(found: readonly Standing[]): boolean {
  return found.length === STANDING_ROWS && new Set(found.map(({ period }) => period)).size <= STANDING_PERIODS
}

function parsed<Value>(row: unknown): Value | undefined {
  return row === undefined ? undefined : (JSON.parse((row as [string])[0]) as Value)
}
