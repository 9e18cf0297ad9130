import type { DatabaseSync } from 'node:sqlite'
import { withoutSync } from './transaction.ts'

/** The store's own row: who it is, how far the relay was, when it was last probed. */
export interface SqliteState {
  /** null: the store is new. */
  storeId(): string | null
  /** Names a new store; returns the name. */
  found(storeId: string): string
  notedPosition(): number
  notePosition(seq: number): void
  probe(at: string): void
}

/** The own row of that database. */
export function sqliteState(database: DatabaseSync): SqliteState {
  const read = database.prepare('SELECT store_id AS storeId, position FROM store_state')
  const found = database.prepare('INSERT INTO store_state (one, store_id) VALUES (1, ?)')
  const note = database.prepare('UPDATE store_state SET position = ?')
  const probe = database.prepare('UPDATE store_state SET probed_at = ?')
  const row = () => read.get() as { storeId: string; position: number } | undefined
  return {
    storeId: () => row()?.storeId ?? null,
    found(storeId) {
      found.run(storeId)
      return storeId
    },
    notedPosition: () => row()?.position ?? 0,
    // The truth is in Kafka: a note lost with the power is no harm, so it doesn't wait for the disk.
    notePosition: (seq) => withoutSync(database, () => void note.run(seq)),
    probe: (at) => void probe.run(at),
  }
}
