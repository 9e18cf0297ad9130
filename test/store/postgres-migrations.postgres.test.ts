import { Client } from 'pg'
import { expect, test } from 'vitest'
import { connectAlone } from '../../src/store/postgres/connection.ts'
import { migrate, ownMigrations } from '../../src/store/postgres/migrate.ts'
import { readPostgresOutbox } from '../../src/store/postgres/outbox.ts'
import { describeWithPostgres } from '../real/with-postgres.ts'
import { sampleAccount } from './fixtures.ts'
import { fillRegistry, openStoreAt, sql } from './postgres-house.ts'

const one = sampleAccount(1)

describeWithPostgres('the migrations of PostgreSQL', (freshDatabase) => {
  test('a newer store is refused', async () => {
    const url = await freshDatabase()
    await (await openStoreAt(url)).close()
    await sql(url, 'UPDATE schema_version SET version = 999')
    await expect(openStoreAt(url)).rejects.toThrow('schema version 999')
    await expect(readPostgresOutbox(url)).rejects.toThrow('schema version 999')
    await expect(fillRegistry(url, [one])).rejects.toThrow('schema version 999')
  })

  test('a database that can not keep every letter is refused', async () => {
    const url = await freshDatabase()
    const name = `${new URL(url).pathname.slice(1)}_1251`
    await sql(url, `CREATE DATABASE ${name} ENCODING 'WIN1251' TEMPLATE template0`)
    const other = Object.assign(new URL(url), { pathname: `/${name}` }).href
    await expect(openStoreAt(other)).rejects.toThrow("has the encoding WIN1251: make one with ENCODING 'UTF8'")
    await expect(fillRegistry(other, [one])).rejects.toThrow('WIN1251')
  })

  test('an older store is not read before a gateway has opened it', async () => {
    const url = await freshDatabase()
    await (await openStoreAt(url)).close()
    await sql(url, 'UPDATE schema_version SET version = 1')
    await expect(readPostgresOutbox(url)).rejects.toThrow('schema version 1')
    expect(await sql(url, 'SELECT version FROM schema_version')).toEqual([{ version: 1 }])
  })

  test('an old store is brought up to date with what is in it, or left as it was where a step fails', async () => {
    const url = await freshDatabase()
    const store = await openStoreAt(url)
    await store.notePosition(7)
    const client = new Client({ connectionString: url })
    await client.connect()
    const step = (text: string) => ({ name: '0002-next.sql', sql: text })
    const bad = [...ownMigrations(), step('CREATE TABLE half (a int); INSERT INTO nowhere VALUES (1)')]
    await expect(migrate(client, bad)).rejects.toThrow('migration 0002-next.sql failed: relation "nowhere"')
    expect(await sql(url, "SELECT to_regclass('half') AS half, version FROM schema_version")).toEqual([
      { half: null, version: ownMigrations().length },
    ])
    await migrate(client, [...ownMigrations(), step('ALTER TABLE store_state ADD COLUMN more text')])
    expect(await sql(url, 'SELECT position::int, more FROM store_state')).toEqual([{ position: 7, more: null }])
    await client.end()
  })

  const step = (text: string) => [{ name: '0001-next.sql', sql: text }]

  test('take their time, whatever limits the database has', async () => {
    const url = await freshDatabase()
    const database = new URL(url).pathname.slice(1)
    const limits = ['statement_timeout', 'transaction_timeout', 'idle_session_timeout']
    await sql(url, limits.map((limit) => `ALTER DATABASE ${database} SET ${limit} = '100ms'`).join(';'))
    const client = await connectAlone(url)
    await new Promise((next) => setTimeout(next, 200))
    await migrate(client, step('SELECT pg_sleep(0.2)'))
    await client.end()
  })

  test('say why, where their connection is ended', async () => {
    const client = await connectAlone(await freshDatabase())
    const ended = migrate(client, step('SELECT pg_terminate_backend(pg_backend_pid())'))
    await expect(ended).rejects.toThrow('migration 0001-next.sql failed: terminating connection')
  })
})
