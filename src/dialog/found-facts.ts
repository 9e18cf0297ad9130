import type { Account } from '../core/facts.ts'
import type { Facts } from '../core/store.ts'

/** The facts, in which accounts that this very delivery found by phone or old number are found by their own numbers too. */
export function withFound(facts: Facts, found: readonly Account[]): Facts {
  if (found.length === 0) return facts
  const byAccount = (number: string) => {
    const loaded = facts.byAccount(number)
    return loaded.length > 0 ? loaded : found.filter(({ account }) => account === number)
  }
  return { ...facts, byAccount }
}
