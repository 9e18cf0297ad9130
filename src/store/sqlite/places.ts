import type { DatabaseSync } from 'node:sqlite'

/** Where one submission is: its number in the journal, by the first 48 bits of its id. */
export interface Place {
  readonly id48: number
  readonly number: number
}

/** How many parts the ids are divided into, by their first bits. */
const PARTS = 1_024
const IDS_A_PART = 2 ** 48 / PARTS
/** Two numbers of 48 bits, big-endian. */
const PLACE_BYTES = 12

/** The first 48 bits of a UUIDv5, all of them from its hash; as a number they are exact. */
export function id48Of(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) * 2 ** 16 + Number.parseInt(id.slice(9, 13), 16)
}

/** The part that an id belongs to. */
export function partOf(id48: number): number {
  return Math.floor(id48 / IDS_A_PART)
}

/** Places as they stand in a row. */
export function packPlaces(places: readonly Place[]): Buffer {
  const packed = Buffer.allocUnsafe(places.length * PLACE_BYTES)
  places.forEach(({ id48, number }, at) => {
    packed.writeUIntBE(id48, at * PLACE_BYTES, 6)
    packed.writeUIntBE(number, at * PLACE_BYTES + 6, 6)
  })
  return packed
}

/** The places in a row. */
export function unpackPlaces(row: Uint8Array): readonly Place[] {
  const packed = Buffer.from(row.buffer, row.byteOffset, row.byteLength)
  return Array.from({ length: packed.length / PLACE_BYTES }, (_, at) => ({
    id48: packed.readUIntBE(at * PLACE_BYTES, 6),
    number: packed.readUIntBE(at * PLACE_BYTES + 6, 6),
  }))
}

/** The numbers of the submissions whose ids begin so, newest layer first: an id that comes again mostly comes soon. */
export function sqlitePlaces(database: DatabaseSync): (id48: number) => Generator<number> {
  const rows = database.prepare('SELECT places FROM place_part WHERE part = ? ORDER BY last DESC')
  return function* (id48) {
    for (const { places } of rows.iterate(partOf(id48))) {
      for (const place of unpackPlaces(places as Uint8Array)) if (place.id48 === id48) yield place.number
    }
  }
}

/** Parts a step of the purge. */
const STEP_PARTS = 32

/**
 * Of so many parts, from one on, removes the layers of which no submission is left. Gives back where to go on, null behind
 * the last part.
 */
export function placesPurge(database: DatabaseSync): (from: number) => number | null {
  // Both by the ends of the table: looking through all of it takes longer the longer the gateway has been running.
  const oldest = database.prepare(
    `SELECT coalesce(
       (SELECT first FROM batch WHERE submissions <> '[]' ORDER BY first LIMIT 1),
       (SELECT first + count FROM batch ORDER BY first DESC LIMIT 1)) AS number`,
  )
  const remove = database.prepare('DELETE FROM place_part WHERE part = ? AND last < ?')
  return (from) => {
    const { number } = oldest.get() as { number: number | null }
    const next = from + STEP_PARTS
    for (let part = from; part < next; part++) remove.run(part, number)
    return next < PARTS ? next : null
  }
}
