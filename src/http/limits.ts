import { hash } from 'node:crypto'
import type { RouteLimit, WireRequest } from '../channel/define-channel.ts'

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

/** Counts what each key did within a window. Keys are people: only their keyed hash is kept, and in memory alone. */
export interface Limiter {
  /** Whether the key has used up what it may do within the window. */
  isUsedUp(key: string): boolean
  /** Counts one; the window of a key begins with its first. What it returns takes that one back. */
  count(key: string): () => void
}

/**
 * A limiter of `most` a `windowMs` for each key. At most `keysMax` keys are remembered; beyond that the one that was
 * longest silent is forgotten, so that a flood of invented keys costs no memory. `secret` keys the hash, `monotonicMs`
 * is a clock that never jumps.
 */
export function createLimiter(options: {
  readonly most: number
  readonly windowMs: number
  readonly keysMax: number
  readonly secret: string
  readonly monotonicMs: () => number
}): Limiter {
  const { most, windowMs, keysMax, secret, monotonicMs } = options
  const counted = new Map<string, { used: number; readonly endsMs: number }>()
  const hashed = (key: string) => hash('sha256', `${secret}\n${key}`, 'base64')
  return {
    isUsedUp(key) {
      if (counted.size === 0) return false
      const entry = counted.get(hashed(key))
      return entry !== undefined && entry.used >= most && entry.endsMs > monotonicMs()
    },
    count(key) {
      const name = hashed(key)
      const nowMs = monotonicMs()
      const before = counted.get(name)
      const entry = before !== undefined && before.endsMs > nowMs ? before : { used: 0, endsMs: nowMs + windowMs }
      entry.used += 1
      counted.delete(name)
      counted.set(name, entry)
      if (counted.size > keysMax) counted.delete(counted.keys().next().value ?? '')
      return () => {
        entry.used -= 1
      }
    },
  }
}
