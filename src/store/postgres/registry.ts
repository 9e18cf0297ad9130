import { errorCode } from '../../core/error-code.ts'
import type { Account } from '../../core/facts.ts'
import { unpackAccount } from '../../core/packed-account.ts'
import { ACCOUNTS_MAX, type RegistryReader, type RegistryState } from '../../core/registry.ts'
import type { Lookup } from '../../core/store.ts'
import type { Registered } from '../facts.ts'
import { readingPool } from './connection.ts'
import { type Session, sessionOf } from './session.ts'

/** Keys whose accounts are wanted, each once. */
export interface Wanted {
  readonly accounts: ReadonlySet<string>
  readonly aliases: ReadonlySet<string>
  readonly phones: ReadonlySet<string>
}

/** What the registry says of some keys, in memory. */
export interface KnownRegistry extends Registered {
  readonly state: RegistryState
}

/** The registry in the database. */
export interface PostgresRegistry {
  /** All keys in one statement. Never rejects: where it can't be read it is `down`, and nothing of it is known. */
  load(wanted: Partial<Wanted>): Promise<KnownRegistry>
}

/** A new registry shows after that long. */
const LOOK_EVERY_MS = 250
/** The table of an older registry is gone, or none was made yet. */
export const UNDEFINED_TABLE = '42P01'

const POINTER = { name: 'registry-pointer', text: 'SELECT generation FROM registry' }

/** Which generation of the registry is in use; null: nothing was imported yet. */
export async function generationInUse(session: Session): Promise<number | null> {
  const { rows } = await session.ask<[generation: number]>(POINTER)
  return rows[0]?.[0] ?? null
}

/** The table of a generation of the registry. */
export const registryTable = (generation: number): string => `registry_account_${generation}`

/** `monotonicMs`: milliseconds of a clock that never jumps. */
export function postgresRegistry(session: Session, monotonicMs: () => number): PostgresRegistry {
  let seen: { readonly generation: number | null; readonly atMs: number } | null = null

  async function currentGeneration(): Promise<number | null> {
    const atMs = monotonicMs()
    if (seen !== null && atMs - seen.atMs < LOOK_EVERY_MS) return seen.generation
    seen = { generation: await generationInUse(session), atMs }
    return seen.generation
  }

  async function read({ accounts, aliases, phones }: Partial<Wanted>): Promise<KnownRegistry> {
    const generation = await currentGeneration()
    if (generation === null) return { ...NOTHING, state: 'empty' }
    // Also where nothing is wanted: whoever asks how the registry is wants to know whether it can be read.
    const keys = [accounts, aliases, phones].map((of = NO_KEYS) => [...of])
    const { rows } = await session.ask<FoundRow>(accountsStatement(generation), keys)
    return knownOf(rows)
  }

  return {
    async load(wanted) {
      try {
        return await read(wanted).catch((error: unknown) => {
          if (errorCode(error) !== UNDEFINED_TABLE) throw error
          seen = null
          return read(wanted)
        })
      } catch {
        seen = null
        return { ...NOTHING, state: 'down' }
      }
    },
  }
}

const NOTHING = { byAccount: new Map(), byAlias: new Map(), byPhone: new Map() }
const NO_KEYS: ReadonlySet<string> = new Set()

type FoundRow = readonly [by: keyof Registered, key: string, account: string, branch: string, facts: string]

/** One name a generation: the plan of another table would be of no use. */
function accountsStatement(generation: number) {
  const found = (where: string) =>
    `SELECT id, account, branch, facts FROM ${registryTable(generation)} WHERE ${where} = wanted.key ORDER BY id LIMIT ${ACCOUNTS_MAX}`
  const from = (by: keyof Registered, parameter: string, accounts: string) =>
    `SELECT '${by}', wanted.key, account, branch, facts FROM unnest(${parameter}::text[]) AS wanted (key)
       CROSS JOIN LATERAL (${accounts}) AS found`
  const aliased = `(${found('old_account')}) UNION (${found('unified_account')}) ORDER BY id LIMIT ${ACCOUNTS_MAX}`
  const parts = [
    from('byAccount', '$1', found('account')),
    from('byAlias', '$2', aliased),
    from('byPhone', '$3', found('phone')),
  ]
  return { name: `accounts-${generation}`, text: parts.join(' UNION ALL ') }
}

function knownOf(rows: readonly FoundRow[]): KnownRegistry {
  const known = {
    byAccount: new Map<string, Account[]>(),
    byAlias: new Map<string, Account[]>(),
    byPhone: new Map<string, Account[]>(),
  }
  for (const [by, key, account, branch, facts] of rows) {
    const one = unpackAccount([account, branch, facts])
    const before = known[by].get(key)
    if (before === undefined) known[by].set(key, [one])
    else before.push(one)
  }
  return { state: 'ready', ...known }
}

/** What the lookups name. */
export function wantedBy(lookups: readonly Lookup[]): Wanted {
  return {
    accounts: new Set(lookups.flatMap(({ accounts }) => accounts)),
    aliases: new Set(lookups.flatMap(({ aliases }) => aliases)),
    phones: new Set(lookups.flatMap(({ phone }) => phone ?? [])),
  }
}

/** What is known, for those who ask key by key. Where one part could not be read, nothing counts. */
export function readerOf(first: KnownRegistry, more?: KnownRegistry): RegistryReader {
  const state = more?.state === 'down' ? 'down' : first.state
  return {
    state: () => state,
    byAccount: (account) => first.byAccount.get(account) ?? more?.byAccount.get(account) ?? [],
    byAlias: (alias) => first.byAlias.get(alias) ?? [],
    byPhone: (phone) => first.byPhone.get(phone) ?? [],
  }
}

/** What the registry at that address says of one lookup's keys; writes nothing. The caller closes it. */
export function readPostgresRegistry(url: string, monotonicMs: () => number) {
  const pool = readingPool(url)
  const registry = postgresRegistry(sessionOf(pool), monotonicMs)
  return {
    readerFor: async (lookup: Lookup): Promise<RegistryReader> => readerOf(await registry.load(wantedBy([lookup]))),
    close: () => pool.end(),
  }
}
