import type { Log } from '../core/log.ts'
import type { Store } from '../core/store.ts'
import { atMost, createSleeper, type Pace, usualPace } from './pace.ts'
import { PublishError, type Publisher, type Wait } from './publisher.ts'
import { failed, relay, standBy, type Work } from './relay-work.ts'

/** What the relay needs of the store. */
export type RelayStore = Pick<Store, 'outboxAfter' | 'outboxState' | 'notePosition' | 'notedPosition'>

/** What the relay needs of the house. */
export interface RelayParts {
  readonly store: RelayStore
  readonly publisher: Publisher
  readonly wait: Wait
  /** 0 ≤ x < 1, for jitter. */
  readonly random: () => number
  readonly log: Log
  readonly pace?: Partial<Pace>
  /** Told after each transaction how many events it brought, and the position it reached. */
  readonly onPublished?: (count: number, position: number) => void
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

/** Moves the outbox to Kafka. */
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
  const sleeper = createSleeper(parts.wait)
  const work: Work = {
    parts,
    pace: { ...usualPace, ...parts.pace },
    sleeper,
    state: { phase: 'connecting', position: 0, published: 0, failures: 0, lastError: null },
    attempt: 0,
    told: null,
    closing: false,
  }
  const running = run(work)
  return {
    nudge: sleeper.wake,
    state: () => ({ ...work.state }),
    close: () => close(work, running),
  }
}

/** Relays, or stands by after it was fenced, until it is closed. The one catch of the relay. */
async function run(work: Work): Promise<void> {
  let next = relay
  while (!work.closing) {
    try {
      await next(work)
      next = relay
    } catch (error) {
      await failed(work, error)
      next = error instanceof PublishError && error.failure === 'fenced' ? standBy : relay
    }
  }
}

async function close(work: Work, running: Promise<void>): Promise<void> {
  const { publisher, wait } = work.parts
  work.closing = true
  work.sleeper.stop()
  if (work.state.phase !== 'relaying') await publisher.close()
  await atMost(work.pace.closeMs, running, wait)
  await publisher.close()
  await running
  work.state = { ...work.state, phase: 'closed' }
}
