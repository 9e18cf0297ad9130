import { written } from '../decimal.ts'
import type { Meter, Service } from '../facts.ts'
import type { Hearing } from './hearing.ts'
import { isPlausible, isTooLong } from './plausible.ts'
import { type Typed, valueText } from './value.ts'
import { type Scale, type Weighed, weigh } from './weigh.ts'

/** A repaired set of values; `meter` is another one where that was the mistake. */
export interface Repair {
  readonly meter: Meter
  readonly weighed: readonly Weighed[]
}

/** A value for each register of a meter, in register order. */
type Values = readonly string[]

type Attempt = { readonly meter: Meter; readonly values: Values }

/** Rule 21: the one repair that passes rules 17–20 entirely; null where none or several do. */
export function onlyRepair(hearing: Hearing): Repair | null {
  const found = new Map<string, Repair>()
  for (const { meter, values } of attempts(hearing)) {
    const scale = { ...hearing.scale, meter }
    const weighed = meter.registers.map((register, at) => weigh(register, values[at] ?? '0', scale))
    if (!isPlausible(weighed, scale)) continue
    found.set(`${meter.meter} ${weighed.map(({ amount }) => amount).join(' ')}`, { meter, weighed })
    if (found.size > 1) return null
  }
  return found.values().next().value ?? null
}

function* attempts(hearing: Hearing): Generator<Attempt> {
  const { account, meter } = hearing.claim
  const values = hearing.weighed.map(({ value }) => value)
  for (const repaired of sameMeter(hearing, values)) yield { meter, values: repaired }
  for (const other of account.meters) if (isLike(other, meter)) yield { meter: other, values }
}

function* sameMeter(hearing: Hearing, values: Values): Generator<Values> {
  const { weighed, scale } = hearing
  const typed = hearing.assignment.values.flatMap((value) => value?.typed ?? [])
  if (weighed.some(isTooLong)) yield* shortened(weighed, scale)
  yield* permutations(values)
  for (const [at, one] of typed.entries()) {
    for (const swapped of neighboursSwapped(one)) yield values.with(at, swapped)
  }
  yield* fractionsCut(typed, values, scale.meter)
  yield* sumTaken(weighed)
}

function isLike(other: Meter, meter: Meter): boolean {
  return (
    other.meter !== meter.meter &&
    other.status === 'ACTIVE' &&
    other.service === meter.service &&
    other.registers.length === meter.registers.length
  )
}

/** Rule 17's repairs of every register that is too long, in all combinations; others stay as they are. */
function shortened(weighed: readonly Weighed[], scale: Scale): readonly Values[] {
  const longest = Math.max(...weighed.map(({ days }) => days))
  return weighed.reduce<readonly Values[]>(
    (sets, one) => {
      const choices = isTooLong(one) ? shorter(one, longest, scale) : [one.value]
      return sets.flatMap((set) => choices.map((choice) => [...set, choice]))
    },
    [[]],
  )
}

/**
 * The last one or two digits cut, or any one digit removed: what would pass if the other registers had used nothing, in the
 * time that counts for the whole meter (rule 19), so that combinations stay few.
 */
function shorter({ value, register }: Weighed, longest: number, scale: Scale): readonly string[] {
  const [whole = '', fraction = ''] = value.split('.')
  const wholes = [whole.slice(0, -2), ...Array.from(whole, (_, at) => whole.slice(0, at) + whole.slice(at + 1))]
  return wholes
    .filter((digits) => digits !== '')
    .map((digits) => valueText({ whole: digits, fraction }))
    .filter((text) => isPlausible([{ ...weigh(register, text, scale), days: longest }], scale))
}

function permutations(values: Values): readonly Values[] {
  if (values.length < 2) return [values]
  return values.flatMap((first, at) => permutations(values.toSpliced(at, 1)).map((rest) => [first, ...rest]))
}

/** Digits as typed, with the zeros in front; the mark stays in its place. */
function neighboursSwapped({ whole, fraction }: Typed): readonly string[] {
  const digits = whole + fraction
  return Array.from(digits.slice(1), (right, at) => {
    const swapped = digits.slice(0, at) + right + digits.charAt(at) + digits.slice(at + 2)
    return valueText({ whole: swapped.slice(0, whole.length), fraction: swapped.slice(whole.length) })
  })
}

/** The dial's decimals typed as whole digits: in one register alone, and in all that have them. */
function fractionsCut(typed: readonly Typed[], values: Values, { registers, service }: Meter): readonly Values[] {
  const cut = typed.map((one, at) => withFraction(one, registers[at]?.decimals ?? 0, service))
  return [cut, ...cut.map((value, at) => values.with(at, value))]
}

function withFraction(typed: Typed, decimals: number, service: Service): string {
  if (decimals === 0 || typed.marked) return valueText(typed)
  const digits = valueText(typed).padStart(decimals + 1, '0')
  const fraction = service === 'ELECTRICITY' ? '' : digits.slice(-decimals).slice(0, 3)
  return valueText({ whole: digits.slice(0, -decimals), fraction })
}

/** The sum typed in place of the first register's value. */
function sumTaken(weighed: readonly Weighed[]): readonly Values[] {
  const [first, ...others] = weighed
  if (first === undefined || others.length === 0) return []
  const rest = others.reduce((left, { amount }) => left - amount, first.amount)
  return rest < 0n ? [] : [[written(rest), ...others.map(({ value }) => value)]]
}
