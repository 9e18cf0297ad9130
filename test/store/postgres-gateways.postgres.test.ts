import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import { createDialog } from '../../src/dialog/decide.ts'
import { thisMachine } from '../../src/machine.ts'
import type { RawRequest } from '../channels/contract.ts'
import { fromTwilio } from '../channels/providers.ts'
import { openHouse } from '../http/house.ts'
import { describeWithPostgres } from '../real/with-postgres.ts'
import { registryFile, row } from '../registry/sample.ts'
import { sql } from './postgres-house.ts'

const EVENTS = "SELECT data::json -> 'registers' -> 0 ->> 'value' AS value FROM outbox ORDER BY seq"

/** One clock for all gateways, in the window. */
const startedMs = Date.parse('2026-11-22T03:00:00Z') - Date.now()
const machine = { ...thisMachine, wallMs: () => startedMs + Date.now() }

/** Two gateways on that database, its registry with one account. `post` sends to the first (0) or the second (1). */
async function openBoth(url: string) {
  const dir = mkdtempSync(join(tmpdir(), 'gateways-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  writeFileSync(join(dir, 'registry.csv'), registryFile(row()))
  const env = { STORE_URL: url, DATA_DIR: dir }
  const quiet = { cwd: dir, stdout: () => undefined, stderr: () => undefined }
  expect(await runCommand(['registry', 'import', 'registry.csv'], { env, ...quiet })).toBe(0)
  const open = () => openHouse({ STORE_URL: url }, { dialog: createDialog, machine })
  const houses = await Promise.all([open(), open()])
  onTestFinished(async () => void (await Promise.all(houses.map((house) => house.end()))))
  const post = async (to: 0 | 1, { url: path, headers, body }: RawRequest) => {
    const response = await fetch(houses[to].url + path, { method: 'POST', headers, body, redirect: 'manual' })
    const { status, headers: said } = response
    return { status, outcome: said.get('x-reading-outcome'), text: await response.text(), to: said.get('location') }
  }
  const say = (to: 0 | 1, id: string, text: string, From = '+79990000001') => post(to, fromTwilio(id, text, { From }))
  return { houses, post, say }
}

const formOf = (fields: Readonly<Record<string, string>>): RawRequest => ({
  url: '/pokazaniya',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ account: '2880950488', meter: '250592064305057', ...fields }).toString(),
})

describeWithPostgres('two gateways on one database', (freshDatabase) => {
  test('answer one message that both get at once word for word alike, and so again', async () => {
    const url = await freshDatabase()
    const { say } = await openBoth(url)
    const both = await Promise.all(([0, 1, 0, 1] as const).map((to) => say(to, 'SM1', '2880950488 56311')))
    both.push(await say(0, 'SM1', '2880950488 56311'), await say(1, 'SM1', '2880950488 56311'))
    expect(new Set(both.map((said) => JSON.stringify(said))).size).toBe(1)
    expect(both[0]).toMatchObject({ status: 200, outcome: 'accepted;flags="NO_SERIAL"' })
    expect(await sql(url, EVENTS)).toEqual([{ value: '56311' }])
  })

  test('go on with a conversation whose turns go to the one and to the other, also at the same moment', async () => {
    const url = await freshDatabase()
    const { say } = await openBoth(url)
    expect((await say(0, 'SM1', '56311')).outcome).toBe('asked;code=ACCOUNT_NEEDED')
    expect((await say(1, 'SM2', '2880950488')).outcome).toBe('accepted;flags="NO_SERIAL"')
    const said = await Promise.all([
      say(0, 'SM3', '2880950488', '+79990000002'),
      say(1, 'SM4', '56312', '+79990000002'),
    ])
    expect(said.map(({ status }) => status)).toEqual([200, 200])
    const first = said.find(({ outcome }) => outcome?.startsWith('asked'))
    expect(first?.outcome).toMatch(/^asked;code=(VALUES|ACCOUNT)_NEEDED$/)
    expect(said.find((one) => one !== first)?.outcome).toBe('accepted;flags="NO_SERIAL"')
    expect(await sql(url, EVENTS)).toEqual([{ value: '56311' }, { value: '56312' }])
  })

  test('count replies to one number together', async () => {
    const { say } = await openBoth(await freshDatabase())
    const texts: string[] = []
    for (let n = 0; n < 12; n++) texts.push((await say(n % 2 === 0 ? 0 : 1, `SM${n}`, 'помощь')).text)
    expect(texts.map((text) => text.includes('<Message>'))).toEqual([...Array(10).fill(true), false, false])
  })

  test('take the answer to the form’s question of the other, and show its result', async () => {
    const url = await freshDatabase()
    const { houses, post } = await openBoth(url)
    const asked = { T1: '58000', submission_id: crypto.randomUUID() }
    const question = await post(0, formOf(asked))
    expect(question).toMatchObject({ status: 422, outcome: 'asked;code=VERY_HIGH' })
    const [yes = ''] =
      question.text.match(/<form method="post" action="\/pokazaniya">\n(.*\n)*?<button class="primary"/) ?? []
    const fields = Object.fromEntries(
      [...yes.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    )
    const taken = await post(1, formOf(fields as Record<string, string>))
    expect(taken).toMatchObject({ status: 303, outcome: expect.stringContaining('CONFIRMED') })
    const result = await fetch(houses[0].url + taken.to)
    expect([result.status, await result.text()]).toEqual([200, expect.stringContaining('5057')])
    expect(await sql(url, EVENTS)).toEqual([{ value: '58000' }])
  })

  test('of two channels that bring one account at the same moment one is first, and the other sees it', async () => {
    const url = await freshDatabase()
    const { say, post } = await openBoth(url)
    const web = (T1: string) => post(1, formOf({ T1, submission_id: crypto.randomUUID() }))
    const same = await Promise.all([say(0, 'SM1', '2880950488 56311'), web('56311')])
    expect(same.map(({ outcome }) => outcome?.split(';')[0]).sort()).toEqual(['accepted', 'duplicate'])
    await Promise.all([say(0, 'SM2', '2880950488 56312'), web('56313')])
    const chain = await sql(
      url,
      "SELECT headers::json ->> 'ce_id' AS id, data::json ->> 'supersedes' AS before FROM outbox WHERE topic = 'readings' ORDER BY seq",
    )
    expect(chain.map(({ before }) => before)).toEqual([null, ...chain.slice(0, -1).map(({ id }) => id)])
  })
})
