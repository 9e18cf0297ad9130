import type { Wait } from './publisher.ts'

/** How fast the relay goes; milliseconds and rows. */
export interface Pace {
  /** Rows in one transaction at most. 2,000 keep the event loop for about 25 ms. */
  readonly batchRows: number
  /** How long the relay lets events gather after it was woken, so that a transaction is worth its round trips. */
  readonly gatherMs: number
  /** How often it looks at the outbox although nobody woke it. */
  readonly pollMs: number
  /** First pause after a failure; doubled by each further one. */
  readonly retryMs: number
  /** The longest pause, so that delivery resumes soon after Kafka is back. */
  readonly retryMaxMs: number
  /** How often a relay that was fenced looks whether the other one still moves. */
  readonly standbyMs: number
  /** How often an idle relay writes its position again: brokers forget the offsets of a silent group (7 days). */
  readonly keepMs: number
  /** How long `close` waits for the batch under way. */
  readonly closeMs: number
}

/** The pace of production. */
export const usualPace: Pace = {
  batchRows: 2_000,
  gatherMs: 20,
  pollMs: 1_000,
  retryMs: 250,
  retryMaxMs: 10_000,
  standbyMs: 10_000,
  keepMs: 6 * 3_600_000,
  closeMs: 4_000,
}

/** The pause before try number `attempt` (from 1): doubled each time, capped, with jitter. `random` gives 0 ≤ x < 1. */
export function backoff(pace: Pick<Pace, 'retryMs' | 'retryMaxMs'>, attempt: number, random: () => number): number {
  return withJitter(Math.min(pace.retryMaxMs, pace.retryMs * 2 ** (attempt - 1)), random)
}

/** A pause drawn from the upper half of the one given, so that several gateways don't knock in step. */
export function withJitter(ms: number, random: () => number): number {
  return Math.round(ms * (0.5 + random() / 2))
}

/** A sleep that can be cut short. */
export interface Sleeper {
  /** Sleeps `ms` at most; `wakeable` says whether `wake` cuts it. Returns at once after `stop`. */
  sleep(ms: number, wakeable: boolean): Promise<void>
  /** Ends a wakeable sleep, or the next one before it begins. */
  wake(): void
  /** Ends every sleep, for good. */
  stop(): void
}

/** A sleeper on the given wait. */
export function createSleeper(wait: Wait): Sleeper {
  const stopped = new AbortController()
  let woken = false
  let bed: AbortController | null = null

  async function sleep(ms: number, wakeable: boolean): Promise<void> {
    if (stopped.signal.aborted || (wakeable && woken)) {
      woken = false
      return
    }
    bed = wakeable ? new AbortController() : null
    await wait(ms, bed === null ? stopped.signal : AbortSignal.any([bed.signal, stopped.signal]))
    bed = null
    if (wakeable) woken = false
  }

  return {
    sleep,
    wake: () => {
      woken = true
      bed?.abort()
    },
    stop: () => stopped.abort(),
  }
}

/** Resolves when the work has ended, or after `ms` whatever it still does. The work never rejects. */
export async function atMost(ms: number, work: Promise<unknown>, wait: Wait): Promise<void> {
  const ended = new AbortController()
  await Promise.race([work, wait(ms, ended.signal)])
  ended.abort()
}
