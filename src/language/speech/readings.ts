/** All ways to cut a row into numbers and digits (rules 5 and 6 of the candidate set), as far as they may be wanted. */
import type { Row } from './row.ts'

/** A part of a reading: its digits and where in the row it ends. */
interface Part {
  readonly end: number
  readonly text: string
}

/** What a reading may look like. */
export interface Shape {
  /** Characters at most. */
  readonly charactersMax: number
  /** Zeros in front count for nothing: a value, as opposed to an account. */
  readonly dropsZeros: boolean
}

/**
 * Readings grow from the left and are given up as soon as they are too long, so their number is bounded by the shape and
 * not by the row. Six times «сто двадцать один», 18 digits at least, begins some eighty in an account of 20; what
 * begins more than this is asked again, like everything that may mean several numbers.
 */
const BEGUN_MAX = 5_000

/** The readings of the row that fit the shape, each once; none where there are too many to look at. */
export function readingsOf(row: Row, shape: Shape): readonly string[] {
  const parts = partsOf(row)
  const least = leastCharacters(parts, shape)
  const begun: Set<string>[] = parts.map(() => new Set<string>())
  const whole = new Set<string>()
  begun[0]?.add('')
  let count = 0
  for (const [at, prefixes] of begun.entries()) {
    count += prefixes.size
    if (count > BEGUN_MAX) return []
    for (const { end, text } of parts[at] ?? []) {
      const room = shape.charactersMax - (least[end] ?? 0)
      for (const prefix of prefixes) {
        const longer = shape.dropsZeros && prefix === '' && text === '0' ? '' : prefix + text
        if (longer.length <= room) (begun[end] ?? whole).add(longer)
      }
    }
    prefixes.clear()
  }
  return [...whole]
}

/** What may begin at each place: numbers that are as long as they must be, single digits, and `/`. */
function partsOf({ tokens, numbers }: Row): readonly (readonly Part[])[] {
  let reached = 0
  return tokens.map((token, start) => {
    if (token.is === 'digit') return [{ end: start + 1, text: token.digit }]
    if (token.is === 'slash') return [{ end: start + 1, text: '/' }]
    const from = numbers[start] ?? []
    const longest = from.at(-1)?.end ?? 0
    const parts = from.filter(({ end, tied }) => !tied || (end > reached && end === longest))
    reached = Math.max(reached, longest)
    return parts
  })
}

/** The fewest characters that the row from each place on adds; endless where it can't be read to its end. */
function leastCharacters(parts: readonly (readonly Part[])[], { dropsZeros }: Shape): readonly number[] {
  const least = Array.from({ length: parts.length + 1 }, () => 0)
  for (let at = parts.length - 1; at >= 0; at--) {
    const ways = (parts[at] ?? []).map(
      ({ end, text }) => (dropsZeros && text === '0' ? 0 : text.length) + (least[end] ?? 0),
    )
    least[at] = Math.min(...ways)
  }
  return least
}
