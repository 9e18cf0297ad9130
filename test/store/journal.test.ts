import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, test } from 'vitest'
import type { Decision, Store } from '../../src/core/store.ts'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import {
  accepted,
  commitTo,
  lookupOf,
  memoryRegistry,
  sampleAccount,
  sampleDelivery,
  sampleReading,
} from './fixtures.ts'
import { folders } from './folders.ts'

const stores: Store[] = []
const newDir = folders()
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
})

const now = () => '2026-11-22T03:00:00.000Z'
const FOLD_AFTER = 60
/** Of a fold, a batch of one writes this many rows; a layer has three rows a message here. */
const COUNT = 300
const accounts = Array.from({ length: COUNT }, (_, n) => sampleAccount(n))
const registry = memoryRegistry(accounts)
const phoneOf = (n: number) => `+7900200${String(n).padStart(4, '0')}`

function open(dir = newDir()) {
  const connections: DatabaseSync[] = []
  const connected = (database: DatabaseSync) => void connections.push(database)
  const store = openSqliteStore({ dir, registry, now, newId: () => 'a', foldAfter: FOLD_AFTER, connected })
  stores.push(store)
  const folded = () => {
    const sum = 'SELECT coalesce(sum(length(places)), 0) / 12 AS count FROM place_part'
    return Number(connections.at(-1)?.prepare(sum).get()?.['count'])
  }
  const foldedTo = () => Number(connections.at(-1)?.prepare('SELECT folded_to FROM store_state').get()?.['folded_to'])
  const exec = (sql: string) => connections.at(-1)?.exec(sql)
  return { dir, store, folded, foldedTo, exec }
}

/** Message `n`: of its own sender on its own account; every third has a question open, the others are idle. */
function message(n: number, change: Partial<Decision> = {}): Decision {
  const isIdle = n % 3 !== 0
  const talk = {
    state: `{"turn":${n}}`,
    accounts: [],
    expiresAt: '2026-11-22T03:30:00.000Z',
    ...(isIdle && { isIdle }),
  }
  const one = accounts[n] ?? sampleAccount(n)
  const delivery = sampleDelivery(`SM${n}`, { sender: phoneOf(n), phone: null })
  const readings = [sampleReading(one, { eventId: `event${n}` })]
  return accepted(one, delivery, { readings, conversation: talk, ...change })
}

function say(store: Store, ...decisions: Decision[]): Promise<void> {
  return commitTo(store, decisions)
}

/** What look-ups see of message `n`. */
async function seen(store: Store, n: number) {
  const decision = message(n)
  const account = accounts[n]?.account ?? ''
  const facts = await store.look(
    lookupOf(sampleDelivery(`ask${n}`, { sender: phoneOf(n), phone: null }), { accounts: [account] }),
  )
  const again = await store.look(lookupOf(decision.delivery))
  return {
    answer: again.answered('sms', `SM${n}`),
    conversation: facts.conversation('sms', phoneOf(n))?.state,
    readings: facts.standing('amur', account).map(({ eventId }) => eventId),
  }
}

const wanted = (n: number) => ({
  answer: message(n).answer,
  conversation: `{"turn":${n}}`,
  readings: [`event${n}`],
})

/** The store as a crash at this moment leaves it. */
function copyOf(dir: string): string {
  const copy = newDir()
  cpSync(dir, copy, { recursive: true, filter: (file) => !file.endsWith('-shm') })
  return copy
}

describe('while a layer is folded', () => {
  test('look-ups see every message, before, in and after the fold', async () => {
    const { store, folded } = open()
    const places = new Set<number>()
    for (let n = 0; n < 150; n++) {
      await say(store, message(n))
      places.add(folded())
      expect(await seen(store, n)).toEqual(wanted(n))
      expect(await seen(store, Math.floor(n / 2))).toEqual(wanted(Math.floor(n / 2)))
    }
    // The fold was seen at work, and a delivery counts once all through it.
    expect(places.size).toBeGreaterThan(4)
    for (const n of [0, 59, 60, 119, 149]) await expect(say(store, message(n))).rejects.toThrow('once')
  })

  test('a later word wins over one that is being folded', async () => {
    const { store } = open()
    for (let n = 0; n < FOLD_AFTER + 2; n++) await say(store, message(n))
    const other = { delivery: sampleDelivery('later', { sender: phoneOf(0), phone: null }) }
    const reading = sampleReading(accounts[0] ?? sampleAccount(0), { eventId: 'later' })
    const made = accepted(accounts[0] ?? sampleAccount(0), other.delivery, { readings: [reading], conversation: null })
    await say(store, made)
    for (let n = FOLD_AFTER + 2; n < 3 * FOLD_AFTER; n++) {
      const { conversation, readings } = await seen(store, 0)
      expect({ conversation, readings }).toEqual({ conversation: undefined, readings: ['later'] })
      await say(store, message(n))
    }
  })

  const faults: [string, string, string][] = [
    [
      'a row of the fold',
      'CREATE TEMP TRIGGER fault BEFORE INSERT ON place_part BEGIN SELECT RAISE(ABORT, 1); END',
      'fault',
    ],
    [
      'the commit',
      `CREATE TABLE owner (id PRIMARY KEY); CREATE TABLE owned (id REFERENCES owner DEFERRABLE INITIALLY DEFERRED);
       CREATE TRIGGER fault AFTER INSERT ON batch BEGIN INSERT INTO owned VALUES (1); END`,
      'fault',
    ],
  ]
  test.each(faults)(
    'where %s fails, its rows of the fold are taken back, and written later',
    async (_, fault, name) => {
      const { store, folded, foldedTo, exec } = open()
      for (let n = 0; n < FOLD_AFTER + 2; n++) await say(store, message(n))
      const before = folded()
      expect(before).toBeGreaterThan(0)
      expect(foldedTo()).toBe(0)
      exec(fault)
      for (let n = 200; n < 204; n++) await expect(say(store, message(n))).rejects.toThrow()
      expect(folded()).toBe(before)
      exec(`DROP TRIGGER ${name}`)
      await expect(say(store, message(201), message(0))).rejects.toThrow('once')
      for (let n = FOLD_AFTER + 2; n < 2 * FOLD_AFTER; n++) await say(store, message(n))
      expect(foldedTo()).toBe(FOLD_AFTER)
      expect(folded()).toBeGreaterThanOrEqual(FOLD_AFTER)
      for (let n = 0; n < 2 * FOLD_AFTER; n += 7) expect(await seen(store, n)).toEqual(wanted(n))
      for (let n = 200; n < 204; n++) expect((await seen(store, n)).answer).toBeUndefined()
    },
  )

  test.each([0, 1, FOLD_AFTER - 1, FOLD_AFTER + 1, FOLD_AFTER + 5, 2 * FOLD_AFTER, 2 * FOLD_AFTER + 3])(
    'a crash after %d messages loses nothing of them',
    async (count) => {
      const first = open()
      for (let n = 0; n < count; n++) await say(first.store, message(n))
      const { store, folded } = open(copyOf(first.dir))
      // What was folded before the crash may stand there twice.
      expect(folded()).toBeGreaterThanOrEqual(count)
      for (let n = 0; n < count; n++) {
        const { answer, conversation, readings } = await seen(store, n)
        expect({ answer, readings }).toEqual({ answer: message(n).answer, readings: [`event${n}`] })
        expect(await store.answerOf(message(n).answer.submissionId, 'web-form')).toBeNull()
        // Idle ones that were folded were in memory only.
        if (n % 3 === 0) expect(conversation).toBe(`{"turn":${n}}`)
        await expect(say(store, message(n))).rejects.toThrow('once')
      }
    },
  )
})

test('a delivery is written once in a transaction, and only in one that looked it up', async () => {
  const { store } = open()
  await expect(say(store, message(0), message(0))).rejects.toThrow('once')
  await store.transact([lookupOf(message(0).delivery)], () => [])
  await expect(store.transact([], () => [message(0)])).rejects.toThrow('look-up')
  await say(store, message(0))
})

test('of each period the last reading stands, whoever made it, folded or not', async () => {
  const { dir, store } = open()
  const one = sampleAccount(0)
  const october = sampleReading(one, { period: '2026-10', eventId: 'october', byOperator: true })
  const first = sampleReading(one, { eventId: 'first' })
  const second = sampleReading(one, { eventId: 'second', registers: { T1: '56312' } })
  for (const [n, reading] of [october, first, second].entries()) {
    await say(store, accepted(one, sampleDelivery(`own${n}`), { readings: [reading] }))
  }
  // What is opened after a crash is folded at once.
  for (const each of [store, open(copyOf(dir)).store]) {
    const facts = await each.look(lookupOf(sampleDelivery('ask'), { accounts: [one.account] }))
    expect(facts.standing('amur', one.account)).toEqual([second, october])
  }
})

test('a store with more in it than is read at its start knows each delivery again at once', async () => {
  const first = open()
  const ids = Array.from({ length: 1_300 }, (_, n) => `known${n}`)
  const known = ids.map((id) => accepted(accounts[0] ?? sampleAccount(0), sampleDelivery(id), { readings: [] }))
  for (let n = 0; n < known.length; n += 100) await say(first.store, ...known.slice(n, n + 100))
  // Folded at this start; at the next one there is nothing to fold, only to learn.
  const copy = copyOf(first.dir)
  await open(copy).store.close()
  stores.pop()
  const { store } = open(copy)
  for (let n = 0; n < 5; n++) {
    const facts = await Promise.all(known.map(({ delivery }) => store.look(lookupOf(delivery))))
    expect(facts.filter((fact, at) => fact.answered('sms', ids[at] ?? '') === undefined)).toEqual([])
    await say(store, message(n))
  }
  await expect(say(store, known[1_299] as Decision)).rejects.toThrow('once')
})

test('where submissions were goes with the last of their layer', async () => {
  const { store, folded } = open()
  for (let n = 0; n < 2 * FOLD_AFTER; n++) await say(store, message(n))
  await store.purge(now(), now())
  expect(folded()).toBe(2 * FOLD_AFTER)
  const later = '2026-11-22T03:00:00.001Z'
  expect(await store.purge(later, later)).toEqual({ raw: 2 * FOLD_AFTER, decisions: 2 * FOLD_AFTER })
  expect(folded()).toBe(0)
  await say(store, message(0))
  expect((await seen(store, 0)).answer).toEqual(message(0).answer)
})

describe('conversations', () => {
  test('with nothing open stay in memory, and what the table had of them is taken out', async () => {
    const { dir, store } = open()
    await say(store, message(0))
    for (let n = 1; n < 2 * FOLD_AFTER; n++) await say(store, message(n))
    const delivery = sampleDelivery('closing', { sender: phoneOf(0), phone: null })
    const idle = { state: '{"turn":"idle"}', accounts: [], expiresAt: '2026-11-22T03:30:00.000Z', isIdle: true }
    await say(store, accepted(accounts[0] ?? sampleAccount(0), delivery, { readings: [], conversation: idle }))
    for (let n = 2 * FOLD_AFTER; n < COUNT; n++) await say(store, message(n))
    expect((await seen(store, 0)).conversation).toBe('{"turn":"idle"}')
    expect((await seen(store, 1)).conversation).toBe('{"turn":1}')
    const database = new DatabaseSync(join(dir, 'gateway.sqlite'), { readOnly: true })
    const inTable = database.prepare('SELECT count(*) AS count FROM conversation WHERE sender IN (?, ?)')
    expect(inTable.get(phoneOf(0), phoneOf(1))).toEqual({ count: 0 })
    expect(inTable.get(phoneOf(3), phoneOf(6))).toEqual({ count: 2 })
    database.close()
  })
})
