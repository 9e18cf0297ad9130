/** Accounts as conversations name them, and as the registry has them now. Pure. */
import type { Branch } from '../core/branch.ts'
import type { Delivery } from '../core/delivery.ts'
import type { Account } from '../core/facts.ts'
import type { Facts } from '../core/store.ts'
import type { AccountRef } from './conversation/state.ts'

/** An account and how it was named. */
export interface NamedAccount {
  readonly account: Account
  /** What the customer wrote, as rule 3 writes it; the account's own number where the phone named it. */
  readonly submitted: string
  readonly isOld: boolean
  /** Whether it is the account of the sender's phone. */
  readonly isSenders: boolean
}

type Numbered = Pick<Account, 'branch' | 'account'>

/** Whether both are one account: branches may have the same numbers. */
export function isSameAccount(one: Numbered, other: Numbered): boolean {
  return one.branch === other.branch && one.account === other.account
}

/** That account as the registry has it now; undefined: no more. */
export function accountIn(facts: Facts, numbered: Numbered): Account | undefined {
  return facts.byAccount(numbered.account).find((one) => isSameAccount(one, numbered))
}

/** Accounts of the phone that a delivery came from. */
export function accountsOfPhone({ phone }: Pick<Delivery, 'phone'>, facts: Facts): readonly Account[] {
  return phone === null ? [] : facts.byPhone(phone)
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

/** Whether a text has the form of some branch's account numbers. */
export type IsAccountShaped = (text: string) => boolean

/** An account pattern that says only how many digits there are. */
const SO_MANY_DIGITS = /^\^\\d\{(\d+)\}\$$/
const DIGITS = /^\d+$/

/** Whether a text has the form of any branch's accounts: asked some ten times a message, so plain lengths come first. */
export function shapeOf(branches: readonly Branch[]): IsAccountShaped {
  const patterns = [...new Set(branches.map(({ accountPattern }) => accountPattern))]
  const lengths = new Set(patterns.flatMap((pattern) => SO_MANY_DIGITS.exec(pattern)?.slice(1).map(Number) ?? []))
  const others = patterns.filter((pattern) => !SO_MANY_DIGITS.test(pattern)).map((pattern) => `(?:${pattern})`)
  const any = others.length > 0 ? new RegExp(`^(?:${others.join('|')})$`) : null
  return (text) => (lengths.has(text.length) && DIGITS.test(text)) || (any?.test(text) ?? false)
}
