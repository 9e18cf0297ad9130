/** The numbers of a row, looked up once for all that asks for them. */
import { numbersFrom, type SpokenNumber } from './number.ts'
import type { Token } from './token.ts'

/** A row of what was said, and the well-formed numbers in it. */
export interface Row {
  readonly tokens: readonly Token[]
  /** By the place where they begin, the shortest first. */
  readonly numbers: readonly (readonly SpokenNumber[])[]
  /** By the place before which they end: where the longest of them begins. */
  readonly starts: ReadonlyMap<number, number>
}

/** The row of these tokens. */
export function rowOf(tokens: readonly Token[]): Row {
  const numbers = tokens.map((_token, start) => numbersFrom(tokens, start))
  const starts = new Map<number, number>()
  for (const [start, from] of numbers.entries()) {
    for (const { end } of from) if (!starts.has(end)) starts.set(end, start)
  }
  return { tokens, numbers, starts }
}
