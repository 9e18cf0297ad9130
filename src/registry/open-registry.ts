import { type BigIntStats, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { Account } from '../core/facts.ts'
import { type Filter, filterOf } from '../core/filter.ts'
import { type AccountRow, unpackAccount } from '../core/packed-account.ts'
import { ACCOUNTS_MAX, type RegistryReader, type RegistryState } from '../core/registry.ts'
import { aliasKey } from '../language/normalise.ts'
import { LAYOUT } from './layout.ts'
import { pointerFile, readPointer } from './pointer.ts'

/** What the reader needs to know of the world. */
export interface RegistrySource {
  /** The data directory into which `registry import` works. */
  readonly dir: string
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicMs: () => number
  /** Told once for each generation that can't be opened or read, and whether the one before it stays in use. */
  readonly broken?: (error: unknown, oldStays: boolean) => void
}

/** A look into the folder costs 3 µs; four a second are nothing, and an import shows at once. */
const LOOK_EVERY_MS = 250
/** The whole of 1.3 million accounts; pages are shared with the system's cache, so nothing is kept twice. */
const MMAP_BYTES = 1_073_741_824

/** Opens the registry for reading, read-only and without locks: a generation never changes once it has its name. */
export function openRegistry(source: RegistrySource): RegistryReader & { close(): void } {
  let generation: Generation | null = null
  let state: RegistryState = 'empty'
  let seen: string | null = null
  let lookedMs = Number.NEGATIVE_INFINITY
  let told: string | null = null

  function tell(error: unknown, stamp: string | null): void {
    const oldStays = generation !== null
    if (told !== `${stamp} ${oldStays}`) source.broken?.(error, oldStays)
    told = `${stamp} ${oldStays}`
  }

  function look(): void {
    const stamp = stampOf(source.dir)
    if (stamp === seen && state !== 'down') return
    try {
      const pointer = readPointer(source.dir)
      const next = pointer && openGeneration(join(source.dir, pointer.file))
      generation?.close()
      generation = next
      state = next === null ? 'empty' : 'ready'
    } catch (error) {
      tell(error, stamp)
      state = generation === null ? 'down' : 'ready'
    }
    seen = stamp
  }

  function ask(by: keyof Generation['by'], key: string): readonly Account[] {
    if (generation === null) return []
    try {
      return generation.by[by](key)
    } catch (error) {
      generation.close()
      generation = null
      state = 'down'
      tell(error, seen)
      throw error
    }
  }

  return {
    state() {
      const nowMs = source.monotonicMs()
      if (nowMs - lookedMs >= LOOK_EVERY_MS) {
        lookedMs = nowMs
        look()
      }
      return state
    },
    byAccount: (account) => ask('account', account),
    byAlias: (alias) => ask('alias', aliasKey(alias)),
    byPhone: (phone) => ask('phone', phone),
    close() {
      generation?.close()
      generation = null
    },
  }
}

type LookUp = (key: string) => readonly Account[]

interface Generation {
  readonly by: { readonly account: LookUp; readonly alias: LookUp; readonly phone: LookUp }
  close(): void
}

/** Throws where the file is not there, is no registry, or is laid out otherwise. */
export function openGenerationFile(file: string): DatabaseSync {
  const address = pathToFileURL(file)
  address.search = 'immutable=1'
  const database = new DatabaseSync(address, { readOnly: true })
  try {
    database.exec(`PRAGMA mmap_size = ${MMAP_BYTES}`)
    const version = database.prepare('PRAGMA user_version').get()?.['user_version']
    if (version !== LAYOUT)
      throw new Error(`the registry has layout ${String(version)}, not ${LAYOUT}: import it again`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function openGeneration(file: string): Generation {
  const database = openGenerationFile(file)
  try {
    const by = {
      account: lookUp(database, 'account', 'account WHERE account = ?'),
      alias: lookUp(database, 'alias', 'alias JOIN account USING (account, branch) WHERE alias = ?'),
      phone: lookUp(database, 'phone', 'phone JOIN account USING (account, branch) WHERE phone = ?'),
    }
    return { by, close: () => database.close() }
  } catch (error) {
    database.close()
    throw error
  }
}

/** A look-up of a key that is not there, as most phones and old numbers are, ends at the filter. */
function lookUp(database: DatabaseSync, keys: string, from: string): LookUp {
  const known = readFilter(database, keys)
  const sql = `SELECT account, branch, facts FROM ${from} LIMIT ${ACCOUNTS_MAX}`
  const statement = database.prepare(sql, { returnArrays: true })
  return (key) => (known.mayHold(key) ? (statement.all(key) as unknown as AccountRow[]).map(unpackAccount) : [])
}

function readFilter(database: DatabaseSync, keys: string): Filter {
  const parts = database.prepare('SELECT bits FROM known WHERE keys = ? ORDER BY part').all(keys)
  if (parts.length === 0) throw new Error('the registry is not whole: import it again')
  return filterOf(parts.map(({ bits }) => bits as Uint8Array))
}

/** Changes whenever the pointer is another file; empty: there is none. */
function stampOf(dir: string): string {
  const stat: BigIntStats | undefined = statSync(pointerFile(dir), { bigint: true, throwIfNoEntry: false })
  return stat === undefined ? '' : `${stat.ino} ${stat.mtimeNs} ${stat.size}`
}
