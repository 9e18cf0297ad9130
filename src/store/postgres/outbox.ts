import type { OutboxRow, Store } from '../../core/store.ts'
import { refuseOther } from '../migrations.ts'
import { readingPool, unusable } from './connection.ts'
import { ownMigrations, schemaVersion } from './migrate.ts'
import { type Session, sessionOf } from './session.ts'

/** The outbox as it is read, by the relay and by the `events` command. */
export type PostgresOutbox = Pick<Store, 'outboxAfter' | 'outboxState'>

const AFTER = {
  name: 'outbox-after',
  text: 'SELECT seq, topic, key, headers, data, written_at FROM outbox WHERE seq > $1 ORDER BY seq LIMIT $2',
}
const STATE = {
  name: 'outbox-state',
  text: `SELECT last_seq, (SELECT written_at FROM outbox WHERE seq > $1 ORDER BY seq LIMIT 1) FROM turn`,
}

type Row = [seq: string, topic: OutboxRow['topic'], key: string, headers: string, data: string, writtenAt: Date]

/** No lock is needed: a batch gets its seqs in its turn and is committed before the next, so none appears behind another. */
export function postgresOutbox(session: Session): PostgresOutbox {
  return {
    async outboxAfter(after, limit) {
      const { rows } = await session.ask<Row>(AFTER, [after, limit])
      return rows.map(outboxRow)
    },
    async outboxState(position) {
      const { rows } = await session.ask<[string, Date | null]>(STATE, [position])
      const [lastSeq, oldest] = rows[0] ?? ['0', null]
      return { lastSeq: Number(lastSeq), oldestWaitingAt: oldest?.toISOString() ?? null }
    },
  }
}

function outboxRow([seq, topic, key, headers, data, writtenAt]: Row): OutboxRow {
  const parsed = JSON.parse(headers) as Record<string, string>
  return { seq: Number(seq), topic, key, headers: parsed, data, writtenAt: writtenAt.toISOString() }
}

/**
 * The outbox of the store at that address, read beside running gateways or without one; writes nothing.
 * Throws where there is no store, or a newer or older program made it.
 */
export async function readPostgresOutbox(url: string): Promise<Pick<Store, 'outboxAfter' | 'close'>> {
  const pool = readingPool(url)
  try {
    const version = await schemaVersion(pool).catch((error: unknown) => {
      throw unusable(error)
    })
    if (version === 0) throw new Error('there is no store in the database of STORE_URL: has the gateway run on it?')
    refuseOther(version, ownMigrations().length)
    const { outboxAfter } = postgresOutbox(sessionOf(pool))
    return { outboxAfter, close: () => pool.end() }
  } catch (error) {
    await pool.end()
    throw error
  }
}
