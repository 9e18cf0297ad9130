/** What a call remembers between two steps. JSON in the store, under the call's own id. */
import type { CallEnd } from '../../core/call.ts'
import type { Delivery } from '../../core/delivery.ts'
import type { Account, Meter, Register } from '../../core/facts.ts'
import { instantOf, msOf } from '../../core/instant.ts'
import type { Facts, StoredConversation } from '../../core/store.ts'
import { type NamedAccount, namedIn } from '../accounts.ts'
import type { ReadValue } from '../claims/values.ts'
import { type AccountRef, jsonOf, type Open, storedBefore } from '../conversation/state.ts'
import type { House } from '../house.ts'
import { activeMeters } from '../meters.ts'

/** Where a call stands: what the caller was asked last. */
export const callStages = ['phone', 'account', 'serial', 'meter', 'next', 'value', 'confirm', 'over'] as const
/** `phone`: the last digits of a known phone's account; `meter`: one of several; `next`: whether another one follows. */
export type CallStage = (typeof callStages)[number]

/** A meter as it was chosen: with all that is said of it, so that an operator can be told without the registry. */
export interface MeterRef extends Pick<Meter, 'meter' | 'service'> {
  readonly registers: readonly Pick<Register, 'register' | 'zone'>[]
  /** Whether its whole serial or the caller's phone named it (rule 6). */
  readonly isNamed: boolean
}

/** Where a call stands, and all that is known in it. */
export interface CallState {
  readonly stage: CallStage
  /** Questions asked so far. */
  readonly asked: number
  /** Names the question that waits for its answer. */
  readonly step: string
  /** How often it was asked in vain. */
  readonly misses: number
  /** How often the caller said no to this meter's values. */
  readonly denials: number
  /** What may be meant: several until the phone's digits or the serial have left one. */
  readonly accounts: readonly AccountRef[]
  /** The meter whose values are taken. */
  readonly meter: MeterRef | null
  /** Of the meter, in register order, not accepted yet. */
  readonly values: readonly ReadValue[]
  /** Instant of the step that brought the last of them: decides window and period. */
  readonly valuesAt: string | null
  /** The doubt that the caller is asked about; null: nothing is doubted. */
  readonly doubt: Open | null
  /** Values for which he refused the proposal; said again, they are taken as typed. */
  readonly insisted: readonly ReadValue[]
  /** Serials that are done with, and how often a reading of each was accepted. */
  readonly done: Readonly<Record<string, number>>
  /** The submission that holds these values until the caller confirms or denies them. */
  readonly holding: string | null
  /** The best that is known of the call so far. */
  readonly end: CallEnd
}

/** Twilio ends a call after four hours. */
const CALL_MS_MAX = 4 * 3_600_000
/** Five meters of three zones, each said wrong twice, take some 60 steps; who comes this far is put through. */
export const STEPS_MAX = 100
/** After that many answers in vain an operator takes over: the question, and twice more simply. */
export const MISSES_MAX = 3

/** A call that has just come in. */
export const newCall: CallState = {
  stage: 'account',
  asked: 0,
  step: '',
  misses: 0,
  denials: 0,
  accounts: [],
  meter: null,
  values: [],
  valuesAt: null,
  doubt: null,
  insisted: [],
  done: {},
  holding: null,
  end: 'abandoned',
}

/** The call as it stands when a delivery comes in; null: it is new. */
export function callBefore(delivery: Delivery, facts: Facts): CallState | null {
  const before = storedBefore(delivery, facts)
  return before === undefined ? null : { ...newCall, ...(jsonOf(before.state) as Partial<CallState>) }
}

/** The call as the store keeps it. */
export function storedCall(state: CallState, at: string): StoredConversation {
  return {
    state: JSON.stringify({ ...state, at }),
    accounts: [...new Set(state.accounts.map(({ account }) => account))],
    expiresAt: instantOf(msOf(at) + CALL_MS_MAX),
  }
}

/** All that one step of a call is decided by. */
export interface CallMoment {
  readonly delivery: Delivery
  readonly facts: Facts
  readonly house: House
  /** Id of the submission that this delivery is. */
  readonly submission: string
  readonly state: CallState
}

/** The caller's account, once there is one, as the registry has it now. */
export function namedAccount({ state, facts }: CallMoment): NamedAccount | null {
  const [ref, ...others] = state.accounts
  return ref === undefined || others.length > 0 ? null : namedIn(facts, ref)
}

/** How an account is remembered. */
export function accountRefOf(
  account: Account,
  named: Pick<AccountRef, 'submitted' | 'isOld' | 'isSenders'>,
): AccountRef {
  return { branch: account.branch, account: account.account, ...named }
}

/** How a meter is remembered. */
export function meterRefOf({ meter, service, registers }: Meter, isNamed: boolean): MeterRef {
  return { meter, service, registers: registers.map(({ register, zone }) => ({ register, zone })), isNamed }
}

/** The meter whose values are taken, as the registry has it now. */
export function chosenMeter(moment: CallMoment): Meter | null {
  const { meter } = moment.state
  const account = meter === null ? null : namedAccount(moment)?.account
  return account?.meters.find((one) => one.meter === meter?.meter) ?? null
}

/** Active meters of the account that are not done with, in the registry's order. */
export function metersLeft(moment: CallMoment): readonly Meter[] {
  const account = namedAccount(moment)?.account
  return account === undefined
    ? []
    : activeMeters(account).filter(({ meter }) => moment.state.done[meter] === undefined)
}
