import type { Flag } from '../../schemas/codes.ts'
import type { Outcome } from '../../schemas/outcome.ts'
import type { Branch } from '../core/branch.ts'
import type { FormClaim } from '../core/delivery.ts'
import type { Account, Meter } from '../core/facts.ts'
import type { Facts } from '../core/store.ts'
import { aliasKey, isOldAccount, isUnifiedAccount, normaliseAccount, serialKey } from '../language/normalise.ts'
import type { IsAccountShaped } from './accounts.ts'
import type { Part } from './items-and-events.ts'
import { meterNamed, statusProblem } from './meters.ts'

/** The meter that account and serial lead to. */
export interface FoundMeter {
  readonly account: Account
  /** An active one. */
  readonly meter: Meter
  /** NO_SERIAL where only the last 4 digits named it, OLD_ACCOUNT where the number before the single bill led there. */
  readonly flags: readonly Flag[]
}

/** Why no meter was found, or none that takes readings, with as much as is known of it. */
export interface NoMeter {
  readonly outcome: Outcome
  readonly account: Account | null
  readonly meter: Meter | null
}

type AccountAndMeter = Pick<FormClaim, 'account' | 'meter'>

/** Whose it is, as an item tells it; null: not known. */
export function whose({ account, meter }: Pick<NoMeter, 'account' | 'meter'>) {
  return {
    branch: account?.branch ?? null,
    account: account?.account ?? null,
    meter: meter?.meter ?? null,
    service: meter?.service ?? null,
  }
}

/** What the store must load so that `findMeter` can be asked; keys as rules 3 and 4 write them. */
export function formKeys({ account }: Pick<FormClaim, 'account'>) {
  const number = normaliseAccount(account)
  return number === '' ? { accounts: [], aliases: [] } : { accounts: [number], aliases: [aliasKey(account)] }
}

/** Finds the meter of a form (rules 3–7). Account and serial are both wanted; nothing is taken from who is asking. */
export function findMeter(form: AccountAndMeter, facts: Facts): FoundMeter | NoMeter {
  const missing = missingPiece(form)
  if (missing !== null) return refused(missing)
  const { accounts, isOld } = accountsOf(form.account, facts)
  if (accounts.length === 0) return refused({ kind: 'rejected', code: 'ACCOUNT_UNKNOWN' })
  const matches = accounts.flatMap((account) => {
    const named = meterNamed(account, form.meter)
    return named === null ? [] : [{ account, ...named }]
  })
  const [match, another] = matches
  const only = accounts.length === 1 ? (accounts[0] ?? null) : null
  if (match === undefined && only === null) return refused({ kind: 'asked', code: 'ACCOUNT_NEEDED' })
  if (match === undefined) return refused({ kind: 'rejected', code: 'METER_MISMATCH' }, only)
  if (another !== undefined) return refused({ kind: 'asked', code: 'ACCOUNT_NEEDED' }, only)
  const gone = statusProblem(match.meter)
  if (gone !== null) return refused(gone, match.account, match.meter)
  const flags: Flag[] = [...(match.bySerial ? [] : ['NO_SERIAL' as const]), ...(isOld ? ['OLD_ACCOUNT' as const] : [])]
  return { account: match.account, meter: match.meter, flags }
}

/** Rule 5: an old number, where the branch refuses those; null: it is taken. */
export function oldNumberRefused(found: FoundMeter, { oldAccounts }: Branch): Part | null {
  if (oldAccounts === 'accept' || !found.flags.includes('OLD_ACCOUNT')) return null
  return { outcome: { kind: 'rejected', code: 'OLD_ACCOUNT' }, item: whose(found) }
}

/** Rule 13: an account or a serial that was not given is asked for, and is no unknown one. */
export function missingPiece({ account, meter }: AccountAndMeter): Outcome | null {
  if (account.trim() === '') return { kind: 'asked', code: 'ACCOUNT_NEEDED' }
  return serialKey(meter) === '' ? { kind: 'asked', code: 'METER_NEEDED' } : null
}

/** Whether a text could be an account for all that can be told without the registry (rule 25). */
export function couldBeAccount(text: string, isShaped: IsAccountShaped): boolean {
  const alias = aliasKey(text)
  return isShaped(normaliseAccount(text)) || isUnifiedAccount(alias) || isOldAccount(alias)
}

function refused(outcome: Outcome, account: Account | null = null, meter: Meter | null = null): NoMeter {
  return { outcome, account, meter }
}

/** An account number first; else an old number, or the ЕЛС, which is no old number. */
function accountsOf(text: string, facts: Facts): { readonly accounts: readonly Account[]; readonly isOld: boolean } {
  const number = normaliseAccount(text)
  if (number === '') return { accounts: [], isOld: false }
  const accounts = facts.byAccount(number)
  if (accounts.length > 0) return { accounts, isOld: false }
  return { accounts: facts.byAlias(aliasKey(text)), isOld: !isUnifiedAccount(aliasKey(text)) }
}
