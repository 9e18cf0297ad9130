import type { Account } from './facts.ts'

/**
 * The registry as the gateway reads it: the billing export's latest generation. Synchronous, for the embedded store asks
 * it in the middle of a batch. Any method may throw: the batch then goes on with the registry `down` (rule 25).
 * Keys are normalised as rules 3 and 4 write them.
 */
export interface RegistryReader {
  /** `empty`: nothing was ever imported; `stale`: past its time; `down`: it can't be read. */
  state(): 'ready' | 'empty' | 'stale' | 'down'
  /** Accounts with that account number (several: in several branches). */
  byAccount(account: string): readonly Account[]
  /** Accounts with that old number or ЕЛС. */
  byAlias(alias: string): readonly Account[]
  /** Accounts of that E.164 phone. */
  byPhone(phone: string): readonly Account[]
}
