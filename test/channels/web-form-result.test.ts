import { expect, test } from 'vitest'
import { submissionId } from '../../src/core/event.ts'
import { get, post, startFormGateway } from './web-form-gateway.ts'

const SMS_HTTP_TOKEN = 'only-for-this-test'

test('the result of a message that came by another channel is not shown, even to who works out its id', async () => {
  const gateway = await startFormGateway({ env: { SMS_HTTP_TOKEN } })
  try {
    const message = { id: '1', from: '+79990000000', to: '', text: '2880950488 56311' }
    const taken = await fetch(`${gateway.url}/channels/sms/http`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${SMS_HTTP_TOKEN}` },
      body: JSON.stringify(message),
    })
    expect(taken.headers.get('x-reading-outcome')).toBe('accepted;flags="NO_SERIAL"')
    const result = await get(gateway, `/pokazaniya/result?id=${submissionId('sms', 'http:1')}`)
    expect(result.status).toBe(404)
    expect(result.body).not.toContain('56311')
  } finally {
    await gateway.close()
  }
})

test('whoever meets a gateway whose store is broken is told so by a page, and what to do', async () => {
  const gateway = await startFormGateway()
  try {
    await gateway.store.close()
    const form = { account: '2880950488', meter: '250592064305057', T1: '56311' }
    const said = await Promise.all([
      post(gateway, form),
      post(gateway, form, '/meter'),
      post(gateway, { ...form, lang: 'en' }, '/slip'),
      get(gateway, '/pokazaniya/result?id=11111111-1111-1111-1111-111111111111'),
    ])
    const titles = said.map(({ body }) => /<h1>(.*)<\/h1>/.exec(body)?.[1])
    const broken = 'Страница не открылась'
    expect(titles).toEqual(['Не получилось сохранить', broken, 'The page did not open', broken])
    for (const { status, headers } of said) {
      expect([status, headers.get('retry-after')]).toEqual([503, '60'])
      expect(headers.get('content-security-policy')).toContain("form-action 'self'")
    }
  } finally {
    await gateway.close()
  }
})
