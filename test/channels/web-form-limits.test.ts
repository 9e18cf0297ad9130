import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/core/store.ts'
import { type FormGateway, filled, one, post, startFormGateway, two } from './web-form-gateway.ts'

let gateway: FormGateway
beforeEach(async () => {
  gateway = await startFormGateway()
})
afterEach(() => gateway.close())

/** A store that takes a moment to find an answer, as a database elsewhere does. */
function distant(store: Store): Store {
  return { ...store, answerOf: (...asked) => sleep(20).then(() => store.answerOf(...asked)) }
}

describe('the limits of the form (rule 27)', () => {
  test('the operator may set both limits of the hour', async () => {
    const strict = await startFormGateway({ env: { WEB_ACCOUNT_HOURLY_MAX: '1', WEB_NETWORK_HOURLY_MAX: '2' } })
    const told: number[] = []
    for (const account of [one.account, one.account, '2800711268', '2806394658'])
      told.push((await post(strict, filled({ ...one, account, T1: '56311' }))).status)
    await strict.close()
    expect(told).toEqual([303, 429, 422, 429])
  })

  test('the 11th form for an account within the hour is 429 and says when to come back; another account goes on', async () => {
    for (let at = 0; at < 10; at++) await post(gateway, filled({ ...one, T1: `5631${at}` }))
    const said = await post(gateway, filled({ ...one, T1: '56330' }))
    expect([said.status, said.headers.get('retry-after')]).toEqual([429, '3600'])
    expect(said.body).toContain('через час')
    expect((await post(gateway, filled({ ...two, T1: '29931', T2: '44090' }))).status).toBe(303)
  })

  test('however an account is written, it is one', async () => {
    const strict = await startFormGateway({ env: { WEB_ACCOUNT_HOURLY_MAX: '2' } })
    const told: number[] = []
    // Its ЕЛС: the two digits behind it say nothing, and its letters may be Latin ones.
    for (const account of ['80СБ140983', '80СБ140983-01', '80CБ140983-02'])
      told.push((await post(strict, filled({ ...two, account, T1: '29931', T2: '44090' }))).status)
    expect(told).toEqual([303, 303, 429])
    await strict.close()
  })

  test('what stands behind the longest account that is read makes no other account of it, on whatever page', async () => {
    const strict = await startFormGateway({ env: { WEB_ACCOUNT_HOURLY_MAX: '2' } })
    const padded = one.account.padEnd(64)
    const told: Record<string, number[]> = {}
    for (const path of ['', '/meter', '/slip']) {
      const sent = [1, 2, 3].map((at) =>
        post(strict, filled({ ...one, account: `${padded}${at}`, T1: `5631${at}` }), path),
      )
      told[path] = (await Promise.all(sent)).map(({ status }) => status)
    }
    await strict.close()
    expect(told).toEqual({ '': [303, 303, 429], '/meter': [200, 200, 429], '/slip': [200, 200, 429] })
  })

  test.each([
    ['those who come', {}],
    ['those who say that they answer a question', { answers: 'a'.repeat(64), values_at: '2026-11-22T02:00:00.000Z' }],
  ])('%s at once are counted like those who come one after another', async (_who, more) => {
    const strict = await startFormGateway({ env: { WEB_ACCOUNT_HOURLY_MAX: '3' }, wrapStore: distant })
    const forms = Array.from({ length: 20 }, (_, at) => filled({ ...one, ...more, T1: `5631${at % 10}` }))
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const sent = forms.map((form) => new URLSearchParams(form).toString())
    const said = await Promise.all(
      sent.map((payload) => strict.app.inject({ method: 'POST', url: '/pokazaniya', headers, payload })),
    )
    const told = said.map(({ statusCode }) => statusCode)
    expect(told.filter((status) => status !== 429)).toHaveLength(3)
    await strict.close()
  })

  test('the last form of the hour, sent twice at once, is answered twice', async () => {
    const strict = await startFormGateway({ env: { WEB_ACCOUNT_HOURLY_MAX: '1' } })
    const form = filled({ ...one, T1: '56311' })
    const told = await Promise.all([form, form, form].map(async (same) => (await post(strict, same)).status))
    expect([...told, (await post(strict, form)).status]).toEqual([303, 303, 303, 303])
    expect((await post(strict, filled({ ...one, T1: '56312' }))).status).toBe(429)
    await strict.close()
  })

  test('the page that says so, and what a robot gets, are as safe as every other page', async () => {
    const strict = await startFormGateway({ env: { WEB_ACCOUNT_HOURLY_MAX: '1' } })
    const said = [
      await post(strict, filled({ ...one, T1: '56311' })),
      await post(strict, filled({ ...one, T1: '56312' })),
      await post(strict, filled({ ...two, website: 'https://example.com' })),
    ]
    expect(said.map(({ status }) => status)).toEqual([303, 429, 303])
    for (const { headers } of said) {
      const safe = ['x-content-type-options', 'x-frame-options', 'referrer-policy'].map((name) => headers.get(name))
      expect(safe).toEqual(['nosniff', 'DENY', 'no-referrer'])
    }
    await strict.close()
  })
})
