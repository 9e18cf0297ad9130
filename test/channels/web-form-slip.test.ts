import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openPdf } from '../slip/print/printed.ts'
import { events, type FormGateway, get, one, post, startFormGateway, two } from './web-form-gateway.ts'

let gateway: FormGateway
beforeEach(async () => {
  gateway = await startFormGateway()
})
afterEach(() => gateway.close())

const NOT_FOUND = 'Лицевой счёт с таким счётчиком не найден'

async function ask(fields: Record<string, string>, of: FormGateway = gateway) {
  const body = new URLSearchParams(fields)
  const response = await fetch(`${of.url}/pokazaniya/slip`, { method: 'POST', body, redirect: 'manual' })
  const { status, headers } = response
  return { status, headers, bytes: Buffer.from(await response.arrayBuffer()) }
}

async function textOf(pdf: Buffer): Promise<string> {
  const document = await openPdf(pdf)
  expect(document.getPageCount()).toBe(1)
  return document.getPage(0).getText()
}

describe('a slip for a customer', () => {
  test('comes as a file whose name says nothing, for the month whose readings are taken next', async () => {
    const { status, headers, bytes } = await ask(two)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/pdf')
    expect(headers.get('content-disposition')).toBe('attachment; filename="blank.pdf"')
    expect(headers.get('cache-control')).toBe('no-store')
    const text = await textOf(bytes)
    for (const words of ['2891652287-', '5361493290684', 'Т1 (день)', 'Т2 (ночь)', 'за ноябрь 2026 г.', 'ЭНЕРГОСБЫТ'])
      expect(text).toContain(words)
  })

  test('is of one meter, and of the next month once the window is over', async () => {
    const late = await startFormGateway({ env: { CLOCK: '2026-11-28T03:00:00Z', SUPPLIER_NAME: 'ДЭК' } })
    onTestFinished(() => late.close())
    const text = await textOf((await ask(one, late)).bytes)
    for (const words of ['Показание', 'за декабрь 2026 г.', 'ДЭК']) expect(text).toContain(words)
    expect(text.match(/форма R1/g)).toHaveLength(1)
  })

  test('records nothing, and nothing personal stands in the log', async () => {
    await ask(one)
    await ask({ ...one, meter: '1' })
    expect(await events(gateway)).toEqual([])
    for (const secret of [one.account, one.meter]) expect(gateway.logged()).not.toContain(secret)
  })

  test('is found by a serial without its leading zero', async () => {
    const { bytes } = await ask({ account: '2877376079', meter: '71642249025692' })
    expect(await textOf(bytes)).toContain('071642249025692')
  })
})

describe('what an outsider can learn (rule 27)', () => {
  test.each([
    ['a wrong serial', { account: '2880950488', meter: '250592064305058' }],
    ['an archived meter with a successor', { account: '2869593210', meter: '33905593' }],
    ['an account in no form at all', { account: 'привет', meter: '250592064305057' }],
    ['only the last 4 digits of the serial', { ...one, meter: '5057' }],
    ['an old number with a wrong serial', { account: 'КР468713', meter: '250592064305058' }],
  ])('%s looks like an unknown account', async (_what, fields) => {
    const seen = async (typed: Record<string, string>) => {
      const { status, headers, body } = await post(gateway, typed, '/slip')
      const neutral = Object.values(typed).reduce((text, value) => text.replaceAll(`value="${value}"`, ''), body)
      return { status, neutral, headers: [...headers.keys()] }
    }
    const unknown = await seen({ account: '2880950489', meter: '250592064305057' })
    expect(unknown.status).toBe(422)
    expect(unknown.neutral).toContain(NOT_FOUND)
    expect(await seen(fields)).toEqual(unknown)
  })

  test('who knows an old number, or the ЕЛС, and the serial is asked for the number of the bill, and not told it', async () => {
    const said = await post(gateway, { account: 'КР468713', meter: one.meter }, '/slip')
    expect(said.status).toBe(422)
    expect(said.body).toContain('не прежний номер и не ЕЛС')
    expect(said.body).not.toContain(one.account)
    const english = await post(gateway, { account: 'КР468713', meter: one.meter, lang: 'en' }, '/slip')
    expect(english.body.match(/ЕЛС/g)).toHaveLength(2)
    expect(english.body.match(/<span lang="ru">ЕЛС<\/span>/g)).toHaveLength(2)
  })

  test('the 11th wish for an account within the hour is 429; readings are taken as before', async () => {
    for (let at = 0; at < 10; at++) expect((await ask(one)).status).toBe(200)
    const said = await post(gateway, one, '/slip')
    expect([said.status, said.headers.get('retry-after')]).toEqual([429, '3600'])
    expect((await ask(two)).status).toBe(200)
    expect((await post(gateway, { ...one, T1: '56311' })).status).toBe(303)
  })

  test('a robot gets no slip', async () => {
    const { status, bytes } = await ask({ ...one, website: 'x' })
    expect([status, bytes.length]).toEqual([303, 0])
  })

  test('an address cannot bring a slip', async () => {
    const { status, headers } = await get(gateway, `/pokazaniya/slip?account=${one.account}&meter=${one.meter}`)
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  })
})

describe('the page', () => {
  test('is linked from the form, in both languages', async () => {
    for (const [language, title] of [
      ['ru', 'Бланк для показаний'],
      ['en', 'Slip for meter readings'],
    ] as const) {
      const start = await get(gateway, `/pokazaniya?lang=${language}`)
      const [, link = ''] = /href="(\/pokazaniya\/slip[^"]*)"/.exec(start.body) ?? []
      const page = await get(gateway, link)
      expect([page.status, page.body.includes(`<h1>${title}</h1>`)]).toEqual([200, true])
      expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'; img-src/)
      expect(page.body).not.toContain('<script')
    }
  })

  test('asks for what is missing, and shows what was typed as text', async () => {
    const said = await post(gateway, { account: '"><b>', meter: '' }, '/slip')
    expect(said.status).toBe(422)
    expect(said.body).toContain('Укажите номер счётчика')
    expect(said.body).not.toContain('Укажите лицевой счёт</p>')
    expect(said.body).not.toContain('<b>')
  })

  test('without a registry says to come back, whoever asks', async () => {
    const empty = await startFormGateway({ registry: false })
    onTestFinished(() => empty.close())
    for (const account of [one.account, '1']) {
      const said = await post(empty, { ...one, account }, '/slip')
      expect([said.status, said.headers.get('retry-after')]).toEqual([503, '60'])
      expect(said.body).toContain('через несколько минут')
    }
  })
})
