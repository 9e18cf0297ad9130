import { expect, test } from 'vitest'
import { connect } from '../../src/store/sqlite/connection.ts'
import { knownTo } from '../../src/store/sqlite/known.ts'
import { packPlaces, partOf } from '../../src/store/sqlite/places.ts'
import { folders } from './folders.ts'

const newDir = folders()

/** Far more rows than would be read at once at a start, were they read then. */
const PARTS = 100
const LAYERS = 3
/** An id in a part of the ids. */
const idIn = (part: number, n: number) => part * 2 ** 38 + n

test('an id that is in no layer is known as such from the first look-up on, however much is stored', () => {
  const database = connect(newDir())
  const insert = database.prepare('INSERT INTO place_part (part, last, places) VALUES (?, ?, ?)')
  for (let part = 0; part < PARTS; part++) {
    for (let last = 1; last <= LAYERS; last++)
      insert.run(part, last, packPlaces([{ id48: idIn(part, last), number: last }]))
  }
  const { ids } = knownTo(database)
  for (const part of [0, PARTS - 1, PARTS]) {
    expect(partOf(idIn(part, 1))).toBe(part)
    expect(ids.mayHold(idIn(part, 2 ** 30))).toBe(false)
    for (let last = 1; last <= LAYERS; last++) expect(ids.mayHold(idIn(part, last))).toBe(part < PARTS)
  }
  database.close()
})
