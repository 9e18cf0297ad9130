import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deliveryOf, filledForm } from '../../channels/web-form/wire.ts'
import { submissionId } from '../../src/core/event.ts'
import {
  events,
  type FormGateway,
  fieldsBehind,
  filled,
  get,
  one,
  post,
  type Said,
  startFormGateway,
  two,
} from './web-form-gateway.ts'

let gateway: FormGateway
beforeEach(async () => {
  gateway = await startFormGateway()
})
afterEach(() => gateway.close())

describe('a whole form in one go', () => {
  test('is accepted, and leads to a result without a number of the customer in its address', async () => {
    const said = await post(gateway, filled({ ...one, T1: '56311' }))
    expect([said.status, said.outcome]).toEqual([303, 'accepted'])
    expect(said.location).toMatch(/^\/pokazaniya\/result\?id=[0-9a-f-]{36}&lang=ru$/)
    const result = await get(gateway, said.location)
    expect(result.status).toBe(200)
    expect(result.body).toContain('Показания приняты')
    expect(result.body).toContain('…5057')
    expect(result.body).toContain('56311')
    expect(result.body).toContain('ноябрь 2026')
    for (const secret of [one.account, one.meter, '55959']) expect(result.body).not.toContain(secret)
    expect(await events(gateway)).toMatchObject([
      {
        topic: 'readings',
        data: { channel: 'WEB', account: one.account, period: '2026-11', flags: [], quality: 'CUSTOMER' },
      },
    ])
  })

  test.each([
    ['two registers', { ...two, T1: '29931', T2: '44090' }, 303, 'accepted'],
    ['spaces, a comma and a decimal', { ...one, account: ' 2880 950488 ', T1: '56 311,7' }, 303, 'accepted'],
    [
      'an old account',
      { account: 'KP468713', meter: '250592064305057', T1: '56311' },
      303,
      'accepted;flags="OLD_ACCOUNT"',
    ],
    ['the last 4 digits of the serial', { ...one, meter: '5057', T1: '56311' }, 303, 'accepted;flags="NO_SERIAL"'],
    [
      'a serial without its leading zero',
      { account: '2877376079', meter: '71642249025692', T1: '607300', T2: '48' },
      303,
      'accepted;flags="ROLLOVER"',
    ],
    ['nothing used', { ...one, T1: '55959' }, 303, 'accepted;flags="ZERO"'],
    ['no page id', { ...one, submission_id: '', T1: '56311' }, 303, 'accepted'],
    ['far more than usual', { ...one, T1: '57900' }, 422, 'asked;code=VERY_HIGH'],
    ['less than before', { ...one, T1: '10120' }, 422, 'asked;code=BELOW_PREVIOUS'],
    ['more than the connection carries', { ...one, T1: '99999' }, 303, 'held;code=OVER_CAP'],
    ['too many digits', { ...one, T1: '99999999' }, 422, 'rejected;code=TOO_MANY_DIGITS'],
    ['a letter for a digit', { ...one, T1: '5631О' }, 422, 'asked;code=BAD_VALUE'],
    ['words', { ...one, T1: 'много' }, 422, 'rejected;code=BAD_VALUE'],
    ['no value', { ...one }, 422, 'asked;code=VALUES_NEEDED'],
    ['one value of two', { ...two, T2: '44090' }, 422, 'asked;code=FEW_VALUES'],
    ['a value too many', { ...one, T1: '56311', T2: '1' }, 422, 'rejected;code=EXTRA_VALUES'],
    ['no serial', { ...one, meter: '', T1: '56311' }, 422, 'asked;code=METER_NEEDED'],
    ['no account', { ...one, account: '', T1: '56311' }, 422, 'asked;code=ACCOUNT_NEEDED'],
    ['nothing at all', {}, 422, 'asked;code=ACCOUNT_NEEDED'],
    ['no serial of an unknown account', { account: '2880950489', meter: '', T1: '1' }, 422, 'asked;code=METER_NEEDED'],
  ])('with %s', async (_what, fields, status, outcome) => {
    const said = await post(gateway, filled(fields as Record<string, string>))
    expect([said.status, said.outcome]).toEqual([status, outcome])
  })

  test('sent 20 times at once is one submission with one event', async () => {
    const fields = filled({ ...one, T1: '56311' })
    const all = await Promise.all(Array.from({ length: 20 }, () => post(gateway, fields)))
    expect(new Set(all.map(({ status, outcome, location }) => `${status} ${outcome} ${location}`)).size).toBe(1)
    expect(await events(gateway)).toHaveLength(1)
  })

  test('corrected after going back replaces the first reading', async () => {
    const fields = filled({ ...one, T1: '56311' })
    await post(gateway, fields)
    expect((await post(gateway, { ...fields, T1: '56312' })).outcome).toBe('accepted')
    expect((await events(gateway)).map(({ data }) => data['supersedes'] !== null)).toEqual([false, true])
  })
})

describe('step by step', () => {
  test('account and meter lead to one field a register, named by its zone', async () => {
    const start = await get(gateway, '/pokazaniya')
    const step = await post(gateway, { ...fieldsBehind(start.body, 'Продолжить'), ...two }, '/meter')
    expect([step.status, step.outcome]).toEqual([200, 'asked;code=VALUES_NEEDED'])
    expect(step.body).toContain('<label for="T1">T1 (день)</label>')
    expect(step.body).toContain('<label for="T2">T2 (ночь)</label>')
    for (const previous of ['29770', '44040']) expect(step.body).not.toContain(previous)
    const send = { ...fieldsBehind(step.body, 'Отправить показания'), T1: '29931', T2: '44090' }
    expect((await post(gateway, send)).outcome).toBe('accepted')
  })

  test('«Да, всё верно» accepts what was asked about, once, however often it is pressed', async () => {
    const asked = await post(gateway, filled({ ...one, T1: '57900' }))
    expect(asked.body).toContain('намного больше обычного')
    expect(asked.body).not.toContain('55959')
    const yes = fieldsBehind(asked.body, 'Да, всё верно')
    const all = await Promise.all([post(gateway, yes), post(gateway, yes)])
    expect(all.map(({ status, outcome }) => `${status} ${outcome}`)).toEqual(
      Array(2).fill('303 accepted;flags="CONFIRMED HIGH"'),
    )
    expect(await events(gateway)).toMatchObject([{ data: { quality: 'CONFIRMED' } }])
  })

  test('insisting on a value below the last one brings it to an operator', async () => {
    const asked = await post(gateway, filled({ ...one, T1: '10120' }))
    expect((await post(gateway, fieldsBehind(asked.body, 'Да, всё верно'))).outcome).toBe('held;code=BELOW_PREVIOUS')
  })

  test('a proposal is taken with its own values', async () => {
    const asked = await post(gateway, filled({ ...one, T1: '5631О' }))
    expect((await post(gateway, fieldsBehind(asked.body, 'Да, отправить это'))).outcome).toBe(
      'accepted;flags="CONFIRMED"',
    )
    expect(await events(gateway)).toMatchObject([{ data: { registers: [{ value: '56310' }] } }])
  })

  test('«Исправить» brings the values back to their fields', async () => {
    const asked = await post(gateway, filled({ ...one, T1: '57900' }))
    const step = await post(gateway, fieldsBehind(asked.body, 'Исправить'), '/meter')
    expect(step.body).toMatch(/id="T1" name="T1" value="57900"/)
  })
})

describe('what an outsider can learn (rule 27)', () => {
  const unknown = { account: '2880950489', meter: '250592064305057' }
  const strangers = [
    ['a wrong serial', { account: '2880950488', meter: '250592064305058' }],
    ['an archived meter with a successor', { account: '2869593210', meter: '33905593' }],
    ['an old number of several accounts with a wrong serial', { account: 'ДГ855581', meter: '1' }],
    ['an account in no form at all', { account: 'привет', meter: '250592064305057' }],
  ] as const

  const seen = ({ status, outcome, body, headers }: Said, fields: Record<string, string>) => {
    const neutral = Object.values(fields).reduce((text, value) => text.replaceAll(`value="${value}"`, 'value=""'), body)
    return { status, outcome, body: neutral, headers: [...headers.keys()].filter((name) => name !== 'date') }
  }

  test.each(strangers)('%s looks like an unknown account', async (_what, fields) => {
    const page = { submission_id: randomUUID(), T1: '100' }
    for (const path of ['', '/meter']) {
      const expected = seen(await post(gateway, { ...page, ...unknown }, path), { ...unknown, ...page })
      expect(seen(await post(gateway, { ...page, ...fields }, path), { ...fields, ...page })).toEqual({
        ...expected,
        status: 422,
        outcome: 'rejected;code=ACCOUNT_UNKNOWN',
      })
    }
  })

  test('a robot sees a success and leaves nothing', async () => {
    const said = await post(gateway, filled({ ...one, T1: '56311', website: 'https://example.com' }))
    expect(said.status).toBe(303)
    expect((await get(gateway, said.location)).status).toBe(200)
    expect(await events(gateway)).toEqual([])
  })

  test('nothing personal stands in the log', async () => {
    await post(gateway, filled({ ...one, T1: '56311' }))
    await post(gateway, { ...one }, '/meter')
    for (const secret of [one.account, one.meter, '56311']) expect(gateway.logged()).not.toContain(secret)
  })

  test('the result of what was not found cannot be looked up, even by who works out its id', async () => {
    const form = { submission_id: randomUUID(), account: '2880950488', meter: '1', T1: '1' }
    await post(gateway, form)
    const request = { form, query: {}, headers: {} }
    const id = submissionId('web-form', deliveryOf(filledForm(request), '').deliveryId)
    expect(await gateway.store.answerOf(id)).not.toBeNull()
    expect((await get(gateway, `/pokazaniya/result?id=${id}`)).status).toBe(404)
  })

  test('an unknown result is 404', async () => {
    for (const id of [randomUUID(), '../x', "'"]) {
      expect((await get(gateway, `/pokazaniya/result?id=${encodeURIComponent(id)}`)).status).toBe(404)
    }
  })
})

test('without a registry what is well-formed is received, not accepted', async () => {
  const empty = await startFormGateway({ registry: false })
  try {
    const said = await post(empty, filled({ ...one, T1: '56311' }))
    expect([said.status, said.outcome]).toEqual([303, 'held;code=REGISTRY_UNAVAILABLE'])
    const result = await get(empty, said.location)
    expect(result.body).toContain('Показания получены')
    expect(result.body).not.toContain('приняты')
    expect((await post(empty, filled({ ...one, account: 'привет', T1: '1' }))).outcome).toBe(
      'rejected;code=ACCOUNT_UNKNOWN',
    )
  } finally {
    await empty.close()
  }
})
