import type { DatabaseSync } from 'node:sqlite'
import type { OutboxRow, Store } from '../../core/store.ts'
import { connectReader } from './connection.ts'
import { unpackHeaders } from './packed.ts'

/** The outbox as it is read, by the relay and by the `events` command. */
export interface SqliteOutbox {
  after(seq: number, limit: number): readonly OutboxRow[]
  state(position: number): { lastSeq: number; oldestWaitingAt: string | null }
}

type Row = [seq: number, topic: OutboxRow['topic'], key: string, headers: string, data: string, writtenAt: string]

export function sqliteOutbox(database: DatabaseSync): SqliteOutbox {
  const after = database.prepare(
    'SELECT seq, topic, key, headers, data, written_at FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?',
  )
  after.setReturnArrays(true)
  const last = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")
  const oldest = database.prepare('SELECT written_at AS at FROM outbox WHERE seq > ? ORDER BY seq LIMIT 1')
  return {
    after: (seq, limit) => (after.all(seq, limit) as unknown as Row[]).map(outboxRow),
    state: (position) => ({
      lastSeq: Number(last.get()?.['seq'] ?? 0),
      oldestWaitingAt: (oldest.get(position)?.['at'] as string | undefined) ?? null,
    }),
  }
}

function outboxRow([seq, topic, key, headers, data, writtenAt]: Row): OutboxRow {
  return { seq, topic, key, headers: unpackHeaders(headers, key), data, writtenAt }
}

/**
 * The outbox of the store in `dir`, read beside a running gateway or after it; writes nothing.
 * Throws where there is no store, or a newer program made it.
 */
export function readSqliteOutbox(dir: string): Pick<Store, 'outboxAfter' | 'close'> {
  const database = connectReader(dir)
  const outbox = sqliteOutbox(database)
  return {
    outboxAfter: async (seq, limit) => outbox.after(seq, limit),
    close: async () => database.close(),
  }
}
