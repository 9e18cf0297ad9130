import { expect, test } from 'vitest'
import { submissionId } from '../../src/core/event.ts'
import { get, startFormGateway } from './web-form-gateway.ts'

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
