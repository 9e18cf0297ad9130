import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FakeTelegram, openFakeTelegram } from '../../src/cli/demo/fakes/telegram-server.ts'
import { type ChatHouse, openChatHouse, type Posted, telegramSecret, telegramToken } from './chat-house.ts'
import { passesContract, type RawRequest } from './contract.ts'
import { qrPicture } from './qr-pictures.ts'

let fake: FakeTelegram
let house: ChatHouse
beforeAll(async () => {
  fake = await openFakeTelegram(telegramToken)
  house = await openChatHouse({ TELEGRAM_API_URL: fake.url })
})
afterAll(async () => {
  await house.end()
  await fake.close()
})

const SECRET = 'x-telegram-bot-api-secret-token'

passesContract({
  name: 'Telegram',
  channel: 'telegram',
  message: (id, text) => fromTelegram({ ...message(1, { text }), update_id: updateId(id) }),
  unknown: fromTelegram({ update_id: 1, hologram: {} }),
  unparseable: fromTelegram('{'),
  proof: SECRET,
  bodyBytesMax: 131_072,
  env: {
    TELEGRAM_BOT_TOKEN: telegramToken,
    TELEGRAM_WEBHOOK_SECRET: telegramSecret,
    TELEGRAM_API_URL: 'http://127.0.0.1:9',
  },
})

function fromTelegram(update: object | string): RawRequest {
  const body = typeof update === 'string' ? update : JSON.stringify(update)
  return { url: '/channels/telegram', headers: { 'content-type': 'application/json', [SECRET]: telegramSecret }, body }
}

/** A number for each id: its first letters as one number. */
function updateId(id: string): number {
  return Number.parseInt(Buffer.from(id.slice(0, 6)).toString('hex'), 16)
}

const post = (update: object | string, headers = {}): Promise<Posted> => {
  const request = fromTelegram(update)
  return house.post({ ...request, headers: { ...request.headers, ...headers } })
}
let updates = 1_000
let users = 5_000_000_000
const from = (id: number, more = {}) => ({ id, is_bot: false, first_name: 'Anna', language_code: 'ru', ...more })
const message = (id: number, fields: object, chat: object = {}) => ({
  update_id: updates++,
  message: { message_id: 1, date: 1, from: from(id), chat: { id, type: 'private', ...chat }, ...fields },
})
const query = (id: number, data: string, more = {}) => ({
  update_id: updates++,
  callback_query: {
    id: '4382bfdwdsb323b2d9',
    from: from(id, more),
    chat_instance: '1',
    data,
    message: { message_id: 1, date: 1, chat: { id, type: 'private' } },
  },
})

describe('who calls', () => {
  const bodies: [string, () => object][] = [
    ['a message', () => message(1, { text: '12345' })],
    ['a press', () => query(1, '~pass')],
    ['a member', () => ({ update_id: updates++, my_chat_member: {} })],
  ]
  test.each(bodies)('%s with the secret is 200', async (_what, update) => {
    expect((await post(update())).status).toBe(200)
  })
  test.each(
    bodies.flatMap(([what, update]) =>
      [undefined, '', 'wrong', telegramSecret.toUpperCase(), `${telegramSecret}x`, 'é'].map(
        (secret) => [what, secret, update] as const,
      ),
    ),
  )('%s with %o is 403, empty, and nothing is stored', async (_what, secret, update) => {
    const before = house.receipts.kept.length
    expect(await post(update(), { [SECRET]: secret })).toMatchObject({ status: 403, body: '' })
    expect(house.receipts.kept).toHaveLength(before)
  })
})

describe('what a customer does', () => {
  test.each<[string, (id: number) => object, object]>([
    ['text', (id) => message(id, { text: '12345' }), { kind: 'text', text: '12345' }],
    ['a button', (id) => query(id, '~pass'), { kind: 'press', press: '~pass' }],
    ['start', (id) => message(id, { text: '/start' }), { kind: 'opened', account: null, meter: null, inAnswer: false }],
    [
      'start by a link',
      (id) => message(id, { text: '/start 2880950488_250592064305057' }),
      { kind: 'opened', account: '2880950488', meter: '250592064305057', inAnswer: false },
    ],
    ['another command', (id) => message(id, { text: '/help' }), { kind: 'text', text: '/help' }],
    [
      'the own contact',
      (id) => message(id, { contact: { phone_number: '79990000001', first_name: 'Anna', user_id: id } }),
      { kind: 'contact', phone: '+79990000001' },
    ],
    [
      "somebody else's contact",
      (id) => message(id, { contact: { phone_number: '79990000001', first_name: 'Anna', user_id: id + 1 } }),
      { kind: 'unreadable', what: 'other' },
    ],
    [
      'a contact of nobody on Telegram',
      (id) => message(id, { contact: { phone_number: '79990000001', first_name: 'Anna' } }),
      { kind: 'unreadable', what: 'other' },
    ],
    ['a sticker', (id) => message(id, { sticker: { file_id: 'x' } }), { kind: 'unreadable', what: 'other' }],
    [
      'a place',
      (id) => message(id, { location: { latitude: 50, longitude: 127 } }),
      { kind: 'unreadable', what: 'other' },
    ],
    ['a voice', (id) => message(id, { voice: { file_id: 'x', duration: 1 } }), { kind: 'unreadable', what: 'other' }],
    [
      'a table',
      (id) => message(id, { document: { file_id: 'x', mime_type: 'text/csv' } }),
      { kind: 'unreadable', what: 'other' },
    ],
    ['a lost picture', (id) => message(id, { photo: [{ file_id: 'gone' }] }), { kind: 'unreadable', what: 'picture' }],
    [
      'a picture of 20 MB',
      (id) => message(id, { photo: [{ file_id: 'x', file_size: 2e7 }] }),
      { kind: 'unreadable', what: 'picture' },
    ],
    [
      'a picture with words',
      (id) => message(id, { photo: [{ file_id: 'gone' }], caption: '12345' }),
      { kind: 'text', text: '12345' },
    ],
  ])('%s', async (_what, update, input) => {
    const id = users++
    expect((await post(update(id))).status).toBe(200)
    expect(house.heard(String(id))).toEqual([input])
  })

  test.each<[string, (id: number) => object]>([
    ['a message of a group', (id) => message(id, { text: '12345' }, { type: 'group', id: -id })],
    ['an edited message', (id) => ({ update_id: updates++, edited_message: message(id, { text: '1' }).message })],
    ['a channel post', (id) => ({ update_id: updates++, channel_post: message(id, { text: '1' }).message })],
    ['a member who left', (id) => ({ update_id: updates++, my_chat_member: { chat: { id }, from: from(id) } })],
    ['an inline query', (id) => ({ update_id: updates++, inline_query: { id: '1', from: from(id), query: '' } })],
    ['something new', () => ({ update_id: updates++, hologram: {} })],
    [
      'one whose parts mean something else',
      (id) => ({ update_id: updates++, message: { id }, edited_message: 1, callback_query: null }),
    ],
  ])('%s is 200 and nothing else', async (_what, update) => {
    const id = users++
    expect(await post(update(id))).toEqual({ status: 200, body: '', outcome: undefined })
    expect([house.heard(String(id)), house.heard(String(-id))]).toEqual([[], []])
  })

  test.each<[string, object]>([
    ['a photo', { photo: [{ file_id: 'small' }, { file_id: 'bill' }] }],
    ['a document', { document: { file_id: 'bill', mime_type: 'image/png', file_size: 900 } }],
  ])('%s of a bill says account and meter', async (_what, fields) => {
    const id = users++
    fake.files.set('bill', await qrPicture('ST00012|Name=X|PersAcc=2880950488|CounterId=250592064305057'))
    await post(message(id, fields))
    expect(house.heard(String(id))).toEqual([{ kind: 'identity', account: '2880950488', meter: '250592064305057' }])
  })

  test('a picture that says it has over 5 MB is not even asked for', async () => {
    const id = users++
    const before = fake.calls.length
    await post(message(id, { photo: [{ file_id: 'bill', file_size: 5 * 2 ** 20 + 1 }] }))
    expect(house.heard(String(id))).toEqual([{ kind: 'unreadable', what: 'picture' }])
    expect(fake.calls.slice(before).filter((path) => path.endsWith('getFile'))).toEqual([])
  })

  test('a press is answered at once, so that the button does not go on waiting', async () => {
    const answer = JSON.parse((await post(query(users++, '~pass'))).body)
    expect(answer).toEqual({ method: 'answerCallbackQuery', callback_query_id: '4382bfdwdsb323b2d9' })
  })

  test('a reading that is corrected by an edit is not taken, and the user is told to send it anew', async () => {
    const id = users++
    const edited = (said: object, chat?: object) => ({
      update_id: updates++,
      edited_message: message(id, said, chat).message,
    })
    const { status, body, outcome } = await post(edited({ text: '58420' }))
    expect([status, outcome, JSON.parse(body)]).toEqual([
      200,
      undefined,
      {
        method: 'sendMessage',
        chat_id: String(id),
        text: 'Исправленные сообщения не учитываются. Пришлите верное показание новым сообщением.',
      },
    ])
    expect((await post(edited({ photo: [{ file_id: 'meter' }], caption: '58420' }))).body).toBe(body)
    expect((await post(edited({ text: '58420' }, { type: 'group', id: -id }))).body).toBe('')
    expect((await post(edited({ text: 'спасибо' }))).body).toBe('')
    expect(house.heard(String(id))).toEqual([])
  })

  test('the button for the contact brings the keyboard that can ask for it', async () => {
    const id = users++
    const answer = JSON.parse((await post(query(id, '!contact'))).body)
    expect(answer).toMatchObject({
      method: 'sendMessage',
      chat_id: String(id),
      reply_markup: { one_time_keyboard: true },
    })
    expect(answer.reply_markup.keyboard[0][0]).toMatchObject({ request_contact: true })
    expect(house.heard(String(id))).toEqual([])
  })

  test('fifty deliveries of one update at the same time are one receipt and one message', async () => {
    const id = users++
    const update = message(id, { text: '777' })
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(update)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(house.heard(String(id))).toHaveLength(1)
  })

  test('no JSON, and no update, are 400', async () => {
    expect([(await post('{')).status, (await post({ message: {} })).status]).toEqual([400, 400])
  })

  test('who sends 120 messages an hour with nothing in them is told so by Telegram’s own means', async () => {
    const id = users++
    for (let number = 0; number < 120; number += 1) await post(message(id, { text: 'hello' }))
    const { status, body } = await post(message(id, { text: 'hello' }))
    expect([status, JSON.parse(body)]).toMatchObject([200, { method: 'sendMessage', chat_id: String(id) }])
  })

  test('no line of the log holds a user, a text, a phone or a token', () => {
    expect(house.lines.length).toBeGreaterThan(100)
    expect(house.lines.join('')).not.toMatch(/50000000\d\d|7999000|2880950488|telegram-secret|abcdefghij/)
  })
})

test('a bot without its secret does not start', async () => {
  await expect(openChatHouse({ TELEGRAM_WEBHOOK_SECRET: '' })).rejects.toThrow('TELEGRAM_WEBHOOK_SECRET')
})
