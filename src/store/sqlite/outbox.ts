import type { DatabaseSync } from 'node:sqlite'
import type { OutboxRow, Store } from '../../core/store.ts'
import { connectReader } from './connection.ts'
import { unpackEvents } from './packed.ts'
import type { Synchronous } from './synchronous.ts'

type Row = [first: number, writtenAt: string, events: string]

/** The outbox as it is read, by the relay and by the `events` command. */
export function sqliteOutbox(database: DatabaseSync): Synchronous<Pick<Store, 'outboxAfter' | 'outboxState'>> {
  const from = `first >= coalesce((SELECT max(first) FROM batch_events WHERE first <= ?1), 0) AND first + count > ?1`
  const batches = database.prepare(`SELECT first, written_at, events FROM batch_events WHERE ${from} ORDER BY first`, {
    returnArrays: true,
  })
  const last = database.prepare('SELECT first + count - 1 AS seq FROM batch_events ORDER BY first DESC LIMIT 1')
  const oldest = database.prepare(`SELECT written_at AS at FROM batch_events WHERE ${from} ORDER BY first LIMIT 1`)
  return {
    outboxAfter(seq, limit) {
      const rows: OutboxRow[] = []
      for (const batch of batches.iterate(seq + 1) as unknown as Iterable<Row>) {
        rows.push(...outboxRows(batch).filter((row) => row.seq > seq))
        if (rows.length >= limit) break
      }
      return rows.slice(0, limit)
    },
    outboxState: (position) => ({
      lastSeq: Number(last.get()?.['seq'] ?? 0),
      oldestWaitingAt: (oldest.get(position + 1)?.['at'] as string | undefined) ?? null,
    }),
  }
}

function outboxRows([first, writtenAt, events]: Row): readonly OutboxRow[] {
  return unpackEvents(events).map((event, at) => ({ seq: first + at, writtenAt, ...event }))
}

/**
 * The outbox of the store in `dir`, read beside a running gateway or after it; writes nothing.
 * Throws where there is no store, or a newer or older program made it.
 */
export function readSqliteOutbox(dir: string): Pick<Store, 'outboxAfter' | 'close'> {
  const database = connectReader(dir)
  const outbox = sqliteOutbox(database)
  return {
    outboxAfter: async (seq, limit) => outbox.outboxAfter(seq, limit),
    close: async () => database.close(),
  }
}
