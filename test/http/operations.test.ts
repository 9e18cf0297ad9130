import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RawRequest } from '../channels/contract.ts'
import { fromProvider, fromTwilio } from '../channels/providers.ts'
import { type House, openHouse } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.end())

const get = (url: string) => house.app.inject(url)
const post = ({ url, headers, body }: RawRequest) =>
  house.app.inject({ method: 'POST', url, headers: { ...headers }, payload: body })

/** Sums of a counter's samples by channel. */
function sums(text: string, name: string): Record<string, number> {
  const found: Record<string, number> = {}
  for (const [, channel = '', value] of text.matchAll(new RegExp(`^${name}{channel="([^"]+)".*} (\\d+)$`, 'gm'))) {
    found[channel] = (found[channel] ?? 0) + Number(value)
  }
  return found
}

test('at any scrape under load, received is the sum of all outcomes', async () => {
  const load = Array.from({ length: 200 }, async (_, number) => {
    await post(
      fromTwilio(`load ${number % 150}`, number % 3 === 0 ? 'hello' : '123', { From: `+7999000${1000 + number}` }),
    )
    return (await get('/metrics')).body
  })
  const scrapes = await Promise.all(load)
  for (const text of scrapes) {
    expect(sums(text, 'gateway_items_total')).toEqual(sums(text, 'gateway_items_received_total'))
  }
  const last = (await get('/metrics')).body
  expect(sums(last, 'gateway_items_received_total')['sms']).toBe(150)
  expect(sums(last, 'gateway_repeated_deliveries_total')['sms']).toBe(50)
  expect(last).toContain('gateway_answer_seconds_count{channel="sms"} 200')
})

test('what is turned away is counted by why', async () => {
  await post({ ...fromProvider('x', '1'), headers: { 'content-type': 'application/json' } })
  await post({ ...fromProvider('x', '1'), body: '{' })
  await post(fromTwilio(undefined, ''))
  const { body } = await get('/metrics')
  for (const why of ['unauthentic', 'unreadable', 'no_message']) {
    expect(body).toContain(`gateway_turned_away_total{channel="sms",why="${why}"} 1\n`)
  }
})

test('receipts are told of for each chat that is on, from the first scrape on', async () => {
  const chat = await openHouse({ VIBER_AUTH_TOKEN: 'viber-token-of-tests', VIBER_API_URL: 'http://127.0.0.1:9/pa' })
  const { body } = await chat.app.inject('/metrics')
  const samples = body.split('\n').filter((line) => line.startsWith('gateway_receipt'))
  expect(samples).toEqual([
    ...['taken', 'later', 'never'].map((said) => `gateway_receipt_attempts_total{channel="viber",said="${said}"} 0`),
    'gateway_receipts_waiting{channel="viber"} 0',
    'gateway_receipts_age_seconds{channel="viber"} 0',
  ])
  await chat.end()
})

test('where no chat is on, none of its receipts are told of: a sample without the label would be of nobody', async () => {
  const { body } = await get('/metrics')
  expect(body).not.toContain('gateway_receipt')
})

test('every line of the metrics is well-formed, and each family is named once', async () => {
  const lines = (await get('/metrics')).body.split('\n').filter((line) => line !== '')
  const sample = /^[a-z_0-9]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? (-?\d+(\.\d+)?(e[+-]?\d+)?|Nan)$/
  expect(lines.filter((line) => !line.startsWith('#') && !sample.test(line))).toEqual([])
  for (const name of ['gateway_items_total', 'process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds']) {
    expect(lines.filter((line) => line.startsWith(name))).not.toEqual([])
  }
  const types = lines.filter((line) => line.startsWith('# TYPE'))
  expect(new Set(types).size).toBe(types.length)
})

test('it is ready with reasons while it can write, and 503 while it cannot', async () => {
  const ready = await get('/readyz')
  expect([ready.statusCode, ready.json().status]).toEqual([200, 'degraded'])
  expect(ready.json().components).toContainEqual({ name: 'store', status: 'ok', reason: 'takes writes' })
  const broken = await openHouse()
  broken.breakStore(true)
  const failing = await broken.app.inject('/readyz')
  expect(failing.statusCode).toBe(503)
  expect(failing.json().components[0]).toEqual({
    name: 'store',
    status: 'failing',
    reason: 'does not take writes (ERR_SQLITE_ERROR: disk full)',
  })
  expect((await broken.app.inject('/livez')).statusCode).toBe(200)
  await broken.end()
})

test('one line is logged an answered submission, with nothing of the customer in it', async () => {
  const before = house.lines.length
  await post(fromTwilio('SM-logged', '4711471147', { From: '+79993216549' }))
  await post({ ...fromTwilio('SM-logged', '4711471147', { From: '+79993216549' }) })
  const lines = house.lines.slice(before)
  expect(lines.map((line) => JSON.parse(line).repeated)).toEqual([false, true])
  expect(Object.keys(JSON.parse(lines[0] ?? '')).sort()).toEqual(
    ['channel', 'level', 'ms', 'msg', 'outcome', 'repeated', 'submission', 'time'].sort(),
  )
  expect(lines.join()).not.toMatch(/4711|3216549|SM-logged/)
})

test.each([
  ['/', 404],
  ['/channels', 404],
  ['/channels/sms', 404],
  ['/channels/sms/twilio/', 404],
  ['/channels/sms/twilio', 405],
  ['/%', 400],
  [`/${'x'.repeat(3_000)}`, 414],
])('GET %s is %i', async (url, status) => expect((await get(url)).statusCode).toBe(status))
