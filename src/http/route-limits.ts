import type { RouteLimit, WireRequest } from '../channel/define-channel.ts'
import { createLimiter } from './limits.ts'

/** What limiters are made with. */
export interface LimiterParts {
  /** Keys the hashes of people in memory; drawn at start. */
  readonly limitsSecret: string
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicMs: () => number
}

/** All limits of one route. */
export interface RouteLimits<Wire> {
  /** Whether any of them is used up. */
  isUsedUp(wire: Wire, request: WireRequest): boolean
  /** Counts a submission by the limits of that kind. What it returns takes it back. */
  count(which: RouteLimit<Wire>['counts'], wire: Wire, request: WireRequest): () => void
}

/** Some 100 bytes a key: at most 10 MB a limit, whoever invents senders. */
const KEYS_MAX = 100_000
const HOUR_MS = 3_600_000

/** The limiters of a route, one a limit. */
export function createRouteLimits<Wire>(limits: readonly RouteLimit<Wire>[], parts: LimiterParts): RouteLimits<Wire> {
  const all = limits.map((limit) => ({
    limit,
    limiter: createLimiter({
      most: limit.most,
      windowMs: HOUR_MS,
      keysMax: KEYS_MAX,
      secret: parts.limitsSecret,
      monotonicMs: parts.monotonicMs,
    }),
  }))
  return {
    isUsedUp: (wire, request) =>
      all.some(({ limit, limiter }) => {
        const key = limit.key(wire, request)
        return key !== null && limiter.isUsedUp(key)
      }),
    count(which, wire, request) {
      const backs: (() => void)[] = []
      for (const { limit, limiter } of all) {
        const key = limit.counts === which ? limit.key(wire, request) : null
        if (key !== null) backs.push(limiter.count(key))
      }
      return () => {
        for (const back of backs) back()
      }
    },
  }
}
