import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createIntake } from '../../src/core/intake.ts'
import type { Facts, Store } from '../../src/core/store.ts'
import { describeWithPostgres } from '../real/with-postgres.ts'
import { accepted, lookupOf, sampleAccount, sampleDelivery } from './fixtures.ts'
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

  test('one that freezes in its turn loses it, and the others go on', async () => {
    const url = await freshDatabase()
    const [frozen, other] = await Promise.all([openStoreAt(url), openStoreAt(url)])
    // What a frozen process does not do: end its transaction. Its look-up of the turn is done from outside.
    await sql(url, "ALTER TABLE turn ADD COLUMN note text; UPDATE turn SET note = 'frozen'")
    const { Client } = await import('pg')
    const client = new Client({ connectionString: url })
    client.on('error', () => undefined)
    await client.connect()
    await client.query("SET idle_in_transaction_session_timeout = '500ms'; BEGIN; SELECT 1 FROM turn FOR UPDATE")
    const started = performance.now()
    await intakeOf(other).submit(sampleDelivery('SM1'))
    expect(performance.now() - started).toBeGreaterThan(300)
    await intakeOf(frozen).submit(sampleDelivery('SM2'))
    await client.end().catch(() => undefined)
    await sleep(0)
  })

  test('a newer store is refused, and a newer program brings an old one up to date', async () => {
    const url = await freshDatabase()
    await (await openStoreAt(url)).close()
    await sql(url, 'UPDATE schema_version SET version = 999')
    await expect(openStoreAt(url)).rejects.toThrow('schema version 999')
  })
})
