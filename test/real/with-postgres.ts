import { Client } from 'pg'
import { describe, inject } from 'vitest'
import type {} from './postgres-setup.ts'

/**
 * A suite that needs the real PostgreSQL, in a file named `*.postgres.test.ts`. `freshDatabase` makes an empty database
 * and gives its address. Skipped, with the reason in its title, where there is no server.
 */
export function describeWithPostgres(title: string, suite: (freshDatabase: () => Promise<string>) => void): void {
  const postgres = inject('postgres')
  if (postgres === undefined) throw new Error('a test with a real PostgreSQL stands in a file named *.postgres.test.ts')
  if ('url' in postgres) describe(title, () => suite(() => freshDatabase(postgres.url)))
  else describe.skip(`${title} (skipped: ${postgres.missing})`, () => suite(async () => ''))
}

/** Makes an empty database on the server. */
async function freshDatabase(server: string): Promise<string> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const client = new Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return Object.assign(new URL(server), { pathname: `/${name}` }).href
}
