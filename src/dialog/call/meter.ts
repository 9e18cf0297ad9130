/** Which meter it is about, and which one comes next (rules 2, 6). Pure. */
import type { Item } from '../../core/delivery.ts'
import type { Account, Meter } from '../../core/facts.ts'
import { dayOf, monthOf, refusedWindow } from '../../core/period.ts'
import type { AccountRef } from '../conversation/state.ts'
import { circumstances, verdictOf } from '../conversation/verdicts.ts'
import { meterBySerial, meterNamed, metersOf, type NamedMeter, namesIt } from '../meters.ts'
import { type Answered, consentOf, digitsIn, numbersIn, servicesIn, takesLeave } from './listen.ts'
import { goOn, goodbye, type Move, missed, toOperator } from './moves.ts'
import type { Prompt } from './prompts.ts'
import { nameOf } from './questions.ts'
import { type CallMoment, type CallState, meterRefOf, metersLeft, namedAccount } from './state.ts'

/** A serial, or its last digits. */
export const SERIAL = '^\\d{4,15}$'

/** A meter that the caller has named. */
export interface Chosen {
  readonly account: Account
  readonly ref: AccountRef
  readonly meter: Meter
  /** Whether the serial or the caller's phone named it (rule 6). */
  readonly isNamed: boolean
}

/** The meter is known: its values come next. */
export function chosen(moment: CallMoment, { account, ref, meter, isNamed }: Chosen): Move {
  const state = { ...moment.state, accounts: [ref], meter: meterRefOf(meter, isNamed) }
  const known = { ...moment, state }
  const changed = { stage: 'value', values: [], doubt: null, insisted: [], denials: 0, valuesAt: null } as const
  return closedWindow(known, account) ?? goOn(known, changed, [{ say: 'meter', ...nameOf(meter) }])
}

/** Policy `refuse` (rule 2): nothing is taken or asked outside the window; when to call is said. */
export function closedWindow(moment: CallMoment, account: Account): Move | null {
  const { house, delivery } = moment
  const branch = house.branches.get(account.branch)
  const named = namedAccount(moment)
  if (branch === undefined || named === null) return toOperator(moment, [{ say: 'noMeters' }])
  const window = refusedWindow(branch, delivery.receivedAt)
  if (window === null) return null
  const meter = account.meters.find((one) => one.meter === moment.state.meter?.meter) ?? null
  const found = { named, meter, isNamed: false, values: [], tokens: [], problem: null }
  const { part } = verdictOf(found, circumstances(moment, null))
  return goodbye(moment, closedPrompts(window), [part], 'refused')
}

/** That the window is closed, and when the next one is open (rule 2). */
export function closedPrompts({ opensOn, closesOn }: NonNullable<Item['window']>): readonly Prompt[] {
  const between = { from: dayOf(opensOn), until: dayOf(closesOn), month: monthOf(opensOn) }
  return [{ say: 'windowClosed' }, { say: 'callBetween', ...between }]
}

/** One of several meters: by its key, its service, its serial or the last digits of it. */
export function meterAnswered(moment: CallMoment, input: Answered): Move {
  if (metersLeft(moment).length === 0) return toOperator(moment)
  const meant = meterMeant(moment, input)
  return meant === null ? notChosen(moment, input) : chosenOf(moment, meant)
}

interface Meant extends NamedMeter {
  /** Whether it was taken from those that we offered, not told by its service or last digits (rule 6). */
  readonly wasOffered: boolean
}

function chosenOf(moment: CallMoment, { meter, bySerial, wasOffered }: Meant): Move {
  const named = namedAccount(moment)
  const [ref] = moment.state.accounts
  if (named === null || ref === undefined) return toOperator(moment)
  const isNamed = bySerial || (wasOffered && named.isSenders) || namesIt(named, meter)
  return chosen(moment, { account: named.account, ref, meter, isNamed })
}

/** The one that all that was said of it may mean: «электричество, счётчик на 3086», where both are electricity's. */
function meterMeant(moment: CallMoment, input: Answered): Meant | null {
  const meters = metersLeft(moment)
  const account = namedAccount(moment)?.account
  if (account === undefined) return null
  const left = { ...account, meters }
  const serials = digitsIn(input, SERIAL).flatMap((text) => meterNamed(account, text) ?? [])
  const keys = numbersIn(input).flatMap((key) => meters[Number(key) - 1] ?? [])
  const services = servicesIn(input).flatMap((service) => metersOf(left, service))
  const ways = [serials.map(({ meter }) => meter), keys, services].filter((way) => way.length > 0)
  const [meter, ...others] = meters.filter((one) => ways.every((way) => way.includes(one)))
  if (ways.length === 0 || meter === undefined || others.length > 0) return null
  return { meter, bySerial: serials.some(({ bySerial }) => bySerial), wasOffered: keys.length > 0 }
}

/** Nothing was named, or a meter that is gone, which is said (rule 7). */
function notChosen(moment: CallMoment, input: Answered): Move {
  const account = namedAccount(moment)?.account
  const named =
    account === undefined ? [] : digitsIn(input, SERIAL).flatMap((text) => meterBySerial(account, text) ?? [])
  const isGone = named.some(({ status }) => status === 'ARCHIVED')
  return missed(moment, { say: isGone ? 'meterReplaced' : 'unclear' })
}

/** Whether another meter follows. */
export function nextAnswered(moment: CallMoment, input: Answered): Move {
  const [next] = metersLeft(moment)
  if (next === undefined || takesLeave(input)) return goodbye(moment, [], [], moment.state.end)
  const consent = consentOf(input)
  if (consent === 'YES') return chosenOf(moment, { meter: next, bySerial: false, wasOffered: true })
  if (consent === 'NO') return nextMeter(moment, { ...moment.state.done, [next.meter]: 0 })
  const other = meterMeant(moment, input)
  return other === null ? notChosen(moment, input) : chosenOf(moment, other)
}

/** The next meter is offered; where there is none, the call ends. */
export function nextMeter(moment: CallMoment, done: CallState['done']): Move {
  const changed = { ...moment.state, done, meter: null, values: [], doubt: null }
  const now = { ...moment, state: changed }
  if (metersLeft(now).length === 0) return goodbye(now, [], [], changed.end)
  return goOn(now, { stage: 'next' })
}
