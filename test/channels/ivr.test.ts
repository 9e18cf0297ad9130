import fc from 'fast-check'
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callTwiml } from '../../channels/ivr/voice.ts'
import { twimlOf } from '../../src/channel/twiml.ts'
import type { CallExpectation } from '../../src/core/call.ts'
import type { Answer } from '../../src/core/delivery.ts'
import { createDialog } from '../../src/dialog/decide.ts'
import { type House, openHouse } from '../http/house.ts'
import { passesContract, type RawRequest } from './contract.ts'
import { fromPlatform, signedForm } from './providers.ts'

const from = '+79990000001'

passesContract({
  name: 'a call from Twilio',
  channel: 'ivr',
  message: (id, text) =>
    signedForm(`/channels/ivr/twilio/value?register=T1&step=${id}`, { CallSid: 'CA1', From: from, SpeechResult: text }),
  unknown: null,
  unparseable: signedForm('/channels/ivr/twilio', { CallSid: 'x'.repeat(65), From: from }),
  proof: 'x-twilio-signature',
  bodyBytesMax: 16_384,
})

passesContract({
  name: 'a call from another platform',
  channel: 'ivr',
  message: (id, text) => fromPlatform({ callId: '1', from, to: '1', event: 'input', heard: text, step: id }),
  unknown: null,
  unparseable: fromPlatform('{"callId":'),
  proof: 'authorization',
  bodyBytesMax: 16_384,
})

describe('a call', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse({}, { dialog: createDialog })
  })
  afterAll(() => house.end())
  const post = async ({ url, headers, body }: RawRequest) =>
    house.app.inject({ method: 'POST', url, headers: { ...headers }, payload: body })

  test.each([
    ['no JSON', 'callId=1', 'not JSON'],
    ['no call', '{"from":"1","event":"start"}', 'malformed: callId.'],
    ['an event that there is not', '{"callId":"1","from":"1","event":"dance"}', 'malformed: event.'],
    [
      'keys without end',
      JSON.stringify({ callId: '1', from, event: 'input', digits: '1'.repeat(65) }),
      'malformed: digits.',
    ],
  ])('%s is 400 and a sentence that quotes nothing', async (_why, body, sentence) => {
    const response = await post(fromPlatform(body))
    expect([response.statusCode, response.body]).toEqual([400, expect.stringContaining(sentence)])
  })

  test('a platform may say null for what there is not', async () => {
    const nothing = { to: null, digits: null, heard: null, step: null }
    const leftOut = await post(fromPlatform({ callId: 'left out', from, event: 'start' }))
    const response = await post(fromPlatform({ callId: 'null', from, event: 'start', ...nothing }))
    expect([response.statusCode, response.json()]).toEqual([200, leftOut.json()])
  })

  test.each([
    ['ringing', { CallStatus: 'ringing' }],
    ['answered', { CallStatus: 'in-progress' }],
    ['an event that nobody knows', { CallStatus: 'dancing' }],
  ])('a status callback (%s) is 200, and nothing is counted', async (_why, fields) => {
    const count = async () => (await house.app.inject('/metrics')).body.match(/gateway_items_received_total.*/g)
    const before = await count()
    const response = await post(signedForm('/channels/ivr/twilio/status', { CallSid: 'CA7', From: from, ...fields }))
    expect([response.statusCode, response.headers['x-reading-outcome']]).toEqual([200, undefined])
    expect(await count()).toEqual(before)
  })

  test('without operators, who wants one hears where to call, and the call ends', async () => {
    const { body } = await post(signedForm('/channels/ivr/twilio', { CallSid: 'CA8', From: from }))
    expect(body).toMatch(/контакт-центр.*<\/Say><Hangup\/><\/Response>$/)
    expect(body).not.toMatch(/<Dial|Соединяю/)
  })

  test('without a registry nothing is asked: an operator is', async () => {
    const response = await post(fromPlatform({ callId: 'away', from, to: '1', event: 'start' }))
    expect(response.json()).toEqual({
      say: [
        'Здравствуйте! Вы позвонили в приём показаний.',
        'Сейчас не можем проверить номер счёта.',
        'Соединяю с оператором.',
      ],
      expect: null,
      transfer: true,
      known: { account: null, meter: null, values: {} },
    })
  })

  test('one phone that calls a thousand times an hour is asked to wait; a call that is under way goes on', async () => {
    const start = (number: number) =>
      fromPlatform({ callId: `many ${number}`, from: '+79990000077', to: '1', event: 'start' })
    for (let number = 0; number < 1_000; number += 1) await post(start(number))
    expect((await post(start(1_000))).json()).toEqual({
      say: [expect.stringContaining('слишком много звонков')],
      expect: null,
    })
    expect((await post(start(999))).json().say[0]).toContain('Здравствуйте')
    const input = fromPlatform({ callId: 'many 999', from: '+79990000077', to: '1', event: 'hangup' })
    expect((await post(input)).headers['x-reading-outcome']).toBe('none;code=HELP')
  })
})

describe('a question', () => {
  const asked: CallExpectation = { of: 'confirm', step: '4-1', speech: true, digits: 1, hints: ['да', 'нет'] }
  const twiml = (more: Partial<CallExpectation> = {}) => {
    const answer = { spoken: { say: ['Верно?'], expect: { ...asked, ...more } } } as unknown as Answer
    return callTwiml(answer, 'CA1', { publicUrl: 'https://readings.example.ru', operator: undefined })
  }

  test('is said and heard in Russian, and takes keys and speech', () => {
    expect(twiml()).toMatch(/<Gather [^>]*input="dtmf speech"[^>]*>/)
    expect(twiml()).toMatch(/<Gather [^>]*language="ru-RU"[^>]*><Say language="ru-RU">Верно\?</)
    expect(twiml()).toMatch(/<Gather [^>]*hints="да, нет"[^>]*>/)
  })

  test('lets any key break in, and brings silence too, so that it is asked again', () => {
    for (const speech of [true, false]) {
      expect(twiml({ speech })).toMatch(/<Gather [^>]*bargeIn="true"[^>]*>/)
      expect(twiml({ speech })).toMatch(/<Gather [^>]*actionOnEmptyResult="true"[^>]*>/)
    }
  })

  test('ends with as many keys as it wants, else with # and never with *, which is a decimal mark', () => {
    expect(twiml()).toMatch(/<Gather [^>]*numDigits="1"[^>]*>/)
    expect(twiml({ digits: null })).toMatch(/<Gather (?![^>]*numDigits)[^>]*finishOnKey="#"[^>]*>/)
  })

  test('in its simplest form listens to keys alone', () => {
    expect(twiml({ speech: false })).toMatch(/<Gather [^>]*input="dtmf"[^>]*>/)
    expect(twiml({ speech: false })).not.toMatch(/<Gather [^>]*(speechTimeout|hints)/)
  })
})

test('our TwiML equals that of the package, for any text that XML can hold', () => {
  const texts = fc.array(fc.oneof(fc.constantFrom(...'<>&"\'\n\t я…🙂'), fc.string({ minLength: 1, maxLength: 1 })), {
    minLength: 1,
  })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly what XML 1.0 can't hold
  const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\r\n\t]/
  fc.assert(
    fc.property(
      texts.map((parts) => parts.join('')),
      (text) => {
        fc.pre(!impossible.test(text))
        const built = new VoiceResponse()
        const gather = built.gather({ action: `/a?b=1&c=2`, input: ['dtmf', 'speech'], hints: 'да, "нет" & <один' })
        gather.say({ language: 'ru-RU' }, text)
        built.hangup()
        const attributes = { action: '/a?b=1&c=2', input: 'dtmf speech', hints: 'да, "нет" & <один' }
        const say = { verb: 'Say', attributes: { language: 'ru-RU' }, inside: [text] }
        expect(twimlOf([{ verb: 'Gather', attributes, inside: [say] }, { verb: 'Hangup' }])).toBe(built.toString())
      },
    ),
  )
})
