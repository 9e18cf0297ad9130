import type { Account } from './facts.ts'

/** How the registry is: `empty`: nothing was ever imported; `stale`: past its time; `down`: it can't be read. */
export const registryStates = ['ready', 'empty', 'stale', 'down'] as const
/** See the list of the same name. */
export type RegistryState = (typeof registryStates)[number]

/**
 * The registry as the gateway reads it: the billing export's latest generation. Synchronous, for the embedded store asks
 * it in the middle of a batch. Any method may throw: the batch then goes on with the registry `down` (rule 25).
 * Keys are normalised as rules 3 and 4 write them.
 */
export interface RegistryReader {
  state(): RegistryState
  /** Accounts with that account number (several: in several branches). */
  byAccount(account: string): readonly Account[]
  /** Accounts with that old number or ЕЛС. */
  byAlias(alias: string): readonly Account[]
  /** Accounts of that E.164 phone. */
  byPhone(phone: string): readonly Account[]
}

/** The registry read from end to end, or by many numbers at once, for printing. All throw where it can't be read. */
export interface RegistryRoll {
  /** Accounts of a branch (null: of all), in order of number and branch, out of one import to the end. */
  all(branch: string | null): AsyncIterable<Account>
  /** Accounts of each of these numbers; one that there isn't is left out. */
  named(accounts: readonly string[]): Promise<ReadonlyMap<string, readonly Account[]>>
  close(): Promise<void>
}

/** One phone or old number with more accounts than that (a caretaker's, a house's) tells nothing: no more are looked up. */
export const ACCOUNTS_MAX = 50

/** How much an import brought. */
export interface RegistryCounts {
  readonly accounts: number
  readonly meters: number
  readonly registers: number
}

/** An import that counts; `digest`: of the file and of what it was checked against. */
export interface RegistryMark {
  readonly digest: string
  /** ISO instant. */
  readonly importedAt: string
}

/** Where an import goes; each store has its own. What throws has changed nothing. */
export interface RegistryTarget {
  /** Keeps other imports out until the target is closed; false: one is running. */
  lock(): Promise<boolean>
  /** What is in the registry in use, where it was made of that very file and is whole; else null. */
  madeOf(digest: string): Promise<RegistryCounts | null>
  /** Begins a new registry beside the one in use, and removes what killed imports left. */
  write(): Promise<RegistryWriter>
  close(): Promise<void>
}

/** Takes the accounts of one import. */
export interface RegistryWriter {
  /** One account, given once; in order of number and branch. A promise: wait for it before the next. */
  add(account: Account): void | Promise<void>
  /** Makes all of them durable, and the registry that is in use. */
  finish(mark: RegistryMark): Promise<RegistryCounts>
  /** Lets go of everything; `finish` was not called, or threw. */
  abandon(): Promise<void>
}

/** Counts accounts as they are added. */
export function registryCounter(): { add(account: Account): void; counts(): RegistryCounts } {
  const count = { accounts: 0, meters: 0, registers: 0 }
  return {
    add({ meters }) {
      count.accounts++
      count.meters += meters.length
      for (const { registers } of meters) count.registers += registers.length
    },
    counts: () => ({ ...count }),
  }
}
