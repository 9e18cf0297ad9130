import { describe, expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { openChatGateway, telegramSecret, textToViber } from './chat-house.ts'
import { sharedHouse } from './shared-house.ts'

const house = sharedHouse((registry) => openChatGateway(registry, '2026-11-22T03:00:00Z'))

/** A text as Telegram posts it under that id. */
function toTelegram(id: string, user: string, text: string): Promise<Response> {
  const chat = { id: Number(user), type: 'private' }
  return fetch(`${house().url}/channels/telegram`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': telegramSecret },
    body: JSON.stringify({ update_id: Number(id), message: { chat, from: { id: Number(user) }, text } }),
  })
}

const toViber = (token: string, user: string, text: string) => textToViber(house().url, { token, user, text })

const isSent = async () =>
  (await house().store.receiptState('viber')).waiting + (await house().store.receiptState('telegram')).waiting === 0

describe.each([
  ['viber', toViber, '2880950488 56311'],
  ['telegram', toTelegram, '2876573421 874148410 79938'],
] as const)('of %s', (messenger, post, text) => {
  test('50 deliveries of one token at once make one event and one reply', async () => {
    const before = (await house().accepted()).length
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('5741311803571721087', '501', text)))
    const outcomes = answers.map(({ status, headers }) => `${status} ${headers.get('x-reading-outcome')}`)
    expect([...new Set(outcomes)]).toEqual([expect.stringMatching(/^200 accepted/)])
    await eventually(isSent)
    expect((await house().accepted()).length).toBe(before + 1)
    expect(house().texts(messenger, '501')).toHaveLength(1)
  })
})

test('two tokens of Viber that are one double are two messages', async () => {
  const [first, second] = ['4912661846655238145', '4912661846655238146']
  expect(Number(first)).toBe(Number(second))
  await toViber(first, '502', 'помощь')
  await toViber(second, '502', 'помощь')
  await eventually(isSent)
  expect(house().texts('viber', '502')).toHaveLength(2)
})
