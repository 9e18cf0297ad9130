import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { submissionId } from '../../src/core/event.ts'
import { migrate, ownMigrations, schemaVersion } from '../../src/store/sqlite/migrate.ts'
import { readSqliteOutbox } from '../../src/store/sqlite/outbox.ts'
import { id48Of } from '../../src/store/sqlite/places.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { accepted, commitTo, lookupOf, memoryRegistry, sampleAccount, sampleDelivery } from './fixtures.ts'
import { folders } from './folders.ts'

const newDir = folders()

const now = () => '2026-11-22T03:00:00.000Z'
const account = sampleAccount(1)

/** A store of the third schema, which had a row a submission and a row an event: two folded, one not. */
function storeOfThirdSchema(dir: string): void {
  const database = new DatabaseSync(join(dir, 'gateway.sqlite'))
  migrate(database, ownMigrations().slice(0, 3))
  database.exec("INSERT INTO store_state (one, store_id, folded_to, position) VALUES (1, 'here', 2, 1)")
  const submission = database.prepare('INSERT INTO submission VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const once = database.prepare('INSERT INTO once VALUES (?, ?)')
  const event = database.prepare('INSERT INTO outbox (topic, key, headers, data, written_at) VALUES (?, ?, ?, ?, ?)')
  for (const number of [1, 2, 3]) {
    const id = submissionId('sms', `SM${number}`)
    const left = [[], 0, '+79001000001', 1, { text: `said ${number}` }, 'SMS', 'ru']
    submission.run(number, id, 'sms', `SM${number}`, now(), now(), `["said ${number}",[]]`, JSON.stringify(left))
    if (number < 3) once.run(id, number)
    event.run('readings', 'amur/1', '["id","source","type","time",null]', `{"n":${number}}`, now())
  }
  database.exec(`INSERT INTO unjudged VALUES (2, '${submissionId('sms', 'SM2')}')`)
  database.exec('DELETE FROM outbox WHERE seq = 1')
  database.close()
}

test('a store of an older program is not read, nor changed, before a gateway has opened it', () => {
  const dir = newDir()
  storeOfThirdSchema(dir)
  expect(() => readSqliteOutbox(dir)).toThrow(/schema version 3, this program reads \d+: start the gateway/)
  const database = new DatabaseSync(join(dir, 'gateway.sqlite'))
  expect(schemaVersion(database)).toBe(3)
  database.close()
})

test('a store of the third schema keeps its answers, raw input, events and numbers', async () => {
  const dir = newDir()
  storeOfThirdSchema(dir)
  const store = openSqliteStore({ dir, registry: memoryRegistry([account]), now, newId: () => 'new' })
  for (const n of [1, 2, 3]) {
    const facts = await store.look(lookupOf(sampleDelivery(`SM${n}`)))
    expect(facts.answered('sms', `SM${n}`)?.text).toBe(`said ${n}`)
  }
  expect(await store.unjudged(10)).toMatchObject([{ deliveryId: 'SM2', said: { text: 'said 2' } }])
  const rows = await store.outboxAfter(0, 10)
  expect(rows.map(({ seq, data }) => [seq, data])).toEqual([
    [2, '{"n":2}'],
    [3, '{"n":3}'],
  ])
  const next = accepted(account, sampleDelivery('SM4'))
  await commitTo(store, [next])
  expect((await store.outboxAfter(3, 10)).map(({ seq }) => seq)).toEqual([4])
  await expect(commitTo(store, [accepted(account, sampleDelivery('SM2'))])).rejects.toThrow('once')
  await store.close()
})

/** A store of the fifth schema, which had a row for the place of each submission: three layers' worth, and one unfolded. */
function storeOfFifthSchema(dir: string, folded: number): void {
  const database = new DatabaseSync(join(dir, 'gateway.sqlite'))
  migrate(database, ownMigrations().slice(0, 5))
  database.exec(`INSERT INTO store_state (one, store_id, folded_to) VALUES (1, 'here', ${folded})`)
  const batch = database.prepare(
    'INSERT INTO batch (first, count, written_at, submissions, raw) VALUES (?, 1, ?, ?, ?)',
  )
  const place = database.prepare('INSERT INTO place VALUES (?, ?)')
  database.exec('BEGIN')
  for (let number = 1; number <= folded + 1; number++) {
    const id = submissionId('sms', `SM${number}`)
    const submission = [[id, 'sms', `SM${number}`, now(), [`said ${number}`, []]]]
    const left = [[[], 0, '+79001000001', 1, { text: '' }, 'SMS', 'ru']]
    batch.run(number, now(), JSON.stringify(submission), JSON.stringify(left))
    place.run(id48Of(id), number)
  }
  database.exec('COMMIT')
  database.close()
}

test('a store of the fifth schema knows its submissions again', async () => {
  const dir = newDir()
  const folded = 40_000
  storeOfFifthSchema(dir, folded)
  const store = openSqliteStore({ dir, registry: memoryRegistry([account]), now, newId: () => 'new' })
  // Every ninth, the last of each layer, and what was not folded.
  const ids = Array.from({ length: folded + 1 }, (_, n) => n + 1)
    .filter((n) => n % 9 === 0 || n % 16_384 === 16_383 || n >= folded)
    .map((n) => `SM${n}`)
  const unknown: string[] = []
  for (const id of ids) {
    const facts = await store.look(lookupOf(sampleDelivery(id)))
    if (facts.answered('sms', id)?.text !== `said ${id.slice(2)}`) unknown.push(id)
  }
  expect(unknown).toEqual([])
  await store.close()
  const database = new DatabaseSync(join(dir, 'gateway.sqlite'), { readOnly: true })
  const places = database.prepare(
    'SELECT sum(length(places)) / 12 AS count, count(DISTINCT last) AS layers FROM place_part',
  )
  expect(places.get()).toEqual({ count: folded + 1, layers: 4 })
  database.close()
})

test.each([
  ['another shape', '[{"said":"56311"}]'],
  ['no JSON', '<raw/>'],
])('a journal of %s is refused with what to do, and its readings are not passed over', async (_what, raw) => {
  const dir = newDir()
  const parts = { dir, registry: memoryRegistry([]), now, newId: () => 'a' }
  const store = openSqliteStore(parts)
  await commitTo(store, [accepted(account, sampleDelivery('SM1'))])
  await store.close()
  const database = new DatabaseSync(join(dir, 'gateway.sqlite'))
  database.prepare('UPDATE batch SET raw = ?').run(raw)
  database.close()
  expect(() => openSqliteStore(parts)).toThrow('the journal of the store cannot be read: put a backup back')
})
