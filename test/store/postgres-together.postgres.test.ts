import { expect, test } from 'vitest'
import { createIntake } from '../../src/core/intake.ts'
import type { Facts, Store } from '../../src/core/store.ts'
import { connectionsTo } from '../../src/store/postgres/connection.ts'
import { postgresRegistryTarget } from '../../src/store/postgres/registry-target.ts'
import { openPostgresStore } from '../../src/store/postgres/store.ts'
import { describeWithPostgres } from '../real/with-postgres.ts'
import { chatDecision } from './contract-receipts.ts'
import { accepted, commitTo, lookupOf, sampleAccount, sampleDelivery } from './fixtures.ts'
import { fillRegistry, openStoreAt, sql } from './postgres-house.ts'

const one = sampleAccount(1)
type Delivery = ReturnType<typeof sampleDelivery>

const intakeOf = (store: Store, decide = (delivery: Delivery, _facts: Facts) => accepted(one, delivery)) =>
  createIntake({
    store,
    lookup: (delivery) => lookupOf(delivery, { accounts: [one.account] }),
    decide,
    batchMax: 5,
    waitingMax: 10_000,
  })

describeWithPostgres('gateways on one database', (freshDatabase) => {
  test('a delivery that comes 50 times over both is written once and answered 50 times alike', async () => {
    const url = await freshDatabase()
    const gates = (await Promise.all([openStoreAt(url), openStoreAt(url)])).map((store, n) =>
      intakeOf(store, (delivery) => {
        const decision = accepted(one, delivery)
        return { ...decision, answer: { ...decision.answer, text: `gateway ${n}` } }
      }),
    )
    const sent = Array.from({ length: 50 }, (_, n) => gates[n % 2]?.submit(sampleDelivery('SM1')))
    const all = (await Promise.all(sent)).flatMap((received) => received ?? [])
    expect(new Set(all.map(({ answer }) => JSON.stringify(answer))).size).toBe(1)
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1)
    expect(await sql(url, 'SELECT count(*)::int AS events FROM outbox')).toEqual([{ events: 1 }])
  })

  test('of deliveries for one account that come to both, one is first', async () => {
    const url = await freshDatabase()
    await fillRegistry(url, [one])
    const stores = await Promise.all([openStoreAt(url), openStoreAt(url)])
    const gates = stores.map((store) =>
      intakeOf(store, (delivery, facts) =>
        facts.standing('amur', one.account).length === 0
          ? accepted(one, delivery)
          : accepted(one, delivery, { readings: [], events: [] }),
      ),
    )
    await Promise.all(Array.from({ length: 40 }, (_, n) => gates[n % 2]?.submit(sampleDelivery(`SM${n}`))))
    expect(await stores[0]?.outboxAfter(0, 100)).toHaveLength(1)
  })

  test('take turns also where the database is set to a stricter isolation', async () => {
    const url = await freshDatabase()
    const database = new URL(url).pathname.slice(1)
    await sql(url, `ALTER DATABASE ${database} SET default_transaction_isolation = 'serializable'`)
    const gates = (await Promise.all([openStoreAt(url), openStoreAt(url)])).map((store) => intakeOf(store))
    await Promise.all(Array.from({ length: 100 }, (_, n) => gates[n % 2]?.submit(sampleDelivery(`SM${n}`))))
    expect(await sql(url, 'SELECT count(*)::int AS events FROM outbox')).toEqual([{ events: 100 }])
  })

  test('a seq that shows has all lower ones before it, whoever writes, whoever gives up', async () => {
    const url = await freshDatabase()
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStoreAt(url)))
    const gates = stores.map((store) => intakeOf(store))
    let writing = true
    const seen: number[] = []
    const relay = async (store: Store) => {
      for (let last = false; !last; ) {
        last = !writing
        seen.push(...(await store.outboxAfter(seen.at(-1) ?? 0, 7)).map(({ seq }) => seq))
      }
      seen.push(...(await store.outboxAfter(seen.at(-1) ?? 0, 10_000)).map(({ seq }) => seq))
    }
    const reading = relay(await openStoreAt(url))
    const failing = stores.map((store) =>
      store.transact([], () => {
        throw new Error('broken judge')
      }),
    )
    const sent = Array.from({ length: 600 }, (_, n) => gates[n % 4]?.submit(sampleDelivery(`SM${n}`)))
    await Promise.allSettled([...failing, ...sent])
    writing = false
    await reading
    expect(seen).toEqual(Array.from({ length: 600 }, (_, n) => n + 1))
  })

  test('start at once on an empty database, and have one name', async () => {
    const url = await freshDatabase()
    const stores = await Promise.all(Array.from({ length: 5 }, () => openStoreAt(url)))
    const ids = await Promise.all(stores.map((store) => store.storeId()))
    expect(new Set(ids).size).toBe(1)
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('never hand out the same receipt, and each chat gets its own in order', async () => {
    const url = await freshDatabase()
    const stores = await Promise.all([openStoreAt(url), openStoreAt(url), openStoreAt(url)])
    const said = Array.from({ length: 20 }, (_, n) => ['a', 'b', 'c'].map((text) => [`chat${n}`, text] as const))
    const decisions = said.map((texts, n) => chatDecision(`V${n}`, ...texts))
    await commitTo(stores[0] as Store, decisions)
    const sent: { seq: number; to: string; text: string }[] = []
    const [now, until] = ['2026-11-22T03:00:00.000Z', '2026-11-22T03:01:00.000Z']
    const send = async (store: Store) => {
      for (let idle = 0; idle < 20; idle++) {
        for (const { seq, to, message } of await store.receiptsDue('viber', now, 3, until)) {
          sent.push({ seq, to, text: message.text })
          await store.noteSent(seq, { kind: 'taken', providerId: String(seq) }, now)
          idle = 0
        }
      }
    }
    await Promise.all([...stores, ...stores].map(send))
    expect(sent).toHaveLength(60)
    expect(new Set(sent.map(({ seq }) => seq)).size).toBe(60)
    const byChat = Map.groupBy(sent, ({ to }) => to)
    expect([...byChat.values()].map((one) => one.map(({ text }) => text).join(''))).toEqual(Array(20).fill('abc'))
  })

  test('one that freezes in its turn loses it, and the others go on', async () => {
    const url = await freshDatabase()
    const [frozen, other] = await Promise.all([openStoreAt(url), openStoreAt(url)])
    // As a frozen process would leave it: with the turn taken, on a gateway's own connection, and the transaction never ended.
    const itsOwn = connectionsTo(url)
    const client = await itsOwn.batches.connect()
    await client.query('BEGIN')
    await client.query('SELECT 1 FROM turn FOR UPDATE')
    const started = performance.now()
    await intakeOf(other).submit(sampleDelivery('SM1'))
    expect(performance.now() - started).toBeGreaterThan(300)
    await intakeOf(frozen).submit(sampleDelivery('SM2'))
    client.release(true)
    await itsOwn.close()
  })

  test('the noted position of the relay does not go back, where one that froze notes its own late', async () => {
    const url = await freshDatabase()
    const [frozen, other] = await Promise.all([openStoreAt(url), openStoreAt(url)])
    await other.notePosition(7)
    await frozen.notePosition(3)
    expect(await other.notedPosition()).toBe(7)
  })
})

describeWithPostgres('an import into PostgreSQL', (freshDatabase) => {
  const two = sampleAccount(2)
  const known = async (store: Store) => {
    const facts = await store.look(lookupOf(sampleDelivery('look'), { accounts: [one.account, two.account] }))
    return [one, two].filter(({ account }) => facts.byAccount(account).length === 1)
  }

  test.each(['add', 'finish'] as const)('that dies in %s changes nothing and leaves nothing', async (step) => {
    const url = await freshDatabase()
    await fillRegistry(url, [one])
    const store = await openStoreAt(url)
    const target = await postgresRegistryTarget(url)
    await target.lock()
    const writer = await target.write()
    const die = () =>
      sql(
        url,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND query ~ '(TABLE|INTO) registry_account_2'`,
      )
    const importing = async () => {
      if (step === 'add') await die()
      for (let n = 0; n < 10_000; n++) await writer.add(sampleAccount(n))
      await die()
      await writer.finish({ digest: 'other', importedAt: '2026-11-22T00:00:00Z' })
    }
    await expect(importing()).rejects.toThrow()
    await writer.abandon()
    await target.close()
    expect(await known(store)).toEqual([one])
    expect(await sql(url, "SELECT count(*)::int FROM pg_class WHERE relname ~ '^registry_account_[0-9]+$'")).toEqual([
      { count: 1 },
    ])
    await fillRegistry(url, [one, two])
    await expect.poll(() => known(store)).toEqual([one, two])
  })

  test('is found by a gateway that has not looked since the one before last', async () => {
    const url = await freshDatabase()
    await fillRegistry(url, [one])
    let clock = 0
    const store = await openPostgresStore({ url, now: () => '2026-11-22T03:00:00Z', monotonicMs: () => clock })
    expect(await known(store)).toEqual([one])
    for (let n = 0; n < 3; n++) await fillRegistry(url, [one, two])
    expect(await known(store)).toEqual([one, two])
    await fillRegistry(url, [two])
    expect(await known(store)).toEqual([one, two])
    clock = 250
    expect(await known(store)).toEqual([two])
    await store.close()
  })
})
