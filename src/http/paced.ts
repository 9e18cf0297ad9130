const PAUSE_MS = 60_000

/**
 * Tells of what may come by the thousand: of each kind the first at once, and then at most one a minute, with how many there
 * were since. There may be some dozens of kinds.
 */
export function createPaced(monotonicMs: () => number): (kind: string, tell: (count: number) => void) => void {
  const told = new Map<string, { readonly atMs: number; since: number }>()
  return (kind, tell) => {
    const last = told.get(kind) ?? { atMs: Number.NEGATIVE_INFINITY, since: 0 }
    const [atMs, count] = [monotonicMs(), last.since + 1]
    if (atMs - last.atMs < PAUSE_MS) {
      last.since = count
      return
    }
    told.set(kind, { atMs, since: 0 })
    tell(count)
  }
}
