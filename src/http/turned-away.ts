import { errorFields, type Log } from '../core/log.ts'
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

/** Tells of each request that a channel turns away: in the metrics, and, for what an operator can mend, in the log, paced. */
export function createTurnedAway({ metrics, log, monotonicMs }: TurnedAwayParts) {
  const paced = createPaced(monotonicMs)
  return (channel: string, why: TurnedAway): void => {
    metrics.turnedAway(channel, why)
    const sentence = SENTENCES[why]
    if (sentence !== undefined) paced(`${channel} ${why}`, (count) => log.warn({ channel, why, count }, sentence))
  }
}

/** Tells the log of requests that failed here, paced: a store that fails has as many lines as requests else. */
export function createFailed({ log, monotonicMs }: Omit<TurnedAwayParts, 'metrics'>) {
  const paced = createPaced(monotonicMs)
  return (channel: string, error: unknown): void => {
    const fields = errorFields(error)
    const kind = [channel, fields['error'], fields['code'], fields['errcode']].join(' ')
    paced(kind, (count) => log.error({ channel, count, ...fields }, 'a request failed and was asked to come again'))
  }
}

const PAUSE_MS = 60_000

/**
 * Tells of what may come by the thousand: of each kind the first at once, and then at most one a minute, with how many there
 * were since. There may be some dozens of kinds.
 */
function createPaced(monotonicMs: () => number): (kind: string, tell: (count: number) => void) => void {
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
