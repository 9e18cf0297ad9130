import { one } from './decimal.ts'
import type { Register } from './facts.ts'
import { isOverCap } from './rules/cap.ts'
import { isTooLong } from './rules/plausible.ts'
import { MONTH_PART } from './rules/usual.ts'
import { type Scale, weigh } from './rules/weigh.ts'

/** What the registry knows of a register: what a value on a slip is weighed against. */
export interface Known {
  readonly register: Register
  readonly scale: Scale
}

/** How likely a value is before anyone looks at the slip. */
export interface Expectation {
  /** Density per unit of the last digit before the comma. */
  readonly density: number
  /** Whether rules 17 to 19 refuse it: nobody may be sure of it then, though people do write such values. */
  readonly refused: boolean
}

/** Half of what customers write is spread evenly up to the cap: removals, heaters, months that were skipped. */
const EVEN_SHARE = 0.5
/** Nothing was used: the house stands empty. */
const ZERO_SHARE = 0.02
/** So much of what customers write is refused by the rules. */
const REFUSED_SHARE = 0.02
/** Half of that lies below the last reading by a little (some hundred units), the rest anywhere on the dial. */
const REFUSED_NEAR = 0.5
const REFUSED_REACH = 300
/** The heavy tail: Student's t with 2 degrees of freedom in the logarithm of use, half of it within a factor of 1.6. */
const SPREAD = 0.6
/** Added to use before the logarithm, so that little use next to little is no surprise. */
const LEAST_USE = 15
/** Where no cap limits use (water, gas, heat): what may be used at most, in months of the usual, at least so much. */
const MONTHS_MAX = 24
const USE_MAX_LEAST = 1_000
const MILLION = Number(one)
const USUAL_PART = Number(MONTH_PART)

/** How likely this value is on this register, by the registry alone; rules 17 to 19 judge as they do anywhere. */
export function expectationOf(value: string, { register, scale }: Known): Expectation {
  const weighed = weigh(register, value, scale)
  const dial = 10 ** register.digits
  const refused = weighed.used < 0n || isOverCap([weighed], scale) || isTooLong(weighed)
  const used = Number(weighed.used) / MILLION / scale.meter.ratio
  if (refused) return { refused, density: REFUSED_SHARE * refusedDensity(used, dial) }
  const usual = weighed.usual === null ? null : Number(weighed.usual) / USUAL_PART / MILLION / scale.meter.ratio
  return {
    refused,
    density: (1 - REFUSED_SHARE) * useDensity(used, usual, useMax(weighed.days, usual, { register, scale })),
  }
}

function refusedDensity(used: number, dial: number): number {
  const near = used < 0 ? Math.exp(used / REFUSED_REACH) / REFUSED_REACH : 0
  return REFUSED_NEAR * near + (1 - REFUSED_NEAR) / dial
}

/** The most that can have been used since: the connection's, or many times the usual; never more than the dial shows. */
function useMax(days: number, usual: number | null, { register, scale }: Known): number {
  const dial = 10 ** register.digits
  const most =
    scale.meter.service === 'ELECTRICITY'
      ? scale.branch.capKilowatts * 24 * days
      : Math.max(USE_MAX_LEAST, MONTHS_MAX * (usual ?? 0))
  return Math.min(dial, most)
}

function useDensity(used: number, usual: number | null, most: number): number {
  const even = used <= most ? 1 / most : 0
  // Without a usual use only the even part is left, and a logarithmic one: little use is likelier than much.
  const tail =
    usual === null
      ? 1 / ((used + LEAST_USE) * Math.log(1 + most / LEAST_USE))
      : studentDensity(Math.log((used + LEAST_USE) / (usual + LEAST_USE)) / SPREAD) / (SPREAD * (used + LEAST_USE))
  return EVEN_SHARE * even + (1 - EVEN_SHARE) * ((1 - ZERO_SHARE) * tail + (used === 0 ? ZERO_SHARE : 0))
}

/** Student's t with 2 degrees of freedom. */
function studentDensity(t: number): number {
  return (2 + t * t) ** -1.5
}
