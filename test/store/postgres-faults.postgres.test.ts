import { execFileSync } from 'node:child_process'
import { connect, createServer, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { createIntake } from '../../src/core/intake.ts'
import { nothingWanted, type Store } from '../../src/core/store.ts'
import { openPostgresStore } from '../../src/store/postgres/store.ts'
import { describeWithPostgres } from '../real/with-postgres.ts'
import { accepted, lookupOf, sampleAccount, sampleDelivery } from './fixtures.ts'
import { fillRegistry, openStoreAt, sql } from './postgres-house.ts'

const one = sampleAccount(1)
const KILL = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'meter-reading-gateway'`
const COUNTS = `SELECT (SELECT count(*) FROM submission)::int AS submissions, (SELECT count(*) FROM outbox)::int AS events,
  (SELECT count(*) FROM reading)::int AS readings, (SELECT last_seq FROM turn)::int AS "lastSeq"`

const submitTo = (store: Store) =>
  createIntake({
    store,
    lookup: lookupOf,
    decide: (delivery) => accepted(one, delivery),
    batchMax: 50,
    waitingMax: 100,
  }).submit

/** Judging is synchronous, so another process does it. */
function killAtOnce(url: string): void {
  const script = `const { Client } = require('pg'); const client = new Client(process.argv[1])
    client.connect().then(() => client.query(process.argv[2])).then(() => client.end())`
  execFileSync(process.execPath, ['--input-type=commonjs', '-e', script, url, KILL])
}

/** A way to the database that can be cut, or go silent. */
async function wayTo(url: string) {
  const sockets = new Set<Socket>()
  let isSilent = false
  const server = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (data) => isSilent || to.write(data))
      from.on('close', () => to.destroy())
      from.on('error', () => undefined)
    }
  })
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  onTestFinished(close)
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as { port: number }
  return {
    url: Object.assign(new URL(url), { port: String(port) }).href,
    cut: close,
    mend: () => listen(port),
    goSilent: (silent: boolean) => {
      isSilent = silent
    },
  }
}

describeWithPostgres('a database that fails', (freshDatabase) => {
  test('connections killed in mid-batch: nothing of it is written, and the next goes through', async () => {
    const url = await freshDatabase()
    const store = await openStoreAt(url)
    await submitTo(store)(sampleDelivery('SM0'))
    const decisions = ['SM1', 'SM2'].map((id) => accepted(one, sampleDelivery(id)))
    const batch = store.transact(
      decisions.map(({ delivery }) => lookupOf(delivery)),
      () => {
        killAtOnce(url)
        return decisions
      },
    )
    await expect(batch).rejects.toThrow()
    expect(await sql(url, COUNTS)).toEqual([{ submissions: 1, events: 1, readings: 1, lastSeq: 1 }])
    const again = await Promise.all(decisions.map(({ delivery }) => submitTo(store)(delivery)))
    expect(again.map(({ repeated }) => repeated)).toEqual([false, false])
    expect((await store.outboxAfter(0, 10)).map(({ seq }) => seq)).toEqual([1, 2, 3])
  })

  test('connections killed at random under load: whoever heard yes is written, once, and the rest come again', async () => {
    const url = await freshDatabase()
    const store = await openStoreAt(url)
    const submit = submitTo(store)
    const ids = Array.from({ length: 400 }, (_, n) => `SM${n}`)
    const send = async (id: string) => {
      for (let tries = 0; ; tries++) {
        const received = await submit(sampleDelivery(id)).catch(() => null)
        if (received !== null) return received
        failures++
        if (tries === 100) throw new Error('never answered')
        await new Promise((next) => setTimeout(next, 20))
      }
    }
    let failures = 0
    let sending = true
    const killing = (async () => {
      while (sending) {
        await sql(url, KILL)
        await new Promise((next) => setTimeout(next, 15))
      }
    })()
    const workers = Array.from({ length: 20 }, async (_, worker) => {
      for (let n = worker; n < ids.length; n += 20) await send(ids[n] ?? '')
    })
    await Promise.all(workers)
    sending = false
    await killing
    expect(failures).toBeGreaterThan(20)
    expect(await sql(url, COUNTS)).toEqual([{ submissions: 400, events: 400, readings: 1, lastSeq: 400 }])
    expect((await store.outboxAfter(0, 500)).map(({ seq }) => seq)).toEqual(ids.map((_, n) => n + 1))
  })

  test('the way to it is cut: all calls fail, and go on when it is back', async () => {
    const way = await wayTo(await freshDatabase())
    const store = await openStoreAt(way.url)
    await submitTo(store)(sampleDelivery('SM0'))
    way.cut()
    await expect(submitTo(store)(sampleDelivery('SM1'))).rejects.toThrow()
    const calls = [
      store.probe(),
      store.notedPosition(),
      store.outboxAfter(0, 1),
      store.look(lookupOf(sampleDelivery('SM0'))),
    ]
    const ends = await Promise.allSettled(calls)
    expect(ends.map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
    await way.mend()
    expect((await submitTo(store)(sampleDelivery('SM1'))).repeated).toBe(false)
    await store.probe()
  })

  test('it goes silent: the call fails, and the next ones go through', async () => {
    const way = await wayTo(await freshDatabase())
    const store = await openStoreAt(way.url)
    await submitTo(store)(sampleDelivery('SM0'))
    way.goSilent(true)
    // Without a limit of its own the call would wait for as long as the test may.
    await expect(submitTo(store)(sampleDelivery('SM1'))).rejects.toThrow()
    way.goSilent(false)
    await expect
      .poll(() =>
        submitTo(store)(sampleDelivery('SM1')).then(
          () => 'answered',
          () => 'failed',
        ),
      )
      .toBe('answered')
  })

  test('it does not give a turn in time: the batch fails, and the next goes through on the same connection', async () => {
    const url = await freshDatabase()
    const store = await openStoreAt(url)
    const holder = new Client({ connectionString: url })
    await holder.connect()
    await holder.query('BEGIN; SELECT 1 FROM turn FOR UPDATE')
    await expect(submitTo(store)(sampleDelivery('SM1'))).rejects.toThrow('lock timeout')
    const pids =
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query = 'ROLLBACK'"
    const before = await sql(url, pids)
    await holder.end()
    expect((await submitTo(store)(sampleDelivery('SM1'))).repeated).toBe(false)
    expect(before).toHaveLength(1)
    const after = await sql(url, pids.replace('ROLLBACK', 'COMMIT'))
    expect(after).toEqual(before)
  })

  test('it takes no writes: the batch and the probe fail, what is there can be read; all is well once it takes them again', async () => {
    const url = await freshDatabase()
    const name = new URL(url).pathname.slice(1)
    const store = await openStoreAt(url)
    await submitTo(store)(sampleDelivery('SM0'))
    await sql(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`)
    await sql(url, KILL)
    await expect
      .poll(() =>
        store.probe().then(
          () => '',
          (error: { code: string }) => error.code,
        ),
      )
      .toBe('25006')
    await expect(submitTo(store)(sampleDelivery('SM1'))).rejects.toThrow('read-only')
    expect(await store.outboxAfter(0, 10)).toHaveLength(1)
    await sql(url.replace(name, 'postgres'), `ALTER DATABASE ${name} RESET default_transaction_read_only`)
    await expect
      .poll(() =>
        submitTo(store)(sampleDelivery('SM1')).then(
          () => 'answered',
          () => 'failed',
        ),
      )
      .toBe('answered')
    await expect.poll(() => store.probe()).toBeUndefined()
  })

  test('a batch that writes nothing reads what the customer sent, whatever is in it', async () => {
    const store = await openStoreAt(await freshDatabase())
    const odd = sampleDelivery('SM\u00001', { said: { text: 'a\u0000b \ud800 ё' }, sender: '\u0000' })
    const submit = createIntake({
      store,
      lookup: (delivery) => lookupOf(delivery, { accounts: ['1\u00002'], aliases: ['\ud800'], phone: '\u0000' }),
      decide: (delivery) => accepted(one, delivery, { settles: ['no id', "'; --"] }),
      batchMax: 50,
      waitingMax: 100,
    }).submit
    const { answer } = await submit(odd)
    expect(await submit(odd)).toEqual({ answer, repeated: true })
    expect(await store.answerOf("'; DROP TABLE submission; --")).toBeNull()
  })

  test('a registry that the gateway may not read, since somebody else imported it, is not called ready', async () => {
    const url = await freshDatabase()
    const name = `gateway_of_${new URL(url).pathname.slice(1)}`
    await sql(url, `CREATE ROLE ${name} LOGIN PASSWORD 'own'; GRANT CREATE ON SCHEMA public TO ${name}`)
    const store = await openStoreAt(Object.assign(new URL(url), { username: name, password: 'own' }).href)
    await fillRegistry(url, [one])
    await expect.poll(async () => (await store.look(nothingWanted)).registry).toBe('down')
    await sql(url, `GRANT SELECT ON registry_account_1 TO ${name}`)
    expect((await store.look(nothingWanted)).registry).toBe('ready')
  })

  test('an address that asks for TLS is not used without', async () => {
    const url = `${await freshDatabase()}?sslmode=verify-full`
    await expect(openStoreAt(url)).rejects.toThrow('does not support SSL')
  })

  test.each([
    ['nobody is there', 'postgres://gateway:Geheim7@127.0.0.1:1/gateway', /cannot be used: .*ECONNREFUSED/],
    ['nobody is at any of its addresses', 'postgres://gateway:Geheim7@localhost:1/gateway', /ECONNREFUSED/],
    ['the address is none', 'postgres://gateway:Geheim7@[oops/gateway', /STORE_URL is no address/],
    ['the port is none', 'postgres://gateway:Geheim7@127.0.0.1:99999/gateway', /STORE_URL is no address/],
  ])('where %s, opening says so, and not the password', async (_, url, why) => {
    const opening = openPostgresStore({ url, now: () => '', monotonicMs: () => 0 })
    const error = await opening.catch((thrown: unknown) => thrown)
    expect(String(error)).toMatch(why)
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('Geheim7')
  })
})
