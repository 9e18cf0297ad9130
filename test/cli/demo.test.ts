import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customers, formSample } from '../../src/cli/demo/customers.ts'
import { startDemo } from '../../src/cli/demo/start-demo.ts'

const dir = mkdtempSync(join(tmpdir(), 'demo-'))
let demo: Awaited<ReturnType<typeof startDemo>>
beforeAll(async () => {
  demo = await startDemo({ dir, port: '0', token: 'a'.repeat(48) })
})
afterAll(async () => {
  await demo.close()
  rmSync(dir, { recursive: true })
})

async function text(from: string, body: string) {
  const response = await fetch(`${demo.url}/demo/sms`, { method: 'POST', body: new URLSearchParams({ from, body }) })
  return { status: response.status, ...((await response.json()) as { reply?: string; outcome?: string }) }
}

test('the page shows every customer, and loads from its own address alone', async () => {
  const response = await fetch(demo.url)
  const body = await response.text()
  for (const { phone } of customers) expect(body).toContain(phone)
  expect(body).not.toMatch(/https?:\/\//)
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('a text goes through the signed route, is answered, and becomes an event', async () => {
  const said = await text('+79635744912', '58410')
  expect(said).toMatchObject({ status: 200, outcome: 'accepted' })
  expect(said.reply).toContain('58410')
  const live = await (await fetch(`${demo.url}/demo/events`)).text()
  expect(live).toMatch(/^retry: \d+\n\nid: 1\ndata: {"seq":1,"topic":"meter-readings"/)
})

test.each(customers)('the first suggestion for $name is understood', async ({ phone, texts: [first = ''] }) => {
  expect((await text(phone, first)).outcome).toMatch(/^(accepted|duplicate|asked|held)/)
})

test('a phone that is none of the customers is refused', async () => {
  expect((await text('+79999999999', '1')).status).toBe(400)
})

async function play(wish: Record<string, string>) {
  const response = await fetch(`${demo.url}/demo/chat`, { method: 'POST', body: new URLSearchParams(wish) })
  return { status: response.status, ...((await response.json()) as object) }
}

test.each(['viber', 'telegram'])(
  'what is typed to %s goes through the signed route, and the answer comes',
  async (messenger) => {
    const deed = { does: 'text', what: '2880950488 56311' }
    expect(await play({ messenger, customer: 'stranger', ...deed })).toMatchObject({
      status: 200,
      outcome: expect.stringMatching(/^(accepted|duplicate)/),
    })
    const lines = async () => (await fetch(`${demo.url}/demo/lines`)).text()
    await expect.poll(lines).toMatch(new RegExp(`"seq":\\d+,"customer":"stranger","messenger":"${messenger}"`))
  },
)

test.each<Record<string, string>>([
  { messenger: 'icq', customer: 'one', does: 'open' },
  { messenger: 'viber', customer: 'nobody', does: 'open' },
  { messenger: 'viber', customer: 'one', does: 'dance' },
  { messenger: 'viber', customer: 'one', does: 'text' },
  {},
])('%j is nothing that can be done', async (wish) => {
  expect((await play(wish)).status).toBe(400)
})

test('the form takes what the page tells to type', async () => {
  const { account, meter } = formSample
  const fields = { account, meter, T1: '29931', T2: '44090', submission_id: 'a' }
  const response = await fetch(`${demo.url}/pokazaniya`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
  expect([response.status, response.headers.get('x-reading-outcome')]).toEqual([303, 'accepted'])
})

test('a call goes through the bearer route, and becomes an event; nobody else can call from here', async () => {
  const step = async (fields: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ from: '+79635744912', callId: 'c1', ...fields })
    const response = await fetch(`${demo.url}/demo/call`, { method: 'POST', body })
    return { status: response.status, ...((await response.json()) as { outcome?: string; say?: readonly string[] }) }
  }
  expect((await step({ event: 'start' })).say?.[0]).toContain('Здравствуйте')
  for (const digits of ['4778', '58420']) await step({ event: 'input', digits })
  expect((await step({ event: 'input', heard: 'да' })).outcome).toBe('accepted')
  expect((await step({ event: 'start', from: '+70000000009' })).status).toBe(400)
})
