import { errorFields, type Log } from './core/log.ts'
import type { Store } from './core/store.ts'
import type { Component } from './http/health.ts'

const LOOK_EVERY_MS = 5 * 60_000
/** Mostly it asks in vain, which costs next to nothing. */
const JUDGE_EVERY_MS = 5_000
const PURGE_EVERY_MS = 6 * 3_600_000
/** A start is busy enough. */
const FIRST_AFTER_MS = 20_000

/** What upkeep needs. */
export interface UpkeepParts {
  readonly store: Pick<Store, 'holdUnanswered' | 'purge'>
  /** The gateway's clock, ISO instant. */
  readonly now: () => string
  readonly log: Log
  /** Rule 13: after that long an operator takes over a question with a reading in it that nobody answered. */
  readonly unansweredMs: number
  /** Rule 28: how long raw input and decisions are kept. */
  readonly rawMs: number
  readonly decisionsMs: number
  /** Removes raw input from before that instant that lies beside the store. */
  readonly purgeMore: (before: string) => Promise<void>
  /** How the registry is: without one all that comes only waits. */
  readonly registry: () => Promise<Component>
  /** Brings what waits for the registry to the intake, where that is ready. */
  readonly judge: () => Promise<void>
}

type Work = (parts: UpkeepParts, stop: AbortSignal) => Promise<void>

/**
 * Work that no request waits for: judges what waited, holds what nobody answered, warns of a registry that is not ready,
 * and purges what is past its time. Returns its stop, which resolves when the step under way has ended: a purge may have
 * minutes of them before it.
 */
export function startUpkeep(parts: UpkeepParts): () => Promise<void> {
  const stop = new AbortController()
  let last = Promise.resolve()
  const queue = (work: Work) => () => {
    last = last
      .then(() => (stop.signal.aborted ? undefined : work(parts, stop.signal)))
      .catch((error: unknown) => parts.log.warn(errorFields(error), 'upkeep failed'))
  }
  const soonAndEvery = (ms: number, work: Work) => [
    setTimeout(queue(work), FIRST_AFTER_MS),
    setInterval(queue(work), ms),
  ]
  const timers = [
    ...soonAndEvery(LOOK_EVERY_MS, hold),
    ...soonAndEvery(LOOK_EVERY_MS, watch),
    ...soonAndEvery(PURGE_EVERY_MS, purge),
    setInterval(queue(parts.judge), JUDGE_EVERY_MS),
  ]
  for (const timer of timers) timer.unref()
  return () => {
    for (const timer of timers) clearTimeout(timer)
    stop.abort()
    return last
  }
}

async function hold({ store, now, log, unansweredMs }: UpkeepParts): Promise<void> {
  const held = await store.holdUnanswered(before(now(), unansweredMs))
  if (held > 0) log.info({ held }, 'questions that nobody answered wait for an operator')
}

async function watch({ registry, log }: UpkeepParts): Promise<void> {
  const { status, reason } = await registry()
  if (status !== 'ok') log.warn({ reason }, 'the registry is not ready')
}

async function purge(parts: UpkeepParts, stop: AbortSignal): Promise<void> {
  const { store, now, log, purgeMore, rawMs, decisionsMs } = parts
  await purgeMore(before(now(), rawMs))
  const purged = await store.purge(before(now(), rawMs), before(now(), decisionsMs), stop)
  if (purged.raw + purged.decisions > 0) log.info(purged, 'purged what is past its time')
}

function before(instant: string, ms: number): string {
  return new Date(Date.parse(instant) - ms).toISOString()
}
