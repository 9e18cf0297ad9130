import type { Claim, ClaimedValue } from '../claim.ts'
import { decimal, decimalOf } from '../decimal.ts'
import type { Register } from '../facts.ts'
import { type Typed, typedValue, valueText } from './value.ts'

/** Which value goes to which register (rules 9 and 16). */
export interface Assignment {
  /** In register order; null where a register has no value. */
  readonly values: readonly (Candidate | null)[]
  /** Registers that were named twice with different values. */
  readonly contradicted: readonly Register[]
  /** How many values found no register. */
  readonly extra: number
  /** Whether any of the values is no number. */
  readonly bad: boolean
}

/** A claimed value that counts for the meter. `typed` null: it is no number. */
export interface Candidate {
  readonly register: string | null
  readonly text: string
  readonly typed: Typed | null
  /** Millionths; null with `typed`. */
  readonly amount: bigint | null
}

/**
 * Puts the claim's values on the meter's registers: labels win, the others fill what is left in register order. Labels
 * that the meter doesn't have make a value too many of it; a label said twice with one value is one; a sum is dropped
 * (rule 16).
 */
export function assign(claim: Claim): Assignment {
  const { registers } = claim.meter
  const values: Candidate[] = []
  for (const claimed of claim.values) {
    const next = candidate(claimed, claim)
    if (!values.some((earlier) => isRepeat(earlier, next))) values.push(next)
  }
  const isTwice = ({ register }: Register) => values.filter((value) => value.register === register).length > 1
  const contradicted = registers.filter(isTwice)
  const bad = values.some((value) => value.typed === null && !isStray(value, registers))
  const { placed, extra } = place(withoutSum(values, claim), registers)
  return { values: placed, extra, contradicted, bad }
}

/** Labelled with a register that the meter doesn't have. */
function isStray({ register: label }: Candidate, registers: readonly Register[]): boolean {
  return label !== null && !registers.some(({ register }) => register === label)
}

function candidate({ register, value }: ClaimedValue, { meter }: Claim): Candidate {
  const typed = typedValue(value, meter.service)
  return { register, text: value, typed, amount: typed === null ? null : decimal(valueText(typed)) }
}

function isRepeat(a: Candidate, b: Candidate): boolean {
  return a.register !== null && a.register === b.register && isSame(a, b)
}

function isSame(a: Candidate, b: Candidate): boolean {
  return a.amount === null ? a.text === b.text : a.amount === b.amount
}

/** Rule 16: one value too many that is the sum of the others is dropped; on a meter with one register, its repetition. */
function withoutSum(values: readonly Candidate[], { meter, branch }: Claim): readonly Candidate[] {
  if (values.length <= meter.registers.length) return values
  if (meter.registers.length === 1) return withoutEquals(values, meter.registers)
  const amounts = values.map(({ amount }) => amount)
  if (!amounts.every((amount) => amount !== null)) return values
  const sums = sumsAmong(amounts, decimalOf(branch.sumTolerance))
  return sums.length === 1 ? values.toSpliced(sums[0] ?? 0, 1) : values
}

function withoutEquals(values: readonly Candidate[], registers: readonly Register[]): readonly Candidate[] {
  const isOwn = (value: Candidate) => !isStray(value, registers)
  return values.filter(
    (value, at) => !(isOwn(value) && values.slice(0, at).some((earlier) => isOwn(earlier) && isSame(earlier, value))),
  )
}

/** Places of the amounts that are the sum of all others, up to the tolerance. */
function sumsAmong(amounts: readonly bigint[], tolerance: bigint): readonly number[] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0n)
  return amounts.flatMap((amount, at) => {
    const off = total - 2n * amount
    return off <= tolerance && -off <= tolerance ? [at] : []
  })
}

function place(values: readonly Candidate[], registers: readonly Register[]) {
  const unlabelled = values.filter(({ register }) => register === null)
  let next = 0
  const placed = registers.map(
    ({ register }) => values.find((value) => value.register === register) ?? unlabelled[next++] ?? null,
  )
  return { placed, extra: values.length - placed.filter((value) => value !== null).length }
}
