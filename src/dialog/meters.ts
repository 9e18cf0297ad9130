/** The meters of an account: those in use, and which one a serial, its last digits, a service or a label means. Pure. */
import type { Outcome } from '../../schemas/outcome.ts'
import type { Account, Meter, Register } from '../core/facts.ts'
import { bareKey, serialKey } from '../language/normalise.ts'
import type { LabelToken, NamedService } from '../language/token.ts'
import type { NamedAccount } from './accounts.ts'

/** The meters of an account that are in use, in the registry's order. */
export function activeMeters({ meters }: Account): readonly Meter[] {
  return meters.filter(({ status }) => status === 'ACTIVE')
}

/** The one active meter whose serial ends in these 4 digits (rule 6). */
export function meterByTail(account: Account, text: string): Meter | null {
  return onlyEnding(activeMeters(account), text)
}

/** The same where the digits are said to be a serial's: then they name a meter that is no longer in use, too (rule 7). */
export function meterOfTail(account: Account, text: string): Meter | null {
  return meterByTail(account, text) ?? onlyEnding(account.meters, text)
}

function onlyEnding(meters: readonly Meter[], text: string): Meter | null {
  if (!/^\d{4}$/.test(text)) return null
  const [only, another] = meters.filter(({ meter }) => serialKey(meter).endsWith(text))
  return another === undefined ? (only ?? null) : null
}

/** In a text fewer digits than this are no serial whose zeros were left out. */
const BARE_DIGITS_MIN = 4

/** The meter of an account with that serial, also written without leading zeros where that stays unique (rule 3). */
export function meterBySerial(account: Account, text: string): Meter | null {
  const key = serialKey(text)
  const exact = meterByKey(account, text, key)
  if (exact) return exact
  const bare = bareKey(key)
  const matches = account.meters.filter(({ meter }) => bareKey(serialKey(meter)) === bare)
  return matches.length === 1 ? (matches[0] ?? null) : null
}

/** The same in a text, where so few digits are a value rather than a serial without its zeros. */
export function meterInText(account: Account, text: string): Meter | null {
  const key = serialKey(text)
  return key.length < BARE_DIGITS_MIN ? meterByKey(account, text, key) : meterBySerial(account, text)
}

function meterByKey({ meters }: Account, text: string, key: string): Meter | null {
  return meters.find(({ meter }) => meter === text || serialKey(meter) === key) ?? null
}

/** A meter, and whether its whole serial named it. */
export interface NamedMeter {
  readonly meter: Meter
  readonly bySerial: boolean
}

/** By its serial, else by its last 4 digits (rules 3 and 6); null: neither leaves one. */
export function meterNamed(account: Account, text: string): NamedMeter | null {
  const whole = meterBySerial(account, text)
  if (whole !== null) return { meter: whole, bySerial: true }
  const active = meterByTail(account, serialKey(text))
  return active === null ? null : { meter: active, bySerial: false }
}

/** Rule 6: the sender's phone names the meter where its account has exactly one active one. */
export function namesIt({ account, isSenders }: Pick<NamedAccount, 'account' | 'isSenders'>, meter: Meter): boolean {
  const [only, ...others] = activeMeters(account)
  return isSenders && others.length === 0 && only === meter
}

/** Rule 7: why a meter takes no readings; null: it does, or none is known. */
export function statusProblem(meter: Meter | null): Outcome | null {
  if (meter?.status !== 'ARCHIVED') return null
  return meter.replacedBy === null
    ? { kind: 'rejected', code: 'METER_ARCHIVED' }
    : { kind: 'held', code: 'METER_REPLACED' }
}

/** The account's active meters of a service. */
export function metersOf(account: Account, service: NamedService): readonly Meter[] {
  return activeMeters(account).filter((meter) => isOfService(meter.service, service))
}

/** Whether a label is this register's own name, or its zone. */
export function isOfRegister({ register, zone }: Register, label: LabelToken): boolean {
  return label.register === register || label.zone === zone
}

/** Whether a meter's service is the one that was named. */
export function isOfService(one: NamedService, named: NamedService): boolean {
  return named === 'WATER' ? one === 'COLD_WATER' || one === 'HOT_WATER' : one === named
}
