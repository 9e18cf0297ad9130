/** Who is calling, and which meter it is about (rules 3–7). Pure. */
import type { Account } from '../../core/facts.ts'
import { dayOf, monthOf, windowAt } from '../../core/period.ts'
import { isUnifiedAccount } from '../../language/normalise.ts'
import { accountIn, accountsOfPhone, isSameAccount } from '../accounts.ts'
import type { AccountRef } from '../conversation/state.ts'
import { activeMeters, meterNamed, namesIt } from '../meters.ts'
import { type Answered, accountsIn, consentOf, digitsIn, numbersIn } from './listen.ts'
import { chosen, closedWindow, SERIAL } from './meter.ts'
import { goOn, type Move, missed, toOperator } from './moves.ts'
import type { Prompt } from './prompts.ts'
import { accountRefOf, type CallMoment } from './state.ts'

const TAIL_DIGITS = 4
const LAST_DIGITS = `^\\d{${TAIL_DIGITS}}$`

/** The call comes in: greets, and asks who it is. */
export function started(moment: CallMoment): Move {
  const { facts, delivery } = moment
  if (facts.registry !== 'ready') return toOperator(moment, [{ say: 'greeting' }, { say: 'registryAway' }])
  const own = accountsOfPhone(delivery, facts)
  const accounts = own.map((account) => senderRef(account))
  const says: readonly Prompt[] = [{ say: 'greeting' }, ...windowPrompts(moment, own)]
  return goOn(moment, { stage: own.length > 0 ? 'phone' : 'account', accounts }, says)
}

function senderRef(account: Account): AccountRef {
  return accountRefOf(account, { submitted: account.account, isOld: false, isSenders: true })
}

/** Where all branches that may be meant agree, what the calendar says now. */
function windowPrompts({ house, delivery }: CallMoment, own: readonly Account[]): readonly Prompt[] {
  const known = own.flatMap(({ branch }) => house.branches.get(branch) ?? [])
  const branches = known.length > 0 ? known : [...house.branches.values()]
  const said = branches.map((branch): Prompt => {
    const { inside, period, closesOn } = windowAt(branch, delivery.receivedAt)
    if (inside) return { say: 'windowOpen', until: dayOf(closesOn) }
    if (branch.window.outside === 'refuse') return { say: 'windowClosed' }
    return { say: 'windowCounts', month: monthOf(period) }
  })
  const [first] = said
  const agree = first !== undefined && said.every((one) => JSON.stringify(one) === JSON.stringify(first))
  return agree && first.say !== 'windowClosed' ? [first] : []
}

/** The last digits of a known phone's account; or another account in full. */
export function phoneAnswered(moment: CallMoment, input: Answered): Move {
  if (consentOf(input) === 'NO' && numbersIn(input).length === 0) return otherAccount(moment)
  const { state, facts } = moment
  const said = digitsIn(input, LAST_DIGITS)
  const matching = state.accounts.filter(({ account }) => said.some((one) => tailOf(account) === one))
  const [only, ...others] = matching
  if (only !== undefined && others.length === 0) return identified(moment, accountIn(facts, only) ?? null, only)
  if (only !== undefined) return goOn(moment, { stage: 'serial', accounts: matching })
  const inFull = accountsFound(moment, input)
  if (inFull.length > 0) return accountAnswered(moment, input)
  return said.length === 0 ? missed(moment, { say: 'unclear' }) : otherAccount(moment, [{ say: 'mismatch' }])
}

function tailOf(account: string): string {
  return account.replace(/\D/g, '').slice(-TAIL_DIGITS)
}

function otherAccount(moment: CallMoment, says: readonly Prompt[] = []): Move {
  return goOn(moment, { stage: 'account', accounts: [] }, says)
}

/** The account in full: its number, its old one, or its ЕЛС; of several that it leads to, the caller's own (rule 5). */
export function accountAnswered(moment: CallMoment, input: Answered): Move {
  const { facts, house, delivery } = moment
  const found = accountsFound(moment, input)
  const numbers = new Set(found.map(({ submitted }) => submitted))
  if (numbers.size > 1) return missed(moment, { say: 'several' })
  if (found.length === 0) return missed(moment, { say: wasNumber(moment, input) ? 'accountUnknown' : 'unclear' })
  const taken = found.filter(({ branch, isOld }) => !(isOld && house.branches.get(branch)?.oldAccounts === 'refuse'))
  if (taken.length === 0) return missed(moment, { say: 'accountOld' })
  const own = accountsOfPhone(delivery, facts)
  const callers = taken.flatMap((ref) => {
    const account = own.find((one) => isSameAccount(one, ref))
    return account === undefined ? [] : [{ ref, account }]
  })
  const [only, ...others] = callers
  if (only !== undefined && others.length === 0)
    return identified(moment, only.account, { ...only.ref, isSenders: true })
  return goOn(moment, { stage: 'serial', accounts: taken })
}

function accountsFound({ facts, house }: CallMoment, input: Answered): readonly AccountRef[] {
  const { accounts, aliases } = accountsIn(input, house)
  const direct = accounts.flatMap((number) =>
    facts.byAccount(number).map((one) => accountRefOf(one, { submitted: number, isOld: false, isSenders: false })),
  )
  if (direct.length > 0) return direct
  return aliases.flatMap((alias) => {
    const isOld = !isUnifiedAccount(alias)
    return facts.byAlias(alias).map((one) => accountRefOf(one, { submitted: alias, isOld, isSenders: false }))
  })
}

function wasNumber({ house }: CallMoment, input: Answered): boolean {
  const { accounts, aliases } = accountsIn(input, house)
  return accounts.length + aliases.length > 0
}

/** The account is the caller's own: its meter is known where there is one. */
function identified(moment: CallMoment, account: Account | null, ref: AccountRef): Move {
  const [only, ...others] = account === null ? [] : activeMeters(account)
  const state = { ...moment.state, stage: 'meter', accounts: [ref] } as const
  if (account === null || only === undefined) return toOperator({ ...moment, state }, [{ say: 'noMeters' }])
  if (others.length === 0) return chosen({ ...moment, state }, { account, ref, meter: only, isNamed: true })
  return closedWindow({ ...moment, state }, account) ?? goOn({ ...moment, state }, { stage: 'meter' })
}

/** The last 4 digits of the serial, more of them, or all of it. */
export function serialAnswered(moment: CallMoment, input: Answered): Move {
  const said = digitsIn(input, SERIAL)
  if (said.length === 0) return missed(moment, { say: 'unclear' })
  const accounts = moment.state.accounts.flatMap((ref) => {
    const account = accountIn(moment.facts, ref)
    return account === undefined ? [] : [{ ref, account }]
  })
  const named = accounts.flatMap((one) =>
    said.flatMap((text) => meterNamed(one.account, text) ?? []).map((meter) => ({ ...one, ...meter })),
  )
  const alike = accounts.flatMap((one) =>
    activeMeters(one.account)
      .filter(({ meter }) => endsAs(meter, said))
      .map((meter) => ({ ...one, meter, bySerial: false })),
  )
  const [only, ...others] = named.length === 0 && alike.length === 1 ? alike : named
  if (only !== undefined && others.length === 0) {
    if (only.meter.status === 'ARCHIVED') return missed(moment, { say: 'meterReplaced' })
    const { account, ref, meter, bySerial } = only
    const isNamed = bySerial || namesIt({ account, isSenders: ref.isSenders }, meter)
    return chosen(moment, { account, ref, meter, isNamed })
  }
  const [ref, ...otherRefs] = new Set(alike.map((one) => one.ref))
  if (ref !== undefined && otherRefs.length + others.length === 0)
    return goOn(moment, { stage: 'meter', accounts: [ref] })
  if (others.length > 0) return missed(moment, { say: 'several' })
  const isGone = accounts.some(({ account }) => account.meters.some(({ meter }) => endsAs(meter, said)))
  return missed(moment, { say: isGone ? 'meterReplaced' : 'mismatch' })
}

/** Fewer digits than were asked for are too easily guessed. */
function endsAs(serial: string, said: readonly string[]): boolean {
  return said.some((text) => text.length >= TAIL_DIGITS && serial.endsWith(text))
}
