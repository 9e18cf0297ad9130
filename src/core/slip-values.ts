import { withoutZeros } from './decimal.ts'
import type { BoxSeen, RowSeen } from './slip.ts'

/** A value that a row could spell, by its boxes alone. */
export interface Spelt {
  /** Without zeros in front: `4557`, `4557.3`. */
  readonly value: string
  /** The boxes' own probability of it. */
  readonly likelihood: number
}

/** All that a row could spell, and how the rest of its probability is spread. Together at most 1. */
export interface Spelling {
  /** Likeliest first. */
  readonly values: readonly Spelt[]
  /** Nothing is written in any box. */
  readonly blank: number
  /** A box behind the first digit is empty or holds a dash. */
  readonly gap: number
  /** Some box holds what no machine may read. */
  readonly junk: number
}

/** How often the net is wrong where it is as good as certain: so much is taken from each digit and given to the others. */
const SURPRISE = 3e-5
/** In training one box in seven holds junk, on slips one in a hundred: what the net says of it is weighed down, but less. */
const JUNK_WEIGHT = 0.3
/** Unlikelier than the likeliest by this is left out; the registry's knowledge outweighs no more. */
const NEGLIGIBLE = 1e-9
const SPELT_MAX = 4_000

/** A row read from the left as far as some box. */
interface Prefix {
  readonly digits: string
  readonly likelihood: number
}

/** Reads a row from left to right: leading boxes may be empty, hold a dash or a zero; behind the first digit all hold digits. */
export function spellingOf({ boxes, whole, decimals }: Pick<RowSeen, 'boxes' | 'whole' | 'decimals'>): Spelling {
  let prefixes: Prefix[] = [{ digits: '', likelihood: 1 }]
  let [blank, valid, gap] = [1, 0, 0]
  for (const box of boxes.map(weighted)) {
    const nothing = box.empty + box.dash
    const digit = box.digits.reduce((sum, p) => sum + p, 0)
    gap += valid * nothing
    valid = valid * digit + blank * digit
    blank *= nothing
    prefixes = likeliest(prefixes.flatMap((prefix) => continued(prefix, box, nothing)))
  }
  const values = merged(
    prefixes.filter(({ digits }) => digits !== ''),
    decimals,
    whole,
  )
  return { values, blank, gap, junk: Math.max(0, 1 - blank - valid - gap) }
}

function continued({ digits, likelihood }: Prefix, box: BoxSeen, nothing: number): Prefix[] {
  const further = box.digits.map((p, digit) => ({ digits: `${digits}${digit}`, likelihood: likelihood * p }))
  return digits === '' ? [{ digits, likelihood: likelihood * nothing }, ...further] : further
}

function likeliest(prefixes: readonly Prefix[]): Prefix[] {
  const best = prefixes.reduce((max, { likelihood }) => Math.max(max, likelihood), 0)
  return prefixes
    .filter(({ likelihood }) => likelihood > best * NEGLIGIBLE)
    .toSorted((one, other) => other.likelihood - one.likelihood)
    .slice(0, SPELT_MAX)
}

/** `000808` and `808` are one value. A row whose first digit stands behind the comma has no whole digit: 0. */
function merged(prefixes: readonly Prefix[], decimals: number, whole: number): Spelt[] {
  const values = new Map<string, number>()
  for (const { digits, likelihood } of prefixes) {
    const all = digits.padStart(whole + decimals, '0')
    const integer = withoutZeros(all.slice(0, whole))
    const value = decimals === 0 ? integer : `${integer}.${all.slice(whole)}`
    values.set(value, (values.get(value) ?? 0) + likelihood)
  }
  return [...values]
    .map(([value, likelihood]) => ({ value, likelihood }))
    .toSorted((one, other) => other.likelihood - one.likelihood)
}

/** A box with its surprise spread over the digits and its junk weighed as on slips. */
function weighted({ digits, empty, dash, junk }: BoxSeen): BoxSeen {
  const digit = digits.reduce((sum, p) => sum + p, 0)
  const total = digit + empty + dash + junk * JUNK_WEIGHT
  const spread = (p: number): number => ((1 - SURPRISE) * p + (SURPRISE * digit) / digits.length) / total
  return { digits: digits.map(spread), empty: empty / total, dash: dash / total, junk: (junk * JUNK_WEIGHT) / total }
}
