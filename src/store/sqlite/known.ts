import type { DatabaseSync } from 'node:sqlite'
import { type GrowingFilter, growingFilter } from '../../core/filter.ts'

type LearningFilter = Pick<GrowingFilter, 'add' | 'mayHold'>

/** Which keys the folded tables may hold, in memory: a batch asks for dozens that they don't. */
export interface Known {
  /** Ids of submissions, by their first 48 bits. */
  readonly ids: { add(id48: number): void; mayHold(id48: number): boolean }
  /** Senders of conversations, on any channel. */
  readonly senders: LearningFilter
  /** Reads some more of what is there already; until all of it is read, any id may be. */
  learn(): void
}

/** Ids read at a time: half a millisecond. Millions of them at once would hold up the start for seconds. */
const LEARN_ROWS = 500

type PlaceRow = [id48: number, number: number]

/** The first 48 bits of a UUIDv5, all of them from its hash; as a number they are exact. */
export function id48Of(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) * 2 ** 16 + Number.parseInt(id.slice(9, 13), 16)
}

export function knownTo(database: DatabaseSync): Known {
  const next = database.prepare(
    `SELECT id48, number FROM place WHERE (id48, number) > (?, ?) ORDER BY id48, number LIMIT ${LEARN_ROWS}`,
  )
  next.setReturnArrays(true)
  const ids = growingFilter()
  const add = (id48: number): void => ids.add(id48 / 2 ** 16)
  let learnedTo: PlaceRow | null = [-1, -1]
  const learn = (): void => {
    if (learnedTo === null) return
    const rows = next.all(...learnedTo) as unknown as PlaceRow[]
    for (const [id48] of rows) add(id48)
    learnedTo = rows.length < LEARN_ROWS ? null : (rows[rows.length - 1] ?? null)
  }
  learn()
  return {
    ids: { add, mayHold: (id48) => learnedTo !== null || ids.mayHold(id48 / 2 ** 16) },
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
