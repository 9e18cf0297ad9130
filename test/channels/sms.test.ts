import fc from 'fast-check'
import MessagingResponse from 'twilio/lib/twiml/MessagingResponse.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signAsTwilio } from '../../src/channel/signatures.ts'
import { twimlMessage } from '../../src/channel/twiml.ts'
import { type House, openHouse, publicUrl, twilioToken } from '../http/house.ts'
import { passesContract, type RawRequest } from './contract.ts'
import { fromProvider, fromTwilio, providerBody, signedForm } from './providers.ts'

passesContract({
  name: 'SMS from Twilio',
  channel: 'sms',
  message: (id, text) => fromTwilio(id, text),
  unknown: fromTwilio(undefined, ''),
  unparseable: fromTwilio('x'.repeat(65), 'an id that no Twilio gives'),
  proof: 'x-twilio-signature',
  bodyBytesMax: 16_384,
})

passesContract({
  name: 'SMS from another provider',
  channel: 'sms',
  message: (id, text) => fromProvider(id, text),
  unknown: null,
  unparseable: providerBody('{"id":'),
  proof: 'authorization',
  bodyBytesMax: 16_384,
})

describe('SMS', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.end())
  const post = async ({ url, headers, body }: RawRequest) => {
    const response = await house.app.inject({ method: 'POST', url, headers: { ...headers }, payload: body })
    return { status: response.statusCode, outcome: response.headers['x-reading-outcome'], ...response }
  }

  test('Twilio is answered in TwiML, escaped', async () => {
    const { status, body, headers } = await post(fromTwilio('SM1', '12345'))
    expect([status, headers['content-type']]).toEqual([200, 'text/xml; charset=utf-8'])
    expect(body).toBe('<?xml version="1.0" encoding="UTF-8"?><Response><Message>heard &lt;5&gt;</Message></Response>')
  })

  test('where there is nothing to say, Twilio gets an empty response', async () => {
    expect((await post(fromTwilio('SM2', 'say nothing'))).body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response/>',
    )
  })

  test('another provider is answered in JSON', async () => {
    const { status, body } = await post(fromProvider('1', '12345'))
    expect([status, JSON.parse(body)]).toEqual([200, { reply: 'heard <5>', outcome: 'accepted' }])
  })

  test.each([
    ['delivered', { MessageStatus: 'delivered', SmsStatus: 'delivered', MessageSid: 'SM3' }],
    ['failed', { MessageStatus: 'failed', SmsStatus: 'failed', MessageSid: 'SM3', ErrorCode: '30008' }],
    ['an event without id', { Body: '12345' }],
    ['an event that nobody knows', { EventType: 'onSomething' }],
    ['sent, although it has a body', { Body: '12345', MessageSid: 'SM4', SmsStatus: 'sent' }],
  ])('a status callback (%s) is 200 and nothing else', async (_why, fields) => {
    const before = (await house.app.inject('/metrics')).body.match(/gateway_items_received_total.*/g)
    const { status, body, outcome } = await post(fromTwilio(undefined, '', fields))
    expect([status, body, outcome]).toEqual([200, '', undefined])
    expect((await house.app.inject('/metrics')).body.match(/gateway_items_received_total.*/g)).toEqual(before)
  })

  test("a token under another scheme's name is none", async () => {
    const request = fromProvider('scheme', '12345')
    const authorization = request.headers['authorization']?.replace('Bearer', 'Digest') ?? ''
    expect((await post({ ...request, headers: { ...request.headers, authorization } })).status).toBe(403)
  })

  test('the same id from two providers is two deliveries', async () => {
    await post(fromTwilio('same', 'hello'))
    expect((await post(fromProvider('same', '12345'))).outcome).toBe('accepted')
  })

  test('more fields than Twilio ever sends are not even looked at', async () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, number) => [`f${number}`, '']))
    expect((await post(fromTwilio('SM6', '1', many(150)))).status).toBe(200)
    expect((await post(fromTwilio('SM7', '1', many(200)))).status).toBe(403)
  })

  test.each([
    ['with the port that https has', 'https://readings.example.ru:443'],
    ['as configured', publicUrl],
  ])('Twilio may sign the address %s', async (_how, origin) => {
    const fields = { MessageSid: `SM8 ${origin}`, From: '+79990000001', Body: '1' }
    const proof = signAsTwilio(twilioToken, origin, '/channels/sms/twilio', fields)
    const signed = signedForm('/channels/sms/twilio', fields)
    expect((await post({ ...signed, headers: { ...signed.headers, 'x-twilio-signature': proof } })).status).toBe(200)
  })

  test('the query of the address is signed too', async () => {
    const signed = signedForm('/channels/sms/twilio?a=%D1%8F&b=2', {
      MessageSid: 'SM5',
      From: '+79990000001',
      Body: '1',
    })
    expect((await post(signed)).status).toBe(200)
    expect((await post({ ...signed, url: '/channels/sms/twilio?a=%D1%8F&b=3' })).status).toBe(403)
  })

  test.each([['MTS-Info'], ['2420'], ['whatsapp:+79990000001'], ['+0123']])(
    'a sender %s that is no phone is heard all the same',
    async (From) => expect((await post(fromTwilio(`from ${From}`, '12345', { From }))).outcome).toBe('accepted'),
  )

  test.each([
    ['no JSON', 'id=1', 'not JSON'],
    ['no object', '[]', 'body itself'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not JSON'],
    ['a number as id', '{"id":1,"from":"+79990000002","to":"1","text":"1"}', 'malformed: id.'],
    ['no text', '{"id":"1","from":"+79990000002","to":"1"}', 'malformed: text.'],
    ['an instant without zone', withReceivedAt('2026-11-22T03:00:00'), 'RFC 3339'],
    ['a day that is none', withReceivedAt('2026-02-30T03:00:00Z'), 'RFC 3339'],
    ['tomorrow', withReceivedAt(new Date(Date.now() + 86_400_000).toISOString()), 'future'],
    ['last year', withReceivedAt(new Date(Date.now() - 365 * 86_400_000).toISOString()), '45 days'],
  ])('%s is 400 and a sentence that quotes nothing', async (_why, body, sentence) => {
    const response = await post({ ...providerBody(''), body: body as string })
    expect(response.status).toBe(400)
    expect(response.body).toContain(sentence)
    expect(response.body).not.toContain('79990000002')
  })

  test.each([
    ['as JavaScript writes it', (iso: string) => iso],
    ['without a fraction, in small letters', (iso: string) => `${iso.slice(0, 19)}z`.toLowerCase()],
    ['with a space, and an offset', (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}+00:00`],
    ['with a fraction of twelve digits', (iso: string) => `${iso.slice(0, 19)}.123456789012Z`],
  ])('an instant a minute old is taken %s', async (how, written) => {
    const receivedAt = written(new Date(Date.now() - 60_000).toISOString())
    expect((await post(fromProvider(`old ${how}`, '12345', { receivedAt }))).outcome).toBe('accepted')
  })

  test('a provider may say null for an instant that it does not know', async () => {
    const body = JSON.stringify({ id: 'null', from: '+79990000002', to: '1', text: '12345', receivedAt: null })
    expect((await post(providerBody(body))).outcome).toBe('accepted')
  })

  test('who sends 30 messages without a reading in an hour is asked to wait, but who repeats one is answered', async () => {
    const message = (number: number, text: string) => fromTwilio(`guess ${number}`, text, { From: '+79990000009' })
    for (let number = 0; number < 30; number += 1) await post(message(number, 'hello'))
    const limited = await post(message(30, 'hello'))
    expect([limited.status, limited.outcome]).toEqual([200, undefined])
    expect(limited.body).toContain('<Message>Слишком много сообщений.')
    expect((await post(message(29, 'hello'))).outcome).toBe('none;code=HELP')
    expect((await post(fromTwilio('somebody else', 'hello'))).outcome).toBe('none;code=HELP')
  })

  test('a provider that brings one message forty times uses up nothing', async () => {
    const From = '+79990000011'
    for (let time = 0; time < 40; time += 1) await post(fromTwilio('insistent', 'hello', { From }))
    expect((await post(fromTwilio('another', 'hello', { From }))).outcome).toBe('none;code=HELP')
  })

  test('who sends readings may send a hundred', async () => {
    const outcomes = []
    for (let number = 0; number < 100; number += 1) {
      outcomes.push((await post(fromTwilio(`many ${number}`, '12345', { From: '+79990000010' }))).outcome)
    }
    expect(new Set(outcomes)).toEqual(new Set(['accepted']))
  })
})

test('our TwiML equals that of the package, for any text that XML can hold', () => {
  const characters = fc.oneof(
    fc.constantFrom(...'<>&"\'\n\t я…🙂'),
    fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
  )
  const texts = fc.array(characters, { minLength: 1 }).map((parts) => parts.join(''))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly what XML 1.0 can't hold
  const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(!impossible.test(text))
      const built = new MessagingResponse()
      built.message(text)
      expect(twimlMessage(text)).toBe(built.toString())
    }),
  )
})

function withReceivedAt(receivedAt: string): string {
  return JSON.stringify({ id: 'late', from: '+79990000002', to: '1', text: '1', receivedAt })
}
