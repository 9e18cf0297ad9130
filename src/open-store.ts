import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { isOfSqlite } from './core/error-code.ts'
import type { RegistryReader } from './core/registry.ts'
import type { Lookup, Store } from './core/store.ts'
import { madeFolder } from './folders.ts'
import type { Machine } from './machine.ts'
import { openRegistry } from './registry/open-registry.ts'
import { pointerFile } from './registry/pointer.ts'
import { readPostgresOutbox } from './store/postgres/outbox.ts'
import { readPostgresRegistry } from './store/postgres/registry.ts'
import { openPostgresStore } from './store/postgres/store.ts'
import { storeFile } from './store/sqlite/connection.ts'
import { readSqliteOutbox } from './store/sqlite/outbox.ts'
import { openSqliteStore } from './store/sqlite/store.ts'

/** What a store is opened with. */
export interface StoreParts {
  readonly machine: Pick<Machine, 'newId' | 'monotonicMs'>
  /** The gateway's clock, ISO instant. */
  readonly now: () => string
  /** Told once of each registry that can't be read, and whether the one before stays in use. */
  readonly broken?: (error: unknown, oldStays: boolean) => void
}

/** Which of the stores an address (STORE_URL) means; throws where it is none. */
export function storeKind(url: string): 'sqlite' | 'postgres' {
  if (url === 'sqlite:') return 'sqlite'
  if (/^postgres(ql)?:\/\//.test(url)) return 'postgres'
  throw new Error('STORE_URL must be sqlite: or start with postgres://')
}

/** Whether neither a gateway nor an import has used that embedded store yet, `dir` being its DATA_DIR: perhaps it is another than theirs. */
export function isUnusedStore(url: string, dir: string): boolean {
  return storeKind(url) === 'sqlite' && !existsSync(join(dir, storeFile)) && !existsSync(pointerFile(dir))
}

/** Opens the store that the configuration names, with the registry that goes with it; makes DATA_DIR where it is missing. */
export async function openStore(
  { STORE_URL, DATA_DIR }: Pick<Config, 'STORE_URL' | 'DATA_DIR'>,
  parts: StoreParts,
): Promise<Store> {
  const kind = storeKind(STORE_URL)
  const dir = madeFolder(DATA_DIR, { variable: 'DATA_DIR', mode: 0o700 })
  if (kind === 'sqlite') return openEmbedded(dir, parts)
  return openPostgresStore({ url: STORE_URL, now: parts.now, monotonicMs: parts.machine.monotonicMs })
}

function openEmbedded(dir: string, { machine, now, broken }: StoreParts): Store {
  const registry = openRegistry({ dir, monotonicMs: machine.monotonicMs, ...(broken && { broken }) })
  try {
    const store = openSqliteStore({ dir, registry, now, newId: machine.newId })
    const close = () => store.close().finally(() => registry.close())
    return { ...store, close }
  } catch (error) {
    registry.close()
    throw unopened(error)
  }
}

/** SQLite's own sentence names no place. */
function unopened(error: unknown): unknown {
  if (!isOfSqlite(error)) return error
  const advice = 'look at its rights and its disk, or put a backup back'
  return new Error(`the store in DATA_DIR cannot be opened (${error.message}): ${advice}`, { cause: error })
}

/** The registry without its store, for whoever only reads it. */
export interface RegistryAlone {
  /** What it says of the lookup's keys. */
  readerFor(lookup: Lookup): Promise<RegistryReader>
  close(): Promise<void>
}

/** Opens the registry of the store that the configuration names, `dir` being its DATA_DIR; writes nothing. */
export function openRegistryAlone(url: string, dir: string, monotonicMs: () => number): RegistryAlone {
  if (storeKind(url) === 'postgres') return readPostgresRegistry(url, monotonicMs)
  const registry = openRegistry({ dir, monotonicMs })
  return { readerFor: async () => registry, close: async () => registry.close() }
}

/** The outbox without its store, for whoever only reads it. */
export type OutboxAlone = Pick<Store, 'outboxAfter' | 'close'>

/** Opens the outbox of the store that the configuration names; writes nothing. Throws where there is no store yet, or a newer or older program made it. */
export async function openOutboxAlone(url: string, dir: string): Promise<OutboxAlone> {
  if (storeKind(url) === 'postgres') return readPostgresOutbox(url)
  try {
    return readSqliteOutbox(dir)
  } catch (error) {
    throw unopened(error)
  }
}
