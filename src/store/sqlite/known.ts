import type { DatabaseSync } from 'node:sqlite'
import { type GrowingFilter, growingFilter } from '../../core/filter.ts'
import { partOf, unpackPlaces } from './places.ts'

type LearningFilter = Pick<GrowingFilter, 'add' | 'mayHold'>

/** Which keys the folded tables may hold, in memory: a batch asks for dozens that they don't. */
export interface Known {
  /** Ids of submissions, by their first 48 bits. */
  readonly ids: { add(id48: number): void; mayHold(id48: number): boolean }
  /** Senders of conversations, on any channel. */
  readonly senders: LearningFilter
}

/** Which keys the folded tables of that database may hold; the senders are read at once. */
export function knownTo(database: DatabaseSync): Known {
  return { ids: idsOf(database), senders: sendersOf(database) }
}

/**
 * A part of the ids is read when one of it is first asked for, which costs no more than to look for that one in its rows.
 * Millions of ids at once would hold up the start for seconds; and what is not read must be looked for in the rows anew by
 * every message.
 */
function idsOf(database: DatabaseSync): Known['ids'] {
  const rows = database.prepare('SELECT places FROM place_part WHERE part = ?', { returnArrays: true })
  const ids = growingFilter()
  const read = new Set<number>()
  const add = (id48: number): void => ids.add(id48 / 2 ** 16)
  const readPart = (part: number): void => {
    for (const [places] of rows.iterate(part) as unknown as Iterable<[Uint8Array]>) {
      for (const { id48 } of unpackPlaces(places)) add(id48)
    }
    read.add(part)
  }
  return {
    add,
    mayHold(id48) {
      const part = partOf(id48)
      if (!read.has(part)) readPart(part)
      return ids.mayHold(id48 / 2 ** 16)
    },
  }
}

/** All at once: only conversations with something open in them are in the table. */
function sendersOf(database: DatabaseSync): LearningFilter {
  const senders = growingFilter()
  const all = database.prepare('SELECT sender FROM conversation', { returnArrays: true })
  for (const [sender] of all.iterate() as unknown as Iterable<[string]>) senders.add(sender)
  return senders
}
