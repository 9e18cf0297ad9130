import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type FormGateway, filled, get, one, post, startFormGateway } from './web-form-gateway.ts'

let gateway: FormGateway
beforeEach(async () => {
  gateway = await startFormGateway()
})
afterEach(() => gateway.close())

describe('the pages', () => {
  test('come in English to who asks for it, and in Russian to all others', async () => {
    expect((await get(gateway, '/pokazaniya?lang=en')).body).toContain('<html lang="en">')
    expect((await get(gateway, '/pokazaniya', { 'accept-language': 'en-GB,en;q=0.9,ru;q=0.8' })).body).toContain(
      'lang="en"',
    )
    expect((await get(gateway, '/pokazaniya', { 'accept-language': 'de' })).body).toContain('<html lang="ru">')
    const asked = await post(gateway, filled({ ...one, T1: '57900', lang: 'en' }))
    expect(asked.body).toContain('Is this right?')
  })

  test('mark what is Russian on an English page, for who has it read out', async () => {
    const { body } = await get(gateway, '/pokazaniya?lang=en')
    const english = body.replace(/<(\w+)[^>]* lang="ru"[^>]*>[^<]*<\/\1>/g, '')
    expect(english).not.toMatch(/[а-яё]/i)
    expect(body).toContain('(«<span lang="ru">Лицевой счёт</span>», «<span lang="ru">л/с</span>»)')
  })

  test('show what was typed as text, never as markup', async () => {
    const said = await post(gateway, filled({ account: '"><script>alert(1)</script>', meter: '<b>' }))
    expect(said.body).not.toContain('<script>alert')
    expect(said.body).toContain('&lt;b&gt;')
  })

  test.each([
    ['/pokazaniya/', 308, '/pokazaniya'],
    ['/pokazaniya/?lang=en&utm=%2F?', 308, '/pokazaniya?lang=en&utm=%2F?'],
    ['/%70okazaniya/?a', 308, '/pokazaniya?a'],
    ['/pokazaniya/meter?lang=en', 303, '/pokazaniya?lang=en'],
  ])('%s leads to the form', async (path, status, location) => {
    const said = await get(gateway, path)
    expect([said.status, said.location, said.headers.get('cache-control')]).toEqual([status, location, 'no-store'])
    expect((await get(gateway, said.location)).status).toBe(200)
  })

  test('load from us alone, by a strict policy', async () => {
    const page = await get(gateway, '/pokazaniya')
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'/)
    const assets = [...page.body.matchAll(/(?:src|href)="(\/pokazaniya\/assets[^"]+)"/g)].map(([, path = '']) => path)
    expect(assets.length).toBeGreaterThan(2)
    for (const path of assets) expect((await get(gateway, path)).status).toBe(200)
    expect(page.body).not.toMatch(/https?:\/\//)
  })
})

test('outside the window of a branch that refuses, the second step says so instead of asking for values', async () => {
  const late = await startFormGateway({ env: { CLOCK: '2026-11-25T13:10:00Z' } })
  const named = { account: '491216888', meter: '5728790786290' }
  const told = await post(late, filled(named), '/meter')
  expect([told.status, told.outcome]).toEqual([200, 'rejected;code=OUT_OF_WINDOW'])
  expect(told.body).toContain('Передайте их с 15 декабря по 25 декабря.')
  expect(told.body).not.toContain('name="T1"')
  expect((await post(late, filled({ ...named, meter: '1' }), '/meter')).status).toBe(422)
  expect((await post(late, filled(one), '/meter')).body).toContain('name="T1"')
  await late.close()
})

test('behind a public address with a path every link, form and redirect keeps to it', async () => {
  const below = await startFormGateway({ env: { PUBLIC_URL: 'https://meters.example/gw' } })
  const pages = [
    await get(below, '/pokazaniya'),
    await get(below, '/pokazaniya/slip'),
    await get(below, '/pokazaniya/result'),
    await post(below, filled(one), '/meter'),
    await post(below, filled({ ...one, T1: '57900' })),
  ]
  const places = pages.flatMap(({ body }) => [...body.matchAll(/(?:href|src|action)="([^#"]+)"/g)].map(([, at]) => at))
  expect(places.length).toBeGreaterThan(20)
  expect(places.filter((at) => at?.startsWith('/gw/pokazaniya') !== true)).toEqual([])
  const led = [
    await get(below, '/pokazaniya/'),
    await get(below, '/pokazaniya/meter'),
    await post(below, filled({ ...one, T1: '56311' })),
    await post(below, filled({ ...one, website: 'x' }), '/meter'),
  ]
  for (const { location } of led) expect(location).toMatch(/^\/gw\/pokazaniya/)
  await below.close()
})
