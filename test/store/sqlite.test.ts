import { randomUUID } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { createIntake } from '../../src/core/intake.ts'
import { migrate, ownMigrations, schemaVersion } from '../../src/store/sqlite/migrate.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { storeContract } from './contract.ts'
import { overSqlite } from './contract-shapes.ts'
import { accepted, commitTo, lookupOf, memoryRegistry, sampleAccount, sampleDelivery } from './fixtures.ts'
import { folders } from './folders.ts'

const newDir = folders()

const now = () => '2026-11-22T03:00:00.000Z'
const newId = () => randomUUID()
const account = sampleAccount(1)
const registry = memoryRegistry([account])

/** An open store, the connection to break it through, and an intake on it. */
function gateway(dir = newDir()) {
  const connections: DatabaseSync[] = []
  const connected = (database: DatabaseSync) => void connections.push(database)
  const store = openSqliteStore({ dir, registry, now, newId, connected })
  const decide = (delivery: Parameters<typeof lookupOf>[0]) => accepted(account, delivery)
  const { submit } = createIntake({ store, lookup: lookupOf, decide, batchMax: 50, waitingMax: 100 })
  const pragma = (text: string) => connections.at(-1)?.exec(`PRAGMA ${text}`)
  return { dir, store, submit: (id: string) => submit(sampleDelivery(id)), pragma, connections }
}

storeContract('the embedded store', async (seed) => {
  const dir = newDir()
  return overSqlite(openSqliteStore({ dir, registry: seed.registry, now: seed.now, newId }), dir)
})

describe('a store that fails', () => {
  type Fault = (house: ReturnType<typeof gateway>) => () => void
  const faults: [string, Fault, RegExp][] = [
    [
      'the disk is full',
      ({ pragma }) => {
        pragma('max_page_count = 1')
        return () => pragma('max_page_count = 1073741823')
      },
      /full/,
    ],
    [
      'it is read-only',
      ({ pragma }) => {
        pragma('query_only = 1')
        return () => pragma('query_only = 0')
      },
      /readonly/,
    ],
    [
      'somebody else holds its lock',
      ({ dir }) => {
        const other = new DatabaseSync(join(dir, 'gateway.sqlite'))
        other.exec('BEGIN IMMEDIATE')
        return () => other.close()
      },
      /locked/,
    ],
    [
      'its connection broke',
      ({ connections }) => {
        connections.at(-1)?.close()
        return () => {}
      },
      /not open|finalized/,
    ],
  ]

  test.each(faults)(
    '%s: all of the batch fails, nothing is written, and it goes on without a restart',
    async (_, fault, why) => {
      const house = gateway()
      for (let n = 0; n < 10; n++) await house.submit(`before${n}`)
      const repair = fault(house)
      // Enough that the pages already there can't take them.
      const sent = Array.from({ length: 50 }, (_, n) => house.submit(`SM${n}`))
      const ends = await Promise.allSettled(sent)
      expect(ends.map(({ status }) => status)).toEqual(Array(50).fill('rejected'))
      expect(String((ends[0] as PromiseRejectedResult).reason)).toMatch(why)
      repair()
      expect((await house.store.outboxAfter(0, 100)).length).toBe(10)
      const again = await Promise.all(Array.from({ length: 50 }, (_, n) => house.submit(`SM${n}`)))
      expect(again.every(({ repeated }) => !repeated)).toBe(true)
      await house.store.probe()
      const rows = await house.store.outboxAfter(0, 100)
      expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1))
      await house.store.close()
    },
  )

  test('the file was taken away: it says so and makes no new one', async () => {
    const house = gateway()
    await house.submit('SM1')
    house.connections.at(-1)?.close()
    rmSync(join(house.dir, 'gateway.sqlite'))
    await expect(house.submit('SM2')).rejects.toThrow()
    await expect(house.submit('SM3')).rejects.toThrow('taken away')
    expect(readdirSync(house.dir)).not.toContain('gateway.sqlite')
    await house.store.close()
  })
})

describe('the data directory', () => {
  test('belongs to one gateway at a time', async () => {
    const { dir, store } = gateway()
    expect(() => gateway(dir)).toThrow('another gateway is running on this DATA_DIR')
    await store.close()
    await gateway(dir).store.close()
  })

  test('is written to the disk before an answer, also after what may be lost with the power', async () => {
    const { store, connections } = gateway()
    await store.notePosition(1)
    await store.receiptsDue('sms', now(), 10, now())
    expect(connections.at(-1)?.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
    await store.close()
  })

  test('says why where its lock cannot be taken, and blames no other gateway', () => {
    const dir = newDir()
    writeFileSync(join(dir, 'gateway.lock'), 'spoilt'.repeat(100))
    expect(() => gateway(dir)).toThrow('gateway.lock in DATA_DIR cannot be locked: file is not a database')
  })

  test('keeps answers, place and name over a restart', async () => {
    const first = gateway()
    const { answer } = await first.submit('SM1')
    await first.store.notePosition(1)
    const id = await first.store.storeId()
    await first.store.close()
    const second = gateway(first.dir)
    expect(await second.submit('SM1')).toEqual({ answer, repeated: true })
    expect(await second.store.notedPosition()).toBe(1)
    expect(await second.store.storeId()).toBe(id)
    await second.store.close()
  })

  test('holds no word of the raw input after the purge, in any file', async () => {
    const { dir, store } = gateway()
    const text = `Zaumwort ${'x'.repeat(6_000)}`
    const place = { scan: 'aa', page: 0, position: 1 }
    const paper = { identity: 'Zaumwort', paper: 'Zaumwort', place, registers: [], review: null }
    const decide = (delivery: Parameters<typeof lookupOf>[0]) => {
      const decision = accepted(account, delivery, {
        conversation: { state: '{"said":"Zaumwort"}', accounts: [], expiresAt: '2026-11-22T02:00:00Z' },
        receipts: [{ to: 'Zaumwort', message: { text, buttons: [] } }],
      })
      const { deliveryId, receivedAt } = delivery
      return { ...decision, slip: { ...paper, deliveryId, receivedAt, submissionId: decision.answer.submissionId } }
    }
    const { submit } = createIntake({ store, lookup: lookupOf, decide, batchMax: 50, waitingMax: 1_000 })
    await Promise.all(Array.from({ length: 300 }, (_, n) => submit(sampleDelivery(`SM${n}`, { said: { text } }))))
    const said = () => readdirSync(dir).filter((file) => readFileSync(join(dir, file)).includes('Zaumwort'))
    expect(said()).not.toEqual([])
    await store.purge('2026-11-23T00:00:00Z', '2000-01-01T00:00:00Z')
    expect(said()).toEqual([])
    await store.close()
  })
})

describe('the journal', () => {
  const talk = { state: '{"turn":1}', accounts: [account.account], expiresAt: '2026-11-22T03:30:00.000Z' }
  const over = (id: string) => sampleDelivery(id, { sender: '+79001000002' })
  const look = (store: ReturnType<typeof gateway>['store'], id: string) =>
    store.look(lookupOf(sampleDelivery(id), { accounts: [account.account] }))

  /** A store with something of everything in it, and a copy of its files as they are at that moment. */
  async function crashed(count: number) {
    const { dir, store } = gateway()
    const say = (...decisions: ReturnType<typeof accepted>[]) => commitTo(store, decisions)
    await say(accepted(account, sampleDelivery('SM0'), { conversation: talk }))
    const receipts = [{ to: 'ann', message: { text: 'a1', buttons: [] } }]
    await say(accepted(account, over('over1'), { conversation: talk, receipts }))
    const ids = Array.from({ length: count }, (_, n) => `more${n}`)
    for (let at = 0; at < count; at += 100) {
      await say(...ids.slice(at, at + 100).map((id) => accepted(account, sampleDelivery(id), { readings: [] })))
    }
    await say(accepted(account, over('over2'), { conversation: null, readings: [] }))
    const copy = newDir()
    cpSync(dir, copy, { recursive: true, filter: (file) => !file.endsWith('-shm') })
    await store.close()
    return copy
  }

  test.each([0, 1_990, 2_100, 4_100])('loses nothing in a crash after %d more, folded or not', async (count) => {
    const { store } = gateway(await crashed(count))
    const facts = await look(store, 'SM0')
    expect(facts.answered('sms', 'SM0')).toEqual(accepted(account, sampleDelivery('SM0')).answer)
    const again = await look(store, 'other')
    expect(again.conversation('sms', '+79001000001')).toEqual(talk)
    expect(again.standing('amur', account.account)).toEqual(accepted(account, sampleDelivery('SM0')).readings)
    const ended = await store.look(lookupOf(over('other')))
    expect(ended.conversation('sms', '+79001000002')).toBeUndefined()
    const known = Array.from({ length: count }, (_, n) => store.look(lookupOf(sampleDelivery(`more${n}`))))
    const answers = (await Promise.all(known)).map((known, n) => known.answered('sms', `more${n}`))
    expect(answers.filter((answer) => answer === undefined)).toEqual([])
    expect(await store.receiptsDue('sms', now(), 10, now())).toMatchObject([{ seq: 1, to: 'ann', tries: 0 }])
    await store.close()
  })
})

describe('migrations', () => {
  const step = (sql: string) => ({ name: '0002-next.sql', sql })

  test('bring an old store up to date and keep what is in it', () => {
    const database = new DatabaseSync(':memory:')
    migrate(database, ownMigrations().slice(0, 1))
    database.exec("INSERT INTO store_state (one, store_id) VALUES (1, 'here')")
    migrate(database, [...ownMigrations().slice(0, 1), step('ALTER TABLE store_state ADD COLUMN more TEXT')])
    expect(schemaVersion(database)).toBe(2)
    expect(database.prepare('SELECT store_id, more FROM store_state').get()).toEqual({ store_id: 'here', more: null })
  })

  test('leave the store as it was where a step fails', () => {
    const database = new DatabaseSync(':memory:')
    const bad = [...ownMigrations(), step('CREATE TABLE half (a); INSERT INTO nowhere VALUES (1)')]
    expect(() => migrate(database, bad)).toThrow('migration 0002-next.sql failed: no such table: nowhere')
    expect(schemaVersion(database)).toBe(0)
    expect(database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()).toEqual({ count: 0 })
  })

  test('do nothing the second time', () => {
    const database = new DatabaseSync(':memory:')
    migrate(database, ownMigrations())
    migrate(database, ownMigrations())
    expect(schemaVersion(database)).toBe(ownMigrations().length)
  })

  test('refuse a store that a newer program made', async () => {
    const { dir, store } = gateway()
    await store.close()
    const database = new DatabaseSync(join(dir, 'gateway.sqlite'))
    database.exec('PRAGMA user_version = 999')
    database.close()
    expect(() => gateway(dir)).toThrow(/schema version 999, .*: use the newer program that made it, or put a backup/)
    expect(() => gateway(dir)).toThrow(/schema version 999, .*: use the newer program that made it, or put a backup/)
  })
})
