import type { Log } from '../core/log.ts'
import type { Metrics, TurnedAway } from './metrics.ts'

/** What telling of requests that are turned away needs. */
export interface TurnedAwayParts {
  readonly metrics: Metrics
  readonly log: Log
  readonly monotonicMs: () => number
}

/** Where somebody has set something up wrongly, here or at the provider: the operator on call can do something about it. */
const SENTENCES: Readonly<Partial<Record<TurnedAway, string>>> = {
  unauthentic: 'turned away without the right signature or token: compare the token and PUBLIC_URL with the provider’s',
  unreadable: 'turned away, no message of this channel: the text of the 400 says what is wrong with it',
}

const PAUSE_MS = 60_000

/**
 * Tells of each request that a channel turns away: in the metrics, and, for what an operator can mend, in the log. There it
 * stands at once, and then at most once a minute for a channel and a reason, with how many there were since.
 */
export function createTurnedAway({ metrics, log, monotonicMs }: TurnedAwayParts) {
  const told = new Map<string, { readonly atMs: number; since: number }>()
  return (channel: string, why: TurnedAway): void => {
    metrics.turnedAway(channel, why)
    const sentence = SENTENCES[why]
    if (sentence === undefined) return
    const key = `${channel} ${why}`
    const last = told.get(key) ?? { atMs: Number.NEGATIVE_INFINITY, since: 0 }
    const [atMs, count] = [monotonicMs(), last.since + 1]
    if (atMs - last.atMs < PAUSE_MS) {
      last.since = count
      return
    }
    told.set(key, { atMs, since: 0 })
    log.warn({ channel, why, count }, sentence)
  }
}
