import type { DatabaseSync } from 'node:sqlite'
import { type GrowingFilter, growingFilter } from '../../core/filter.ts'
import { unpackPlaces } from './places.ts'

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

/** Rows read at a time, of some 16 ids each: half a millisecond. Millions of ids at once would hold up the start for seconds. */
const LEARN_ROWS = 32

type PartRow = [part: number, last: number, places: Uint8Array]

/** Which keys the folded tables of that database may hold; the senders are read at once, the ids bit by bit. */
export function knownTo(database: DatabaseSync): Known {
  const next = database.prepare(
    `SELECT part, last, places FROM place_part WHERE (part, last) > (?, ?) ORDER BY part, last LIMIT ${LEARN_ROWS}`,
    { returnArrays: true },
  )
  const ids = growingFilter()
  const add = (id48: number): void => ids.add(id48 / 2 ** 16)
  let learnedTo: Pick<PartRow, 0 | 1> | null = [-1, -1]
  const learn = (): void => {
    if (learnedTo === null) return
    const rows = next.all(learnedTo[0], learnedTo[1]) as unknown as PartRow[]
    for (const [, , places] of rows) for (const { id48 } of unpackPlaces(places)) add(id48)
    learnedTo = rows.length < LEARN_ROWS ? null : (rows.at(-1) ?? null)
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
  const all = database.prepare('SELECT sender FROM conversation', { returnArrays: true })
  for (const [sender] of all.iterate() as unknown as Iterable<[string]>) senders.add(sender)
  return senders
}
