import { wholeOf } from '../decimal.ts'
import { isOverCap } from './cap.ts'
import { isVeryHigh } from './usual.ts'
import type { Scale, Weighed } from './weigh.ts'

/** Codes of rules 17–20. */
export type Doubt = 'TOO_MANY_DIGITS' | 'BELOW_PREVIOUS' | 'OVER_CAP' | 'VERY_HIGH'

/** Rules 17–20 in their order; each looks at all registers of the meter before the next one comes. */
export const doubts: readonly {
  readonly code: Doubt
  readonly fails: (weighed: readonly Weighed[], scale: Scale) => boolean
}[] = [
  { code: 'TOO_MANY_DIGITS', fails: (weighed) => weighed.some(isTooLong) },
  { code: 'BELOW_PREVIOUS', fails: (weighed) => weighed.some(({ used }) => used < 0n) },
  { code: 'OVER_CAP', fails: isOverCap },
  { code: 'VERY_HIGH', fails: (weighed, scale) => weighed.some((register) => isVeryHigh(register, scale)) },
]

/** Whether values pass rules 17–20 entirely; rollover and the flags HIGH, LOW and ZERO are allowed. */
export function isPlausible(weighed: readonly Weighed[], scale: Scale): boolean {
  return !doubts.some(({ fails }) => fails(weighed, scale))
}

/** Rule 17: more whole digits than the dial has; zeros in front are dropped already. */
export function isTooLong({ value, register }: Weighed): boolean {
  return wholeOf(value).length > register.digits
}
