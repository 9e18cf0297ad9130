import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel } from '../../src/channel/define-channel.ts'
import { type House, openHouse } from './house.ts'

/** A page that tells its caller's network, three times an hour, and one that breaks. */
const pages = defineChannel({
  name: 'pages',
  prefix: '/pages',
  env: z.object({}),
  routes: () => [
    {
      kind: 'page',
      method: 'GET',
      path: '/network',
      limits: [{ most: 3, counts: 'every', key: ({ network }) => network }],
      page: async ({ network }) => ({ status: 200, headers: { 'content-type': 'text/html' }, body: network }),
    },
    {
      kind: 'page',
      method: 'GET',
      path: '/broken',
      page: async () => {
        throw new Error('account 2880950488')
      },
    },
  ],
})

let house: House
beforeAll(async () => {
  house = await openHouse({ TRUSTED_PROXIES: '192.0.2.0/24' }, { channels: [pages] })
})
afterAll(() => house.end())

const from = (remoteAddress: string, forwarded: string) =>
  house.app.inject({ url: '/pages/network', remoteAddress, headers: { 'x-forwarded-for': forwarded } })

test('a forwarded address is believed of a trusted proxy alone', async () => {
  expect((await from('192.0.2.1', '198.51.100.7')).body).toBe('198.51.100.7')
  expect((await from('203.0.113.1', '198.51.100.8')).body).toBe('203.0.113.1')
  expect((await from('192.0.2.1', '10.0.0.1, 198.51.100.9')).body).toBe('198.51.100.9')
})

test('a network that asks too often gets 429 and when to come again, another does not', async () => {
  for (let number = 0; number < 3; number += 1) expect((await from('203.0.113.5', '')).statusCode).toBe(200)
  const limited = await from('203.0.113.5', '')
  expect([limited.statusCode, limited.headers['retry-after']]).toEqual([429, '3600'])
  expect((await from('203.0.113.6', '')).statusCode).toBe(200)
})

test('an address that cannot be decoded is 400, and not repeated', async () => {
  const { statusCode, body } = await house.app.inject('/pages/%zz2880950488')
  expect([statusCode, body]).toEqual([400, ''])
})

test('every page has the headers that keep it safe', async () => {
  const { headers } = await from('203.0.113.7', '')
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect([headers['x-content-type-options'], headers['x-frame-options'], headers['referrer-policy']]).toEqual([
    'nosniff',
    'DENY',
    'no-referrer',
  ])
})

test('a page that breaks is 503, and the log has the place but not the words', async () => {
  expect((await house.app.inject('/pages/broken')).statusCode).toBe(503)
  const line = house.lines.find((one) => one.includes('"level":50')) ?? ''
  expect(line).toContain('replies.test.ts')
  expect(line).not.toContain('2880950488')
})
