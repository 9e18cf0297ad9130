import { randomBytes, randomUUID } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Wait } from './outbox/publisher.ts'

/** What is not the same at each run: the clocks, randomness and disk of the machine. Parts below get it from here. */
export interface Machine {
  /** Milliseconds since 1970, by the machine's clock. */
  readonly wallMs: () => number
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicMs: () => number
  readonly newId: () => string
  /** 0 ≤ x < 1. */
  readonly random: () => number
  /** A new secret, text. */
  readonly newSecret: () => string
  readonly wait: Wait
  /** Bytes that this process may still write in the folder's file system. */
  readonly freeBytes: (folder: string) => Promise<number>
}

/** The machine that this process runs on. */
export const thisMachine: Machine = {
  wallMs: Date.now,
  monotonicMs: () => performance.now(),
  newId: randomUUID,
  random: Math.random,
  newSecret: () => randomBytes(16).toString('base64'),
  wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  },
}

/**
 * The gateway's clock, ISO instants: the machine's, or, given CLOCK, one that stood at that instant now and runs on.
 * Whatever asks within one millisecond shares its text.
 */
export function createClock(clock: string | undefined, wallMs: () => number): () => string {
  const aheadMs = clock === undefined ? 0 : Date.parse(clock) - wallMs()
  let last = { ms: Number.NaN, instant: '' }
  return () => {
    const ms = wallMs() + aheadMs
    if (ms !== last.ms) last = { ms, instant: new Date(ms).toISOString() }
    return last.instant
  }
}
