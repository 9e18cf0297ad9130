/** The parts of one delivery, judged one after another (rules 10 and 23). Pure. */
import { eventId } from '../../core/event.ts'
import type { Standing } from '../../core/facts.ts'
import type { Facts } from '../../core/store.ts'
import { readingOf } from '../items-and-events.ts'
import type { Circumstances, Said } from './verdicts.ts'

/**
 * Judges each part in the order of the text, with the facts as those before it leave them: a reading that one of them
 * makes stands for those behind it, so that a meter named twice has one standing reading, and its events say which
 * replaces which (rule 23). `judged` null: nothing becomes of that part.
 */
export function inTurn<P>(
  parts: readonly P[],
  { delivery, facts }: Pick<Circumstances, 'delivery' | 'facts'>,
  judged: (part: P, facts: Facts) => Said | null,
): readonly Said[] {
  const said: Said[] = []
  let known = facts
  for (const part of parts) {
    const one = judged(part, known)
    if (one === null) continue
    if (parts.length > 1 && 'verdict' in one.part && one.part.verdict.outcome.kind === 'accepted') {
      const id = eventId(delivery.channel, delivery.deliveryId, said.length)
      known = withReading(known, readingOf(one.part, { id }))
    }
    said.push(one)
  }
  return said
}

function withReading(facts: Facts, reading: Standing): Facts {
  const standing = (branch: string, account: string) => {
    const before = facts.standing(branch, account)
    if (branch !== reading.branch || account !== reading.account) return before
    return [reading, ...before.filter(({ meter, period }) => meter !== reading.meter || period !== reading.period)]
  }
  return { ...facts, standing }
}
