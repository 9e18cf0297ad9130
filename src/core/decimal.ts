/**
 * Exact decimal numbers. An amount is a bigint of millionths: readings have at most 3 digits after the comma, usual
 * consumption in Gcal may have more, and what goes beyond six is cut. No floating point comes near a reading.
 */

/** Digits after the comma that an amount keeps. */
const PLACES = 6

/** The amount 1. */
export const one = 1_000_000n

/** `12`, `12.5`, `12,5`, `0012` → millionths. The text must be digits with at most one mark; others throw SyntaxError. */
export function decimal(text: string): bigint {
  const mark = markOf(text)
  if (mark === -1) return BigInt(text) * one
  return BigInt(text.slice(0, mark) + text.slice(mark + 1, mark + 1 + PLACES).padEnd(PLACES, '0'))
}

/** Every number of the configuration that was asked for: there are a few, and each judgement asks again. */
const configured = new Map<number, bigint>()

/** A number of the configuration (`18`, `0.5`) → millionths. */
export function decimalOf(number: number): bigint {
  const known = configured.get(number)
  if (known !== undefined) return known
  const amount = decimal(number.toFixed(PLACES))
  configured.set(number, amount)
  return amount
}

/** Millionths → `12.5`: no zeros at either end, no mark without a fraction. */
export function written(amount: bigint): string {
  if (amount % one === 0n) return (amount / one).toString()
  const digits = (amount < 0n ? -amount : amount).toString().padStart(PLACES + 1, '0')
  const fraction = digits.slice(-PLACES).replace(/0+$/, '')
  const whole = digits.slice(0, -PLACES)
  return `${amount < 0n ? '-' : ''}${whole}.${fraction}`
}

/** Cut, never rounded (rule 11): `12.9` → `12`. */
export function wholeOf(text: string): string {
  const mark = markOf(text)
  return mark === -1 ? text : text.slice(0, mark)
}

/** `00120` → `120`, `000` → `0`: digits without the zeros in front, at least one digit. */
export function withoutZeros(digits: string): string {
  return digits[0] !== '0' ? digits : digits.replace(/^0+(?=\d)/, '')
}

function markOf(text: string): number {
  const point = text.indexOf('.')
  return point === -1 ? text.indexOf(',') : point
}
