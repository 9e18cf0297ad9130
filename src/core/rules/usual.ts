import { decimal, decimalOf } from '../decimal.ts'
import type { Register, Service } from '../facts.ts'
import type { Scale, Weighed } from './weigh.ts'

/** Days of a month: 30.4375 = 487/16, so that usual use × 487 stays a whole number of millionths. */
export const MONTH_PART = 487n
const MONTH_WHOLE = 16n

/** Units as events and `highMargin` write them. */
export const unitOf = {
  ELECTRICITY: 'kWh',
  COLD_WATER: 'm3',
  HOT_WATER: 'm3',
  GAS: 'm3',
  HEAT: 'Gcal',
} as const satisfies Record<Service, string>

/** Rule 20's expected consumption, monthly usage × days / 30.4375, as millionths × 487; null: unknown. */
export function usualUse({ monthlyUsage }: Register, days: number): bigint | null {
  return monthlyUsage === null ? null : decimal(monthlyUsage) * MONTH_WHOLE * BigInt(days)
}

/** Rule 20: more than twice the usual use, and more than the margin above it. */
export function isVeryHigh({ used, usual }: Weighed, { branch, meter }: Scale): boolean {
  if (usual === null) return false
  const margin = decimalOf(branch.highMargin[unitOf[meter.service]]) * MONTH_PART
  const twice = 2n * usual
  const above = usual + margin
  return used * MONTH_PART > (twice > above ? twice : above)
}

/** Rule 20: more than 1.6 times the usual use. */
export function isHigh({ used, usual }: Weighed): boolean {
  return usual !== null && used * MONTH_PART * 10n > usual * 16n
}

/** Rule 20: less than 0.4 of the usual use, but not nothing. */
export function isLow({ used, usual }: Weighed): boolean {
  return usual !== null && used > 0n && used * MONTH_PART * 10n < usual * 4n
}
