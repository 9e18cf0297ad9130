import { PublishError, type Wait } from '../outbox/publisher.ts'
import { publishError } from './failure.ts'

/** Work on connections that may be dropped at any time. */
export interface Bounds {
  /** Aborted when the connections of today's work are dropped. */
  signal(): AbortSignal
  /** Does the work; rejects with a PublishError where it fails, takes longer than `ms`, or is dropped. */
  within<T>(ms: number, work: () => Promise<T>): Promise<T>
  /** Ends all work under way, as far as anybody waits for it. */
  drop(): void
  /** Lets work begin again after a drop. */
  renew(): void
}

/** Bounds on the given wait. kafkajs knows no such limit: a request may hang in its queue while it reconnects. */
export function createBounds(wait: Wait): Bounds {
  let dropped = new AbortController()
  return {
    signal: () => dropped.signal,
    drop: () => dropped.abort(),
    renew: () => {
      if (dropped.signal.aborted) dropped = new AbortController()
    },
    async within(ms, work) {
      const done = new AbortController()
      const { signal } = dropped
      const expired = wait(ms, AbortSignal.any([done.signal, signal])).then((): never => {
        throw new PublishError('away', signal.aborted ? 'CLOSED' : 'TIMEOUT')
      })
      const result = work()
      try {
        return await Promise.race([result, expired])
      } catch (error) {
        throw publishError(error)
      } finally {
        done.abort()
        expired.catch(() => {})
        result.catch(() => {})
      }
    },
  }
}
