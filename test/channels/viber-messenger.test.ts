import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { viberMessenger } from '../../channels/viber/messenger.ts'
import { runCommand } from '../../src/cli/commands.ts'
import type { Fault } from '../../src/cli/demo/fakes/provider-server.ts'
import { type FakeViber, openFakeViber } from '../../src/cli/demo/fakes/viber-server.ts'
import type { ChatButton, ChatMessage, Receipt } from '../../src/core/chat.ts'
import { openChatHouse, viberToken } from './chat-house.ts'

let fake: FakeViber
beforeAll(async () => {
  fake = await openFakeViber(viberToken)
})
beforeEach(() => {
  fake.faults.length = 0
  fake.shown.length = 0
})
afterAll(() => fake.close())

const bot = (more: object = {}) => ({ apiUrl: fake.url, authToken: viberToken, senderName: 'Показания', ...more })
const receipt = (message: Partial<ChatMessage>, to = 'user'): Receipt => ({
  seq: 7,
  channel: 'viber',
  to,
  message: { text: 'Принято', buttons: [], ...message },
  submissionId: 's',
  tries: 0,
})
const send = (message: Partial<ChatMessage> = {}, to?: string) =>
  viberMessenger(bot(), { fetch }).send(receipt(message, to))
const press = (label: string): ChatButton => ({ kind: 'press', label, press: `~${'x'.repeat(63)}` })

describe('what Viber says to a message', () => {
  const doubt = { kind: 'later', afterMs: 30_000, inDoubt: true }
  const sure = { kind: 'later', afterMs: null, inDoubt: false }
  test.each<[string, Fault, object]>([
    ['1 invalidUrl', { say: { status: 1 } }, { kind: 'never', why: 'status-1' }],
    ['2 invalidAuthToken', { say: { status: 2 } }, { kind: 'later', why: 'status-2', afterMs: 60_000 }],
    ['3 badData', { say: { status: 3 } }, { kind: 'never', why: 'status-3' }],
    ['4 missingData', { say: { status: 4 } }, { kind: 'never', why: 'status-4' }],
    ['5 receiverNotRegistered', { say: { status: 5 } }, { kind: 'never', why: 'status-5' }],
    ['6 receiverNotSubscribed', { say: { status: 6 } }, { kind: 'never', why: 'status-6' }],
    ['7 publicAccountBlocked', { say: { status: 7 } }, { kind: 'never', why: 'status-7' }],
    ['8 publicAccountNotFound', { say: { status: 8 } }, { kind: 'later', why: 'status-8', afterMs: 60_000 }],
    ['9 publicAccountSuspended', { say: { status: 9 } }, { kind: 'later', why: 'status-9', afterMs: 60_000 }],
    ['10 webhookNotSet', { say: { status: 10 } }, { kind: 'later', why: 'status-10', afterMs: 60_000 }],
    ['11 receiverNoSuitableDevice', { say: { status: 11 } }, { kind: 'never', why: 'status-11' }],
    ['12 tooManyRequests', { say: { status: 12 } }, { kind: 'later', why: 'status-12', afterMs: null }],
    ['13 apiVersionNotSupported', { say: { status: 13 } }, { kind: 'never', why: 'status-13' }],
    ['15 publicAccountNotAuthorized', { say: { status: 15 } }, { kind: 'later', why: 'status-15', afterMs: 60_000 }],
    ['23 freeMessagesExceeded', { say: { status: 23 } }, { kind: 'later', why: 'status-23', afterMs: 60_000 }],
    ['24 noBalance', { say: { status: 24 } }, { kind: 'later', why: 'status-24', afterMs: 60_000 }],
    ['a status that is yet to come', { say: { status: 99 } }, { kind: 'never', why: 'status-99' }],
    ['408', { http: 408 }, { ...sure, why: 'http-408' }],
    ['429', { http: 429 }, { ...sure, why: 'http-429' }],
    ['500', { http: 500 }, { ...sure, why: 'http-500' }],
    ['503', { http: 503 }, { ...sure, why: 'http-503' }],
    ['400', { http: 400 }, { kind: 'never', why: 'http-400' }],
    ['no status', { say: {} }, { ...doubt, why: 'no-status' }],
    ['a page of a proxy', { http: 200, body: '<html>' }, { ...doubt, why: 'no-answer' }],
    ['a line that is cut', 'cut before', { ...doubt, why: 'no-answer' }],
    ['a line that is cut after all was done', 'cut after', { ...doubt, why: 'no-answer' }],
  ])('%s', async (_what, fault, sent) => {
    fake.faults.push(fault)
    expect(await send()).toEqual(sent)
  })

  test('taken: the token keeps its 64 bits', async () => {
    const sent = await send()
    expect(sent).toEqual({ kind: 'taken', providerId: fake.shown[0]?.token })
    expect(BigInt(fake.shown[0]?.token ?? 0) > BigInt(Number.MAX_SAFE_INTEGER)).toBe(true)
  })

  test('nobody listens: nothing was sent', async () => {
    const closed = await openFakeViber(viberToken)
    await closed.close()
    const gone = viberMessenger(bot({ apiUrl: closed.url }), { fetch })
    expect(await gone.send(receipt({}))).toEqual({ ...sure, why: 'unreachable' })
  })

  test('the token is wrong, the user has left', async () => {
    const stranger = viberMessenger(bot({ authToken: 'another-token-of-tests' }), { fetch })
    expect(await stranger.send(receipt({}))).toMatchObject({ kind: 'later', why: 'status-2' })
    fake.subscribers.blocked.add('left')
    expect(await send({}, 'left')).toEqual({ kind: 'never', why: 'status-6' })
  })

  test('after 100 messages without a reply it is too many, until the user writes', async () => {
    for (let number = 0; number < 100; number += 1) await send({}, 'silent')
    expect(await send({}, 'silent')).toMatchObject({ why: 'status-12' })
    fake.heard('silent')
    expect(await send({}, 'silent')).toMatchObject({ kind: 'taken' })
  })
})

describe('what Viber takes', () => {
  const rows = (count: number, width: number) =>
    Array.from({ length: count }, (_, row) => Array.from({ length: width }, () => press(`${row}`)))
  test.each<[string, Partial<ChatMessage>]>([
    ['7,000 characters', { text: 'я'.repeat(7_000) }],
    ['one more, cut', { text: 'я'.repeat(7_001) }],
    ['100,000 characters in lines, cut', { text: 'строка показаний\n'.repeat(6_000) }],
    ['one button', { buttons: rows(1, 1) }],
    ['twelve rows of six', { buttons: rows(12, 6) }],
    ['too many rows', { buttons: rows(40, 2) }],
    ['too many in a row', { buttons: rows(1, 9) }],
    ['rows of four and five', { buttons: [...rows(1, 4), ...rows(1, 5)] }],
    ['a label that is too long', { buttons: [[press('ж'.repeat(400))]] }],
    ['a contact', { buttons: [[{ kind: 'contact', label: 'Номер' }], [press('назад')]] }],
    ['all of it together', { text: 'я'.repeat(9_000), buttons: rows(12, 3) }],
  ])('%s', async (_what, message) => {
    expect(await send(message)).toMatchObject({ kind: 'taken' })
  })

  test('a row fills its six columns, and a press comes back as it was given', async () => {
    await send({ buttons: [[press('a'), press('b'), press('c'), press('d')], [press('e')]] })
    const [shown] = fake.shown
    expect(shown?.keyboard?.map(({ Columns }) => Columns)).toEqual([1, 1, 1, 3, 6])
    expect(shown?.keyboard?.[0]).toMatchObject({ ActionType: 'reply', ActionBody: `~${'x'.repeat(63)}`, Silent: true })
  })

  test('of too many rows the last one, the way back, stays', async () => {
    await send({ buttons: rows(40, 1) })
    expect(fake.shown[0]?.keyboard?.map(({ Text }) => Text)).toEqual([...Array(11).keys(), 39].map(String))
  })

  test('a label is no markup', async () => {
    await send({ buttons: [[press('<b>& дальше')]] })
    expect(fake.shown[0]?.keyboard?.[0]?.Text).toBe('&lt;b&gt;&amp; дальше')
  })

  test('the receipt is named in what comes back, and whether a contact was asked for', async () => {
    await send()
    await send({ buttons: [[{ kind: 'contact', label: 'Номер' }]] })
    expect(fake.shown.map(({ trackingData }) => trackingData)).toEqual(['r7', 'r7.contact'])
    expect(fake.shown[1]?.keyboard?.[0]).toMatchObject({ ActionType: 'share-phone' })
  })
})

describe('gateway viber', () => {
  const run = async (words: string[], env: Record<string, string> = {}) => {
    const lines: string[] = []
    const line = (text: string) => void lines.push(text)
    const all = { VIBER_AUTH_TOKEN: viberToken, VIBER_API_URL: fake.url, ...env }
    const status = await runCommand(words, { env: all, stdout: line, stderr: line, cwd: '.' })
    return { status, said: lines.join('\n') }
  }

  test('set-webhook brings events to PUBLIC_URL, which Viber tries at once; remove-webhook ends it', async () => {
    const house = await openChatHouse({ VIBER_API_URL: fake.url })
    try {
      const set = await run(['viber', 'set-webhook'], { PUBLIC_URL: house.url })
      expect(set).toEqual({ status: 0, said: `viber brings its events to ${house.url}/channels/viber` })
      // The end of a receipt's doubt, a failure, a welcome, and the name that tells the own contact come only if wanted.
      expect(fake.webhook()).toMatchObject({
        url: `${house.url}/channels/viber`,
        event_types: expect.arrayContaining(['delivered', 'failed', 'conversation_started']),
        send_name: true,
      })
      expect((await run(['viber', 'remove-webhook'], { PUBLIC_URL: house.url })).status).toBe(0)
      expect(fake.webhook()).toBeNull()
    } finally {
      await house.end()
    }
  })

  test.each<[string, string[], Record<string, string>, number, string]>([
    [
      'an address where nobody answers',
      ['viber'],
      { PUBLIC_URL: 'http://127.0.0.1:1' },
      1,
      'viber: status 1, invalidUrl',
    ],
    [
      'a wrong token',
      ['viber'],
      { VIBER_AUTH_TOKEN: 'another-token-of-tests' },
      1,
      'viber: status 2, invalidAuthToken',
    ],
    ['no token', ['viber'], { VIBER_AUTH_TOKEN: '' }, 1, 'viber: is off: its token is not set'],
    ['a channel without webhooks', ['sms'], {}, 2, 'usage: gateway viber|telegram set-webhook'],
    ['too many words', ['viber', 'now'], {}, 2, 'usage: gateway viber|telegram set-webhook'],
    ['a bad configuration', ['viber'], { PORT: 'x' }, 1, 'PORT must be a whole number from 0 to 65535'],
  ])('set-webhook says what is wrong: %s', async (_what, args, env, status, said) => {
    const [name = '', ...more] = args
    expect(await run([name, 'set-webhook', ...more], env)).toEqual({ status, said })
  })
})
