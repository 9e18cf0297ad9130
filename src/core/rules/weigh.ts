import type { Branch } from '../branch.ts'
import { decimal, one, wholeOf } from '../decimal.ts'
import type { Meter, Register, Service } from '../facts.ts'
import { dayNumber } from '../period.ts'
import { isOverCap } from './cap.ts'
import { isVeryHigh, usualUse } from './usual.ts'

/** What values are weighed against. */
export interface Scale {
  readonly branch: Branch
  readonly meter: Meter
  /** Local day of receipt, in days from 1970-01-01. */
  readonly day: number
}

/** A value on its register, with all that rules 17–22 look at. Amounts are millionths of the meter's unit. */
export interface Weighed {
  readonly register: Register
  /** As taken down: no zeros in front. */
  readonly value: string
  readonly amount: bigint
  /** (value − previous) × ratio, rollover included; negative where the value is below the previous one (rule 18). */
  readonly used: bigint
  /** Whether the dial went over its top. */
  readonly rolled: boolean
  /** Elapsed days, at least 1. */
  readonly days: number
  /** From `usualUse`: the usual use in these days, as millionths × 487; null: unknown. */
  readonly usual: bigint | null
}

/** Rollover, as Oracle MDM has it: the old value stood in the last 30 % of the dial; this is 10 × the factor 0.7. */
const ROLLOVER_TENTHS = 7n

/** A register's last billed value as it is compared: whole for electricity. */
export function previousOf({ lastValue }: Register, service: Service): string {
  return service === 'ELECTRICITY' ? wholeOf(lastValue) : lastValue
}

/** Weighs one value of one register; the value is digits with an optional `.` fraction. */
export function weigh(register: Register, value: string, scale: Scale): Weighed {
  const amount = decimal(value)
  const before = decimal(previousOf(register, scale.meter.service))
  const ratio = BigInt(scale.meter.ratio)
  const days = Math.max(1, scale.day - dayNumber(register.lastDate))
  const used = (amount - before) * ratio
  const plain = { register, value, amount, used, rolled: false, days, usual: usualUse(register, days) }
  if (used >= 0n) return plain
  const top = 10n ** BigInt(register.digits) * one
  if (before * 10n < top * ROLLOVER_TENTHS) return plain
  const over = { ...plain, used: used + top * ratio, rolled: true }
  return isPlausibleUse(over, scale) ? over : plain
}

/** Rule 18: the way over the top is plausible under rules 19 and 20, each register by itself. */
function isPlausibleUse(over: Weighed, scale: Scale): boolean {
  return over.used >= 0n && !isOverCap([over], scale) && !isVeryHigh(over, scale)
}
