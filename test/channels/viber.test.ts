import { describe, expect, test } from 'vitest'
import { viberRequest } from '../../src/cli/demo/fakes/viber-server.ts'
import { eventually } from '../eventually.ts'
import { viberToken } from './chat-house.ts'
import { passesContract, type RawRequest } from './contract.ts'
import { eventBody, message, text, user, withViber } from './viber-events.ts'

const viber = withViber()
const SIGNATURE = 'x-viber-content-signature'

passesContract({
  name: 'Viber',
  channel: 'viber',
  message: (id, said) => signed(text('contract', said, tokenOf(id))),
  unknown: signed(eventBody('something_new')),
  unparseable: signed('{"event":'),
  proof: SIGNATURE,
  bodyBytesMax: 65_536,
  env: { VIBER_AUTH_TOKEN: viberToken, VIBER_API_URL: 'http://127.0.0.1:9' },
})

function signed(body: string): RawRequest {
  return { url: '/channels/viber', ...viberRequest(viberToken, body) }
}

/** A token for each id: its first letters as one number. */
function tokenOf(id: string): bigint {
  return BigInt(`0x${Buffer.from(id.slice(0, 6)).toString('hex')}`)
}

/** Every event of the API. `null`: nothing for us in it. */
const EVENTS: readonly [string, string, (token?: bigint) => string, string | undefined][] = [
  ['webhook', 'the trial of a webhook', (token) => eventBody('webhook', {}, token), undefined],
  ['subscribed', 'a subscription', (token) => eventBody('subscribed', { user: user('e1') }, token), undefined],
  ['unsubscribed', 'its end', (token) => eventBody('unsubscribed', { user_id: 'e1' }, token), undefined],
  [
    'conversation_started',
    'an opened chat',
    (token) =>
      eventBody('conversation_started', { type: 'open', context: '', user: user('e1'), subscribed: false }, token),
    'none;code=HELP',
  ],
  ['message', 'a text', (token) => text('e1', '12345', token), 'accepted'],
  [
    'message',
    'a picture',
    (token) => message('e1', { type: 'picture', media: 'https://elsewhere.example/1.jpg' }, token),
    'none;code=HELP',
  ],
  [
    'message',
    'a contact',
    (token) => message('e1', { type: 'contact', contact: { name: 'Anna', phone_number: '79990000001' } }, token),
    'none;code=HELP',
  ],
  ['message', 'a sticker', (token) => message('e1', { type: 'sticker', sticker_id: 46105 }, token), 'none;code=HELP'],
  [
    'message',
    'a place',
    (token) => message('e1', { type: 'location', location: { lat: 50.3, lon: 127.5 } }, token),
    'none;code=HELP',
  ],
  ['message', 'a link', (token) => message('e1', { type: 'url', media: 'https://x.example' }, token), 'none;code=HELP'],
  [
    'message',
    'a video',
    (token) => message('e1', { type: 'video', media: 'https://x', size: 1, duration: 2 }, token),
    'none;code=HELP',
  ],
  [
    'message',
    'a file',
    (token) => message('e1', { type: 'file', media: 'https://x', file_name: 'a.pdf', size: 1 }, token),
    'none;code=HELP',
  ],
  ['delivered', 'a delivery', (token) => eventBody('delivered', { user_id: 'e1' }, token), undefined],
  ['seen', 'a reading', (token) => eventBody('seen', { user_id: 'e1' }, token), undefined],
  [
    'failed',
    'a failure',
    (token) => eventBody('failed', { user_id: 'e1', desc: 'failure description' }, token),
    undefined,
  ],
  [
    'client_status',
    'a status',
    (token) => eventBody('client_status', { user: user('e1'), client_status: {} }, token),
    undefined,
  ],
  ['action', 'an action', (token) => eventBody('action', { user_id: 'e1' }, token), undefined],
  [
    'something_new',
    'an event that is yet to come',
    (token) => eventBody('something_new', { a: [1] }, token),
    undefined,
  ],
  [
    'something_new',
    'one whose fields mean something else',
    (token) =>
      eventBody(
        'something_new',
        { timestamp: 'now', sender: 'e1', message: [], user: null, context: 1, user_id: 7 },
        token,
      ),
    undefined,
  ],
]

describe.each(EVENTS)('%s: %s', (_event, _what, body, outcome) => {
  test('signed, is answered 200', async () => {
    expect(await viber.post(body())).toMatchObject({ status: 200, outcome })
  })

  test('signed in capitals, too', async () => {
    const bytes = body()
    const proof = viberRequest(viberToken, bytes).headers[SIGNATURE]?.toUpperCase()
    expect(await viber.post(bytes, { [SIGNATURE]: proof })).toMatchObject({ status: 200, outcome })
  })

  test.each([
    ['a wrong signature', (proof: string) => `${proof.slice(0, -1)}${proof.endsWith('0') ? '1' : '0'}`],
    ['an empty one', () => ''],
    ['half of it', (proof: string) => proof.slice(0, 32)],
    ['one in other letters', (proof: string) => `${proof.slice(0, -1)}g`],
    ['none', () => undefined],
  ])('with %s is 403, empty, and nothing is stored', async (_why, spoil) => {
    const before = viber.house.receipts.kept.length
    const bytes = body()
    const proof = spoil(viberRequest(viberToken, bytes).headers[SIGNATURE] ?? '')
    expect(await viber.post(bytes, { [SIGNATURE]: proof })).toMatchObject({ status: 403, body: '', outcome: undefined })
    expect(viber.house.receipts.kept).toHaveLength(before)
  })
})

test('the signature is over the bytes as they came', async () => {
  const bytes = text('bytes', '1')
  const proof = viberRequest(viberToken, bytes).headers[SIGNATURE]
  expect((await viber.post(bytes.replace(':', ': '), { [SIGNATURE]: proof })).status).toBe(403)
})

test.each([
  ['no JSON', '{"event":', 400],
  ['no object', '[]', 400],
  ['no event', '{"message_token":1}', 400],
  ['a message without its token', '{"event":"message","sender":{"id":"a"},"message":{"type":"text","text":"1"}}', 400],
  ['a token that is no whole number', '{"event":"message","message_token":1.5}', 400],
])('%s is %#: 400', async (_why, body, status) => {
  expect((await viber.post(body)).status).toBe(status)
})

describe('once', () => {
  test('two tokens that are one double are two messages', async () => {
    const [one, other] = [5_741_311_803_571_721_087n, 5_741_311_803_571_721_088n]
    expect(Number(one)).toBe(Number(other))
    await viber.post(text('collide', '1', one + 1_000_000n))
    await viber.post(text('collide', '2', other + 1_000_000n))
    expect(Number(one + 1_000_000n)).toBe(Number(other + 1_000_000n))
    expect(viber.house.heard('collide')).toEqual([
      { kind: 'text', text: '1' },
      { kind: 'text', text: '2' },
    ])
  })

  test('fifty deliveries of one token at the same time are one receipt and one message', async () => {
    const body = text('fifty', '777')
    const answers = await Promise.all(Array.from({ length: 50 }, () => viber.post(body)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(viber.house.heard('fifty')).toHaveLength(1)
    await eventually(() => viber.fake.shown.some(({ to }) => to === 'fifty'))
    await viber.post(body)
    expect(viber.fake.shown.filter(({ to }) => to === 'fifty')).toHaveLength(1)
  })

  test('a message and another event under one token are two', async () => {
    await viber.post(eventBody('conversation_started', { user: user('twice') }, 77n))
    expect(await viber.post(text('twice', '12345', 77n))).toMatchObject({ outcome: 'accepted' })
  })
})

test('two hundred users at the same time each get their own, in their order', async () => {
  const users = Array.from({ length: 200 }, (_, number) => `user ${number}`)
  for (const turn of [1, 2, 3]) {
    await Promise.all(users.map((name) => viber.post(text(name, `${name} says ${turn}`))))
  }
  await eventually(() => viber.fake.shown.filter(({ to }) => to.startsWith('user ')).length === 600)
  for (const name of users) {
    const own = viber.fake.shown.filter(({ to }) => to === name).map((shown) => JSON.parse(shown.text).text)
    expect(own).toEqual([1, 2, 3].map((turn) => `${name} says ${turn}`))
  }
})

test('while Viber is down messages are taken, and their replies wait', async () => {
  viber.fake.down = true
  for (const number of [1, 2, 3]) expect((await viber.post(text('patient', `${number}`))).status).toBe(200)
  await eventually(() => viber.house.receipts.kept.some(({ to, tries }) => to === 'patient' && tries > 0))
  viber.fake.down = false
  expect(viber.fake.shown.some(({ to }) => to === 'patient')).toBe(false)
  expect(viber.house.heard('patient')).toHaveLength(3)
})

test('who sends 120 messages an hour with nothing in them is no longer heard, who sends readings is', async () => {
  for (let number = 0; number < 125; number += 1) await viber.post(text('guesser', 'hello'))
  expect(viber.house.heard('guesser')).toHaveLength(120)
  expect(await viber.post(text('guesser', 'hello'))).toEqual({ status: 200, body: '', outcome: undefined })
  for (let number = 0; number < 125; number += 1) await viber.post(text('diligent', `${number}`))
  expect(viber.house.heard('diligent')).toHaveLength(125)
})

test('who tries accounts by opening the chat again and again is no longer heard either', async () => {
  let answered = 0
  for (let number = 0; number < 125; number += 1) {
    const opened = eventBody('conversation_started', { context: `2880950${100 + number}`, user: user('opener') })
    if ((await viber.post(opened)).outcome !== undefined) answered += 1
  }
  expect(answered).toBe(120)
})

test('no line of the log holds a user, a text, a phone or a token', () => {
  expect(viber.house.lines.length).toBeGreaterThan(100)
  expect(viber.house.lines.join('')).not.toMatch(/guesser|collide|7999000|2880950488|viber-token/)
})
