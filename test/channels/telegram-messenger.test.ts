import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { telegramApi, telegramMessenger } from '../../channels/telegram/messenger.ts'
import { runCommand } from '../../src/cli/commands.ts'
import type { Fault } from '../../src/cli/demo/fakes/provider-server.ts'
import { type FakeTelegram, openFakeTelegram } from '../../src/cli/demo/fakes/telegram-server.ts'
import type { ChatButton, ChatMessage } from '../../src/core/chat.ts'
import { telegramSecret, telegramToken } from './chat-house.ts'

let fake: FakeTelegram
beforeAll(async () => {
  fake = await openFakeTelegram(telegramToken)
})
afterAll(() => fake.close())

describe('what leaves', () => {
  const send = (message: Partial<ChatMessage> = {}, to = '42', token = telegramToken) =>
    telegramMessenger(telegramApi(token, fake.url, { fetch })).send({
      seq: 1,
      channel: 'telegram',
      to,
      message: { text: 'Принято', buttons: [], ...message },
      submissionId: 's',
      tries: 0,
    })
  const press = (label: string): ChatButton => ({ kind: 'press', label, press: '~'.padEnd(64, 'x') })
  const refusal = (error_code: number, more = {}) => ({
    http: error_code,
    body: JSON.stringify({ ok: false, error_code, description: 'no', ...more }),
  })

  test.each<[string, Fault, object]>([
    [
      '429 with a time',
      refusal(429, { parameters: { retry_after: 35 } }),
      { kind: 'later', why: 'status-429', afterMs: 35_000 },
    ],
    ['429 without', refusal(429), { kind: 'later', why: 'status-429', afterMs: null }],
    ['500', refusal(500), { kind: 'later', why: 'status-500', afterMs: null }],
    ['401', refusal(401), { kind: 'later', why: 'status-401', afterMs: 60_000 }],
    ['403', refusal(403), { kind: 'never', why: 'status-403' }],
    ['400', refusal(400), { kind: 'never', why: 'status-400' }],
    ['a page of a proxy', { http: 502, body: '<html>' }, { kind: 'later', why: 'network', afterMs: null }],
    ['a line that is cut', 'cut before', { kind: 'later', why: 'network', afterMs: null }],
  ])('%s', async (_what, fault, sent) => {
    fake.faults.push(fault)
    expect(await send()).toEqual(sent)
  })

  test('a bot that is blocked, or has a wrong token', async () => {
    fake.blocked.add('43')
    expect(await send({}, '43')).toEqual({ kind: 'never', why: 'status-403' })
    expect(await send({}, '42', `1:${'x'.repeat(35)}`)).toMatchObject({ kind: 'later', why: 'status-401' })
  })

  const rows = (count: number, width: number) =>
    Array.from({ length: count }, (_, row) => Array.from({ length: width }, () => press(`${row}`)))
  test.each<[string, Partial<ChatMessage>]>([
    ['4,096 characters', { text: 'я'.repeat(4_096) }],
    ['one more, cut', { text: 'я'.repeat(4_097) }],
    ['twelve rows of eight', { buttons: rows(12, 8) }],
    ['too many buttons', { buttons: rows(40, 10) }],
    ['a contact among others', { buttons: [[{ kind: 'contact', label: 'Номер' }], [press('назад')]] }],
  ])('is taken: %s', async (_what, message) => {
    expect(await send(message)).toMatchObject({ kind: 'taken' })
  })

  test('buttons stand under the message, a contact alone in the place of the keyboard', async () => {
    await send({ buttons: [[press('да'), press('нет')]] })
    await send({ buttons: [[{ kind: 'contact', label: 'Номер' }]] })
    const [inline, contact] = fake.shown.slice(-2)
    expect(inline?.markup?.inline_keyboard?.[0]).toEqual([
      { text: 'да', callback_data: '~'.padEnd(64, 'x') },
      { text: 'нет', callback_data: '~'.padEnd(64, 'x') },
    ])
    expect(contact?.markup?.keyboard).toEqual([[{ text: 'Номер', request_contact: true }]])
    // The keyboard that can ask for a contact knows no presses: beside others the contact is a press that leads to it.
    await send({ buttons: [[{ kind: 'contact', label: 'Номер' }], [press('назад')]] })
    expect(fake.shown.at(-1)?.markup?.inline_keyboard?.map(([button]) => button)).toEqual([
      { text: 'Номер', callback_data: '!contact' },
      { text: 'назад', callback_data: '~'.padEnd(64, 'x') },
    ])
    await send()
    expect(fake.shown.at(-1)?.markup).toBeNull()
  })
})

test('gateway telegram set-webhook gives the address and the secret, remove-webhook takes them back', async () => {
  const env = {
    PUBLIC_URL: 'https://readings.example.ru',
    TELEGRAM_BOT_TOKEN: telegramToken,
    TELEGRAM_WEBHOOK_SECRET: telegramSecret,
    TELEGRAM_API_URL: fake.url,
  }
  const lines: string[] = []
  const line = (text: string) => void lines.push(text)
  const context = { env, stdout: line, stderr: line, cwd: '.' }
  expect(await runCommand(['telegram', 'set-webhook'], context)).toBe(0)
  expect(fake.webhook()).toMatchObject({
    url: 'https://readings.example.ru/channels/telegram',
    secret_token: telegramSecret,
    allowed_updates: ['message', 'edited_message', 'callback_query'],
  })
  expect(await runCommand(['telegram', 'remove-webhook'], context)).toBe(0)
  expect(fake.webhook()).toBeNull()
  expect(lines.join()).not.toContain(telegramSecret)
})
