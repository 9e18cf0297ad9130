import type { Outcome } from '../schemas/outcome.ts'
import type { Delivery } from './core/delivery.ts'
import type { Received } from './core/intake.ts'
import { followUpOf, RegistryAway } from './core/judged-later.ts'
import { errorFields, type Log } from './core/log.ts'
import { nothingWanted, type Store } from './core/store.ts'

/** Submitted at a time: live messages share their batches, and wait some milliseconds at most. */
const AT_ONCE = 50

/** What judging later needs. */
export interface LaterParts {
  readonly store: Pick<Store, 'unjudged' | 'look'>
  readonly submit: (delivery: Delivery) => Promise<Received>
  /** Told the outcomes of each follow-up, once. */
  readonly judged: (outcomes: readonly Outcome[]) => void
  readonly log: Log
}

/**
 * Brings what waits for the registry to the intake, oldest first, once the registry is ready. A follow-up leaves the
 * waiting list in the transaction that judges it, so that a crash at any point repeats nothing. Ends where one fails, or
 * where all had been judged already (by another gateway): what is left waits for the next time.
 */
export async function judgeWaiting({ store, submit, judged, log }: LaterParts): Promise<void> {
  let count = 0
  let failed: unknown
  for (let before = -1; failed === undefined && count > before; ) {
    before = count
    const waiting = await store.unjudged(AT_ONCE)
    if (waiting.length === 0 || (await store.look(nothingWanted)).registry !== 'ready') break
    for (const end of await Promise.allSettled(waiting.map((delivery) => submit(followUpOf(delivery))))) {
      if (end.status === 'rejected') failed = end.reason
      else if (!end.value.repeated) {
        judged(end.value.answer.outcomes)
        count += 1
      }
    }
  }
  if (count > 0) log.info({ count }, 'judged what had come while there was no registry')
  if (failed !== undefined && !(failed instanceof RegistryAway)) {
    log.warn(errorFields(failed), 'not all that waits for the registry could be judged; the rest goes on waiting')
  }
}
