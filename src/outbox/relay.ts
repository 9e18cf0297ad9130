import type { Store } from '../core/store.ts'
import { backoff, createSleeper, type Pace, usualPace } from './pace.ts'
import { PublishError, type Publisher, type RelayLog, type Wait } from './publisher.ts'
import { startPosition } from './start-position.ts'

/** What the relay needs of the store. */
export type RelayStore = Pick<Store, 'outboxAfter' | 'outboxState' | 'notePosition' | 'notedPosition'>

export interface RelayParts {
  readonly store: RelayStore
  readonly publisher: Publisher
  readonly wait: Wait
  /** 0 ≤ x < 1, for jitter. */
  readonly random: () => number
  readonly log: RelayLog
  readonly pace?: Partial<Pace>
  /** Told after each transaction how many events it brought, and the position it reached. */
  readonly onPublished?: (count: number, position: number) => void
  /** Told of each failure: `fenced`, `away`, `refused`, or `store` where the outbox could not be read. */
  readonly onFailure?: (failure: string) => void
}

/** Where the relay stands, for readiness and metrics. */
export interface RelayState {
  /** `connecting` also while Kafka is away; `standby` while another relay has the place. */
  readonly phase: 'connecting' | 'relaying' | 'standby' | 'closed'
  /** Highest seq known to stand on Kafka. */
  readonly position: number
  readonly published: number
  readonly failures: number
  /** The failure that it is in, or null since it last succeeded: `away ECONNREFUSED`. */
  readonly lastError: string | null
}

export interface Relay {
  /** Something was committed to the outbox. Cheap; may be called for every batch. */
  nudge(): void
  state(): RelayState
  /** Ends the batch under way, or drops it after some seconds, and disconnects. Never rejects. */
  close(): Promise<void>
}

/**
 * The relay: moves the outbox to Kafka at its own pace, each event exactly once and in the order of seq. It starts at
 * once, asks nobody to wait for it, never throws, and after every failure asks Kafka anew where it stands.
 */
export function createRelay(parts: RelayParts): Relay {
  const { store, publisher, log } = parts
  const pace: Pace = { ...usualPace, ...parts.pace }
  const sleeper = createSleeper(parts.wait)
  const state = { phase: 'connecting', position: 0, published: 0, failures: 0, lastError: null } as Mutable<RelayState>
  let closing = false
  let attempt = 0

  /** Publishes one batch after the position, or, where none waits, sleeps. Returns how long it has been idle, ms. */
  async function step(idleMs: number): Promise<number> {
    const rows = await store.outboxAfter(state.position, pace.batchRows)
    const last = rows.at(-1)
    if (last === undefined && idleMs < pace.keepMs) {
      await sleeper.sleep(pace.pollMs, true)
      if (!closing) await sleeper.sleep(pace.gatherMs, false)
      return idleMs + pace.pollMs
    }
    await publisher.publish(rows, last?.seq ?? state.position)
    succeeded(rows.length, last?.seq ?? state.position)
    await store.notePosition(state.position)
    if (!closing && rows.length < pace.batchRows) await sleeper.sleep(pace.gatherMs, false)
    return 0
  }

  function succeeded(count: number, position: number): void {
    Object.assign(state, { position, published: state.published + count, lastError: null })
    attempt = 0
    if (count > 0) parts.onPublished?.(count, position)
  }

  async function relay(): Promise<void> {
    state.phase = 'connecting'
    state.position = await startPosition(await publisher.open(), store, log)
    Object.assign(state, { phase: 'relaying', lastError: null })
    log.info({ position: state.position }, 'relay has its place')
    let idleMs = 0
    while (!closing) idleMs = await step(idleMs)
  }

  /** Lets another relay work, until events wait and it does not move them. */
  async function standBy(): Promise<void> {
    state.phase = 'standby'
    let before = { position: state.position, lastSeq: (await store.outboxState(state.position)).lastSeq }
    while (!closing) {
      await sleeper.sleep(
        backoff({ ...pace, retryMs: pace.standbyMs, retryMaxMs: pace.standbyMs }, 1, parts.random),
        false,
      )
      const position = (await publisher.peek()) ?? 0
      if (position === before.position && before.lastSeq > position) return
      before = { position, lastSeq: (await store.outboxState(position)).lastSeq }
      state.position = position
    }
  }

  async function failed(error: unknown): Promise<void> {
    await publisher.close()
    if (closing) return
    const failure = error instanceof PublishError ? error.failure : 'store'
    const code = error instanceof PublishError ? error.code : codeOf(error)
    attempt += 1
    Object.assign(state, { phase: 'connecting', failures: state.failures + 1, lastError: `${failure} ${code}` })
    parts.onFailure?.(failure)
    const fields = { failure, code, attempt, position: state.position }
    if (failure === 'refused') log.error(fields, 'Kafka refuses the relay; events wait in the outbox')
    else log.warn(fields, 'relay stopped; events wait in the outbox')
    if (failure !== 'fenced') await sleeper.sleep(backoff(pace, attempt, parts.random), false)
  }

  async function run(): Promise<void> {
    let next = relay
    while (!closing) {
      try {
        await next()
        next = relay
      } catch (error) {
        await failed(error)
        next = error instanceof PublishError && error.failure === 'fenced' ? standBy : relay
      }
    }
  }

  const running = run()

  return {
    nudge: () => sleeper.wake(),
    state: () => ({ ...state }),
    async close() {
      closing = true
      sleeper.stop()
      if (state.phase !== 'relaying') await publisher.close()
      const late = new AbortController()
      await Promise.race([running, parts.wait(pace.closeMs, late.signal)])
      late.abort()
      await publisher.close()
      await running
      state.phase = 'closed'
    },
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The code of a store's error (`ERR_SQLITE_ERROR`, `ECONNREFUSED`) or its name; never its message. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
