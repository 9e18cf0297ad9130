import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromTwilio } from '../channels/providers.ts'
import { type FixtureHouse, type FixtureRegistry, fixtureRegistry, openFixtureHouse } from './fixture-house.ts'
import { fullDisk, lockedStore, type Misfortune, readOnlyFiles } from './misfortunes.ts'

let registry: FixtureRegistry
beforeAll(async () => {
  registry = await fixtureRegistry()
})
afterAll(() => registry.remove())

describe.each([
  ['on a disk that is full', fullDisk],
  ['whose files can only be read', readOnlyFiles],
  ['that somebody else has locked', lockedStore],
])('a store %s', (_what, misfortune: Misfortune) => {
  test.skipIf(misfortune.missing !== null)(
    `answers 503, keeps nothing by halves, and recovers without a restart${misfortune.missing ?? ''}`,
    () => endures(misfortune),
  )
})

async function endures(misfortune: Misfortune): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'gateway-failing-'))
  misfortune.prepare(dir)
  try {
    const house = await openFixtureHouse(registry, '2026-11-22T03:00:00Z', { dir })
    try {
      await expectAnswers(house, 'before')
      const kept = contents(dir)
      const relieve = misfortune.strike(dir)
      try {
        await expectRefusals(house)
      } finally {
        relieve()
      }
      expect(contents(dir)).toEqual(kept)
      await expectAnswers(house, 'during')
      await expectAnswers(house, 'after')
      expect((await house.events()).map(({ seq }) => seq)).toEqual([1, 2, 3])
      expect(house.lines.join('')).not.toMatch(/2880950488|250592064305057/)
    } finally {
      await house.end().catch(() => undefined)
    }
  } finally {
    misfortune.tidy(dir)
    rmSync(dir, { recursive: true, force: true })
  }
}

const values = { before: '56311', during: '56321', after: '56331' }
const message = (id: keyof typeof values) => fromTwilio(`SM${id}`, `2880950488 250592064305057 ${values[id]}`)

/** What `/readyz` says of the store, once what it remembers for a second is past. */
async function expectReadiness(house: FixtureHouse, status: number, store: string): Promise<void> {
  const ask = async () => {
    const response = await fetch(`${house.url}/readyz`)
    const { components } = (await response.json()) as { components: { name: string; status: string }[] }
    return [response.status, components.find(({ name }) => name === 'store')?.status]
  }
  await expect.poll(ask, { interval: 200 }).toEqual([status, store])
}

/** Twice: the second time it is the same delivery. */
async function expectAnswers(house: FixtureHouse, id: keyof typeof values): Promise<void> {
  const first = await house.post(message(id))
  expect([first.status, first.headers.get('x-reading-outcome')]).toEqual([200, 'accepted'])
  const body = await first.text()
  expect(body).toContain(values[id])
  expect(await (await house.post(message(id))).text()).toBe(body)
  await expectReadiness(house, 200, 'ok')
}

/** Many at a time and one after another; also of a form; alive all the while, and ready no more. */
async function expectRefusals(house: FixtureHouse): Promise<void> {
  const posts = [1, 2, 3].flatMap(() => [message('during'), fromTwilio('SMhelp', 'помощь')])
  const answers = [...(await Promise.all(posts.map(house.post))), await house.post(message('during'))]
  const form = new URLSearchParams({ account: '2880950488', meter: '250592064305057', T1: '56321' })
  const filled = await fetch(`${house.url}/pokazaniya`, { method: 'POST', body: form, redirect: 'manual' })
  for (const { status, headers } of [...answers, filled]) {
    expect([status, headers.has('x-reading-outcome')]).toEqual([503, false])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  }
  await expectReadiness(house, 503, 'failing')
  expect((await fetch(`${house.url}/livez`)).status).toBe(200)
}

/** Rows of every table that a delivery writes, as another process sees them. */
function contents(dir: string): Readonly<Record<string, unknown>> {
  const script = `
    const { DatabaseSync } = require('node:sqlite')
    const database = new DatabaseSync(process.argv[1], { readOnly: true })
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'store_state'").all()
    const rows = tables.map(({ name }) => [name, database.prepare('SELECT * FROM ' + name).all()])
    console.log(JSON.stringify(Object.fromEntries(rows)))`
  const run = spawnSync(process.execPath, ['--no-warnings', '-e', script, join(dir, 'gateway.sqlite')])
  if (run.status !== 0) throw new Error(String(run.stderr))
  return JSON.parse(String(run.stdout)) as Record<string, unknown>
}
