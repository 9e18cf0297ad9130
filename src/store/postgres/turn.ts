import type { Pool, PoolClient } from 'pg'
import { errorCode } from '../../core/error-code.ts'
import { type Asked, type Session, sessionOf } from './session.ts'

/** Where a batch begins: the last seq of the outbox, and the last submission's number. */
export interface Turn {
  readonly lastSeq: number
  readonly lastNumber: number
}

const TAKE = { name: 'take-turn', text: 'SELECT last_seq, last_number FROM turn FOR UPDATE' }

/**
 * Runs the work in one transaction, one at a time in the whole database, and ends with the statements that it returns;
 * returns how many rows the last of them changed. Statements of the work see what the turn before committed, and
 * may be sent before the turn is there. Throws where anything fails; then nothing was written, but for one case: the
 * connection was lost after the commit was sent. The delivery that is brought again then finds its answer.
 */
export async function inTurn(
  pool: Pool,
  work: (session: Session, turn: Promise<Turn>) => Promise<readonly Asked[]>,
): Promise<number> {
  const client = await pool.connect()
  try {
    const session = sessionOf(client)
    const begun = session.ask({ text: 'BEGIN' })
    const turn = takeTurn(session)
    const [last] = await Promise.all([work(session, turn), turn, begun])
    const written = last.map(({ statement, values }) => session.ask(statement, values))
    const ended = await Promise.all([...written, session.ask({ text: 'COMMIT' })])
    client.release()
    return ended.at(-2)?.count ?? 0
  } catch (error) {
    await giveUp(client, error)
    throw error
  }
}

async function takeTurn(session: Session): Promise<Turn> {
  const { rows } = await session.ask<[lastSeq: string, lastNumber: string]>(TAKE)
  const [row] = rows
  if (row === undefined) throw new Error('the store is not whole: table turn is empty')
  return { lastSeq: Number(row[0]), lastNumber: Number(row[1]) }
}

/** What a server says that takes no writes, or a connection that was opened while it took none. */
const READ_ONLY = '25006'

/**
 * Where even that fails, the connection is dropped, and the server rolls back by itself. So is one that can't write: it
 * may go on so, or lead to a standby, when others can again.
 */
async function giveUp(client: PoolClient, error: unknown): Promise<void> {
  if (errorCode(error) === READ_ONLY) return client.release(true)
  try {
    await client.query('ROLLBACK')
    client.release()
  } catch {
    client.release(true)
  }
}
