/** Accounts as conversations name them, and as the registry has them now. Pure. */
import type { Account } from '../core/facts.ts'
import type { Facts } from '../core/store.ts'
import type { NamedAccount } from './claims/group.ts'
import type { AccountRef } from './conversation/state.ts'

type Numbered = Pick<Account, 'branch' | 'account'>

/** Whether both are one account: branches may have the same numbers. */
export function isSameAccount(one: Numbered, other: Numbered): boolean {
  return one.branch === other.branch && one.account === other.account
}

/** That account as the registry has it now; undefined: no more. */
export function accountIn(facts: Facts, numbered: Numbered): Account | undefined {
  return facts.byAccount(numbered.account).find((one) => isSameAccount(one, numbered))
}

/** An account that a conversation remembers, as the registry has it now; null: no more. */
export function namedIn(facts: Facts, ref: AccountRef): NamedAccount | null {
  const account = accountIn(facts, ref)
  const { submitted, isOld, isSenders } = ref
  return account === undefined ? null : { account, submitted, isOld, isSenders }
}

/** The facts, in which accounts that this very delivery found by phone or old number are found by their own numbers too. */
export function withFound(facts: Facts, found: readonly Account[]): Facts {
  if (found.length === 0) return facts
  const byAccount = (number: string) => {
    const loaded = facts.byAccount(number)
    return loaded.length > 0 ? loaded : found.filter(({ account }) => account === number)
  }
  return { ...facts, byAccount }
}
