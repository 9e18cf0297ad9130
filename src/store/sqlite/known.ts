import type { DatabaseSync } from 'node:sqlite'
import { type GrowingFilter, growingFilter } from '../../core/filter.ts'

type LearningFilter = Pick<GrowingFilter, 'add' | 'mayHold'>

/** Which keys the folded tables may hold, in memory: a batch asks for dozens that they don't. */
export interface Known {
  /** Ids of submissions. */
  readonly ids: LearningFilter
  /** Senders of conversations, on any channel. */
  readonly senders: LearningFilter
  /** Reads some more of what is there already; until all of it is read, any id may be. */
  learn(): void
}

/** Ids read at a time: half a millisecond. Millions of them at once would hold up the start for seconds. */
const LEARN_ROWS = 500

export function knownTo(database: DatabaseSync): Known {
  const next = database.prepare(`SELECT id FROM once WHERE id > ? ORDER BY id LIMIT ${LEARN_ROWS}`)
  next.setReturnArrays(true)
  const ids = growingFilter()
  let learnedTo: string | null = ''
  const learn = (): void => {
    if (learnedTo === null) return
    const rows = next.all(learnedTo) as unknown as [id: string][]
    for (const [id] of rows) ids.add(id)
    learnedTo = rows.length < LEARN_ROWS ? null : (rows[rows.length - 1]?.[0] ?? null)
  }
  learn()
  return {
    ids: { add: ids.add, mayHold: (id) => learnedTo !== null || ids.mayHold(id) },
    senders: sendersOf(database),
    learn,
  }
}

/** All at once: only conversations with something open in them are in the table. */
function sendersOf(database: DatabaseSync): LearningFilter {
  const senders = growingFilter()
  const all = database.prepare('SELECT sender FROM conversation')
  all.setReturnArrays(true)
  for (const [sender] of all.iterate() as unknown as Iterable<[string]>) senders.add(sender)
  return senders
}
