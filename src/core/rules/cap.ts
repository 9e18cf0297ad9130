import { decimalOf } from '../decimal.ts'
import type { Scale, Weighed } from './weigh.ts'

const HOURS_A_DAY = 24n

/**
 * Rule 19: all registers together used more than the connection can carry (kW × elapsed hours × ratio; electricity
 * only). Where the registers were last billed on different days, the longest time counts: less could be possible.
 */
export function isOverCap(weighed: readonly Weighed[], { branch, meter }: Scale): boolean {
  if (meter.service !== 'ELECTRICITY') return false
  let used = 0n
  let days = 0
  for (const register of weighed) {
    used += register.used
    days = Math.max(days, register.days)
  }
  return used > decimalOf(branch.capKilowatts) * HOURS_A_DAY * BigInt(days) * BigInt(meter.ratio)
}
