/** A map whose keys are pairs of strings. */
export interface Pairs<Value> {
  get(first: string, second: string): Value | undefined
  has(first: string, second: string): boolean
  set(first: string, second: string, value: Value): void
  delete(first: string, second: string): void
  /** By the first of the pair, each in the order in which it came. */
  groups(): ReadonlyMap<string, ReadonlyMap<string, Value>>
}

/**
 * A map in a map. Joined into one string, a pair would be a new string at each look-up, and V8 enters every new string
 * that is a map's key into the table of all its strings first, which costs more than the look-up.
 */
export function pairs<Value>(): Pairs<Value> {
  const byFirst = new Map<string, Map<string, Value>>()
  return {
    get: (first, second) => byFirst.get(first)?.get(second),
    has: (first, second) => byFirst.get(first)?.has(second) ?? false,
    set(first, second, value) {
      const bySecond = byFirst.get(first)
      if (bySecond === undefined) byFirst.set(first, new Map([[second, value]]))
      else bySecond.set(second, value)
    },
    delete: (first, second) => void byFirst.get(first)?.delete(second),
    groups: () => byFirst,
  }
}

/** Puts one more behind the list that stands under a pair. */
export function append<Value>(to: Pairs<Value[]>, first: string, second: string, value: Value): void {
  const before = to.get(first, second)
  if (before === undefined) to.set(first, second, [value])
  else before.push(value)
}
