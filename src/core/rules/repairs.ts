import { written } from '../decimal.ts'
import type { Account, Meter } from '../facts.ts'
import { isPlausible, isTooLong } from './plausible.ts'
import { type Typed, valueText } from './value.ts'
import { type Scale, type Weighed, weigh } from './weigh.ts'

/** Typed values of all registers of a meter, in register order, and what they weigh. */
export interface Doubtful {
  readonly scale: Scale
  readonly account: Account
  readonly typed: readonly Typed[]
  readonly weighed: readonly Weighed[]
}

/** A repaired set of values; `meter` is another one where that was the mistake. */
export interface Repair {
  readonly meter: Meter
  readonly weighed: readonly Weighed[]
}

type Attempt = { readonly meter: Meter; readonly values: readonly string[] }

/** Rule 21: the one repair that passes rules 17–20 entirely; null where none or several do. */
export function onlyRepair(doubtful: Doubtful): Repair | null {
  const found = new Map<string, Repair>()
  for (const { meter, values } of attempts(doubtful)) {
    const scale = { ...doubtful.scale, meter }
    const weighed = meter.registers.map((register, at) => weigh(register, values[at] ?? '0', scale))
    if (!isPlausible(weighed, scale)) continue
    found.set(`${meter.meter} ${weighed.map(({ amount }) => amount).join(' ')}`, { meter, weighed })
    if (found.size > 1) return null
  }
  return found.values().next().value ?? null
}

function* attempts(doubtful: Doubtful): Generator<Attempt> {
  const { meter } = doubtful.scale
  const values = doubtful.weighed.map(({ value }) => value)
  for (const repaired of sameMeter(doubtful, values)) yield { meter, values: repaired }
  for (const other of doubtful.account.meters) if (isLike(other, meter)) yield { meter: other, values }
}

function* sameMeter(doubtful: Doubtful, values: readonly string[]): Generator<readonly string[]> {
  if (doubtful.weighed.some(isTooLong)) yield* shortened(doubtful)
  yield* permutations(values)
  for (const [at, typed] of doubtful.typed.entries()) {
    for (const swapped of neighboursSwapped(typed)) yield values.with(at, swapped)
  }
  yield* fractionsCut(doubtful, values)
  yield* sumTaken(doubtful)
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
function shortened({ weighed, scale }: Doubtful): readonly (readonly string[])[] {
  return weighed.reduce<readonly (readonly string[])[]>(
    (sets, one) => {
      const choices = isTooLong(one) ? shorter(one, scale) : [one.value]
      return sets.flatMap((set) => choices.map((choice) => [...set, choice]))
    },
    [[]],
  )
}

/** The last one or two digits cut, or any one digit removed: what would pass by itself, so that combinations stay few. */
function shorter({ value, register }: Weighed, scale: Scale): readonly string[] {
  const [whole = '', fraction = ''] = value.split('.')
  const wholes = [whole.slice(0, -2), ...Array.from(whole, (_, at) => whole.slice(0, at) + whole.slice(at + 1))]
  const texts = new Set(
    wholes.filter((digits) => digits !== '').map((digits) => valueText({ whole: digits, fraction })),
  )
  return [...texts].filter((text) => isPlausible([weigh(register, text, scale)], scale))
}

function permutations(values: readonly string[]): readonly (readonly string[])[] {
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
function fractionsCut({ typed, scale }: Doubtful, values: readonly string[]): readonly (readonly string[])[] {
  const cut = values.map((value, at) => withFraction(value, typed[at], scale.meter.registers[at]?.decimals ?? 0, scale))
  return [cut, ...values.map((_, at) => values.with(at, cut[at] ?? '0'))]
}

function withFraction(value: string, typed: Typed | undefined, decimals: number, { meter }: Scale): string {
  if (decimals === 0 || typed?.marked !== false) return value
  const digits = value.padStart(decimals + 1, '0')
  const fraction = meter.service === 'ELECTRICITY' ? '' : digits.slice(-decimals).slice(0, 3)
  return valueText({ whole: digits.slice(0, -decimals), fraction })
}

/** The sum typed in place of the first register's value. */
function sumTaken({ weighed }: Doubtful): readonly (readonly string[])[] {
  const [first, ...others] = weighed
  if (first === undefined || others.length === 0) return []
  const rest = others.reduce((left, { amount }) => left - amount, first.amount)
  return rest < 0n ? [] : [[written(rest), ...others.map(({ value }) => value)]]
}
