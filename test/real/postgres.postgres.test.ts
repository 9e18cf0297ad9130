import { Client } from 'pg'
import { expect, test } from 'vitest'
import { describeWithPostgres } from './with-postgres.ts'

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}

describeWithPostgres('the real PostgreSQL', (freshDatabase) => {
  test('gives each test an empty database of its own', async () => {
    const [one, other] = [await freshDatabase(), await freshDatabase()]
    await ask(one, 'create table readings (value text)')
    const tables = "select count(*)::int as tables from information_schema.tables where table_schema = 'public'"
    expect(await ask(one, tables)).toEqual([{ tables: 1 }])
    expect(await ask(other, tables)).toEqual([{ tables: 0 }])
  })

  test('is as durable as in production', async () => {
    expect(await ask(await freshDatabase(), 'show fsync')).toEqual([{ fsync: 'on' }])
    expect(await ask(await freshDatabase(), 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }])
  })
})
