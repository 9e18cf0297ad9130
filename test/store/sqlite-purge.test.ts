import { describe, expect, test } from 'vitest'
import { connect } from '../../src/store/sqlite/connection.ts'
import { packPlaces } from '../../src/store/sqlite/places.ts'
import { sqlitePurge } from '../../src/store/sqlite/purge.ts'
import { sqliteState } from '../../src/store/sqlite/state.ts'
import { cpuMs } from '../language/cpu-ms.ts'
import { folders } from './folders.ts'

const newDir = folders()

/** As many as a small branch writes in some weeks. */
const ROWS = 30_000
const OLD_ROWS = 2_000
const PARTS = 1_024
/** Each step that looks through all rows takes some milliseconds: seconds for all of them. */
const CPU_MS_MAX = 700

const old = '2026-01-25T03:00:00.000Z'
const young = '2026-11-25T03:00:00.000Z'
const between = '2026-06-01T00:00:00.000Z'

/** A store with a submission and an event in each of many batches, all of them folded and on Kafka; the first are old. */
function longRunning() {
  const database = connect(newDir())
  const state = sqliteState(database)
  state.found('store')
  const batch = database.prepare(
    `INSERT INTO batch (first, count, written_at, submissions, raw) VALUES (?, 1, ?, '[["id","sms","SM1","",["",[]]]]', '[]')`,
  )
  const events = database.prepare(
    `INSERT INTO batch_events (first, count, written_at, events) VALUES (?, 1, ?, '[["readings","key",["id"],{}]]')`,
  )
  const places = database.prepare('INSERT INTO place_part (part, last, places) VALUES (?, ?, ?)')
  database.exec('BEGIN')
  for (let n = 1; n <= ROWS; n++) {
    const at = n <= OLD_ROWS ? old : young
    batch.run(n, at)
    events.run(n, at)
  }
  for (let part = 0; part < PARTS; part++) places.run(part, ROWS, packPlaces([{ id48: part * 2 ** 38, number: ROWS }]))
  database.exec(`UPDATE store_state SET folded_to = ${ROWS}`)
  database.exec('COMMIT')
  state.notePosition(ROWS)
  const count = (table: string) => database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count']
  return { purge: sqlitePurge(database), count, close: () => database.close() }
}

describe('a purge takes no longer for what it leaves', () => {
  test('of events', () => {
    const { purge, count, close } = longRunning()
    const took = cpuMs(() => {
      while (purge.remove('events', between) > 0);
    })
    expect(count('batch_events')).toBe(ROWS - OLD_ROWS)
    expect(took).toBeLessThan(CPU_MS_MAX)
    close()
  })

  test('of the places of submissions', () => {
    const { purge, count, close } = longRunning()
    const took = cpuMs(() => {
      for (let part: number | null = 0; part !== null; ) part = purge.places(part)
    })
    expect(count('place_part')).toBe(PARTS)
    expect(took).toBeLessThan(CPU_MS_MAX)
    close()
  })

  test('of submissions and their raw input', () => {
    const { purge, count, close } = longRunning()
    const took = cpuMs(() => {
      while (purge.remove('raw', between) > 0);
      while (purge.remove('decisions', between) > 0);
    })
    expect(count('batch')).toBe(ROWS - OLD_ROWS)
    expect(took).toBeLessThan(CPU_MS_MAX)
    close()
  })
})
