/** Account and meter as a form or a slip names them, each in a field of its own (rules 3–7). Pure. */
import type { Flag } from '../../schemas/codes.ts'
import type { Outcome } from '../../schemas/outcome.ts'
import type { Branch } from '../core/branch.ts'
import type { Claim } from '../core/claim.ts'
import type { FormClaim } from '../core/delivery.ts'
import type { Account, Meter } from '../core/facts.ts'
import { judge } from '../core/judge.ts'
import { heldForRegistry } from '../core/judged-later.ts'
import type { Facts } from '../core/store.ts'
import {
  aliasKey,
  isOldAccount,
  isUnifiedAccount,
  normaliseAccount,
  serialKey,
  writtenAccount,
} from '../language/normalise.ts'
import type { IsAccountShaped } from './accounts.ts'
import type { House } from './house.ts'
import { type JudgedPart, type UnjudgedPart, whose } from './items-and-events.ts'
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

/** The meter of a form with its branch, where it takes the form's values; else what becomes of them (rules 3–7, 25). */
export function takingMeter(
  form: AccountAndMeter,
  facts: Facts,
  branches: House['branches'],
): (FoundMeter & { readonly branch: Branch }) | UnjudgedPart {
  const found = findMeter(form, facts)
  if ('outcome' in found) return { outcome: found.outcome, item: whose(found) }
  const branch = branches.get(found.account.branch)
  if (branch === undefined) return { outcome: heldForRegistry }
  return oldNumberRefused(found, branch) ?? { ...found, branch }
}

/** What becomes of a claim; `account`: as it was given. */
export function judgedPart(claim: Claim, account: string, facts: Facts): JudgedPart {
  const verdict = judge(claim, facts.standing(claim.account.branch, claim.account.account))
  return { claim, verdict, submittedAccount: writtenAccount(account) }
}

/** Rule 5: an old number, where the branch refuses those; null: it is taken. */
export function oldNumberRefused(found: FoundMeter, { oldAccounts }: Branch): UnjudgedPart | null {
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
export function accountsOf(
  text: string,
  facts: Facts,
): { readonly accounts: readonly Account[]; readonly isOld: boolean } {
  const accounts = facts.byAccount(normaliseAccount(text))
  if (accounts.length > 0) return { accounts, isOld: false }
  return { accounts: facts.byAlias(aliasKey(text)), isOld: !isUnifiedAccount(aliasKey(text)) }
}
