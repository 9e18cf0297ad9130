import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import { createDialog } from '../../src/dialog/decide.ts'
import { fromTwilio } from '../channels/providers.ts'
import { openHouse } from '../http/house.ts'
import { describeWithPostgres } from '../real/with-postgres.ts'
import { registryFile, row } from '../registry/sample.ts'
import { sql } from './postgres-house.ts'

const customer = { From: '+79097140165' }

/** A gateway on that database with the real dialog, and the operator's commands under the same environment. */
async function openAt(url: string) {
  const dir = mkdtempSync(join(tmpdir(), 'gateway-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const env = { STORE_URL: url, CLOCK: '2026-11-22T03:00:00Z', DATA_DIR: dir }
  const house = await openHouse(env, { dialog: createDialog })
  onTestFinished(() => house.end())
  const say = async (id: string, text: string) => {
    const { url: path, headers, body } = fromTwilio(id, text, customer)
    const response = await fetch(house.url + path, { method: 'POST', headers, body })
    return { status: response.status, outcome: response.headers.get('x-reading-outcome'), text: await response.text() }
  }
  const command = async (...words: string[]) => {
    const out: string[] = []
    const err: string[] = []
    const stderr = (line: string) => void err.push(line)
    const status = await runCommand(words, { env: house.env, cwd: dir, stdout: (line) => void out.push(line), stderr })
    return { status, out, err }
  }
  const importRows = (...rows: string[]) => {
    writeFileSync(join(dir, 'registry.csv'), registryFile(...rows))
    return command('registry', 'import', 'registry.csv')
  }
  return { house, say, command, importRows, dir }
}

describeWithPostgres('a gateway on PostgreSQL', (freshDatabase) => {
  test('answers an SMS, once, and the operator sees the event, its explanation and a gateway that is well', async () => {
    const { house, say, command, importRows } = await openAt(await freshDatabase())
    expect(await importRows(row())).toEqual({
      status: 0,
      out: ['imported: 1 accounts, 1 meters, 1 registers'],
      err: [],
    })
    const first = await say('SM1', '2880950488 56311')
    expect(first).toMatchObject({ status: 200, outcome: 'accepted' })
    expect(await say('SM1', '2880950488 56311')).toMatchObject({ status: 200, text: first.text })
    const { status, out } = await command('events')
    expect([status, out.length]).toEqual([0, 1])
    const event = JSON.parse(out[0] ?? '')
    expect(event).toMatchObject({
      seq: 1,
      topic: 'meter-readings',
      key: 'amur/2880950488',
      data: { period: '2026-11' },
    })
    expect(JSON.parse((await command('explain', 'text', '2880950488 56311')).out[0] ?? '')).toMatchObject({
      outcome: 'accepted;flags="NO_SERIAL"',
    })
    const doctor = await command('doctor')
    expect(doctor.out.filter((line) => !line.startsWith('ok'))).toEqual([])
    const ready = await (await fetch(`${house.url}/readyz`)).json()
    expect(ready).toMatchObject({ status: 'ok' })
  })

  test('follows the events until it is stopped', async () => {
    const { say, house, dir, importRows } = await openAt(await freshDatabase())
    await importRows(row())
    const stop = new AbortController()
    const seen: number[] = []
    const following = runCommand(['events', '--follow'], {
      env: house.env,
      cwd: dir,
      until: stop.signal,
      stderr: () => undefined,
      stdout: (line) => {
        seen.push(JSON.parse(line).seq)
        if (seen.length === 2) stop.abort()
      },
    })
    await say('SM1', '2880950488 56311')
    await say('SM2', '2880950488 56312')
    expect(await following).toBe(0)
    expect(seen).toEqual([1, 2])
  })

  test('answers 503 while the database drops its connections, and 200 when the message comes again', async () => {
    const url = await freshDatabase()
    const { say, importRows, house, command } = await openAt(url)
    await importRows(row())
    await say('SM0', '2880950488 56311')
    const name = new URL(url).pathname.slice(1)
    const server = url.replace(name, 'postgres')
    const kill = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`
    await sql(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
    await sql(server, kill)
    expect(await say('SM1', '2880950488 56312')).toMatchObject({ status: 503, outcome: null })
    expect((await command('doctor')).status).toBe(1)
    await sql(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
    expect(await say('SM1', '2880950488 56312')).toMatchObject({ status: 200, outcome: 'accepted' })
    expect((await command('events')).out).toHaveLength(2)
    const password = new URL(url).password
    expect(house.lines.join('\n')).not.toContain(`:${password}@`)
  })

  test('goes on with the old registry while a new one is imported, and knows the new one at once', async () => {
    const url = await freshDatabase()
    const { say, importRows } = await openAt(url)
    expect((await say('SM0', '2880950488 56311')).outcome).toMatch(/^held/)
    const rows = [
      row(),
      row({ account: '2880950499', phone: '', meter: '250592064305058', old_account: '', unified_account: '' }),
    ]
    await importRows(...rows)
    await new Promise((next) => setTimeout(next, 300))
    expect((await say('SM1', '2880950488 56311')).outcome).toMatch(/^accepted/)
    expect(await importRows(...rows)).toMatchObject({
      status: 0,
      out: ['unchanged: 2 accounts, 2 meters, 2 registers'],
    })
    const bad = await importRows(row({ digits: '' }), row())
    expect(bad).toEqual({
      status: 1,
      out: [],
      err: ['line 2, column digits: is no whole number from 1 to 12', 'not imported: 1 problem, nothing changed'],
    })
    for (let n = 2; n < 5; n++) {
      expect((await importRows(row({ last_value: `5595${n}` }))).status).toBe(0)
      expect((await say(`SM${n}`, `2880950488 5631${n}`)).outcome).toMatch(/^accepted/)
    }
    const tables = "SELECT relname FROM pg_class WHERE relname ~ '^registry_account_[0-9]+$' ORDER BY oid"
    expect(await sql(url, tables)).toEqual([{ relname: 'registry_account_3' }, { relname: 'registry_account_4' }])
  })

  test('of two imports at once one is told that another is running', async () => {
    const { importRows } = await openAt(await freshDatabase())
    const rows = Array.from({ length: 3_000 }, (_, n) =>
      row({
        account: String(2_880_000_000 + n),
        meter: String(250_592_000_000_000 + n),
        old_account: '',
        unified_account: '',
      }),
    )
    const ends = await Promise.all([importRows(...rows), importRows(...rows)])
    expect(ends.map(({ status }) => status).sort()).toEqual([0, 1])
    expect(ends.flatMap(({ err }) => err)).toEqual(['not imported: another import into this store is running'])
  })

  test('without a store the commands say so', async () => {
    const url = await freshDatabase()
    const lines: string[] = []
    const context = {
      env: { STORE_URL: url },
      cwd: '/',
      stdout: () => undefined,
      stderr: (line: string) => void lines.push(line),
    }
    expect(await runCommand(['events'], context)).toBe(1)
    expect(lines.join()).toContain('there is no store in the database of STORE_URL')
  })
})
