import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FakeTelegram, openFakeTelegram } from '../../src/cli/demo/fakes/telegram-server.ts'
import { type FakeViber, openFakeViber, viberRequest, whatIsWrong } from '../../src/cli/demo/fakes/viber-server.ts'
import { createDialog } from '../../src/dialog/decide.ts'
import { eventually } from '../eventually.ts'
import { type ChatHouse, openChatHouse, type Posted, telegramSecret, telegramToken, viberToken } from './chat-house.ts'
import { eventBody, text, user } from './viber-events.ts'

let viber: FakeViber
let telegram: FakeTelegram
let house: ChatHouse
beforeAll(async () => {
  ;[viber, telegram] = await Promise.all([openFakeViber(viberToken), openFakeTelegram(telegramToken)])
  const env = {
    VIBER_API_URL: viber.url,
    TELEGRAM_API_URL: telegram.url,
    BRANCHES_FILE: fileURLToPath(new URL('../fixtures/branches.json', import.meta.url)),
    CLOCK: '2026-11-22T03:00:00Z',
  }
  house = await openChatHouse(env, { dialog: createDialog, registry: true })
})
afterAll(async () => {
  await house.end()
  await Promise.all([viber.close(), telegram.close()])
})

/** A button as its user sees it, and what the messenger brings when it is pressed. */
interface Button {
  readonly label: string
  readonly press: string
}

/** A messenger as its user has it. */
interface Chat {
  open(link: string): Promise<Posted>
  say(said: string): Promise<Posted>
  press(press: string): Promise<Posted>
  /** How many messages came, and the last of them. */
  shown(): { count: number; text: string; buttons: readonly Button[] }
}

const ofViber = (name: string): Chat => {
  const post = (body: string) =>
    house.post({ url: '/channels/viber', headers: viberRequest(viberToken, body).headers, body })
  const own = () => viber.shown.filter(({ to }) => to === name)
  return {
    open: (context) => post(eventBody('conversation_started', { type: 'open', context, user: user(name) })),
    say: (said) => post(text(name, said)),
    press: (press) => post(text(name, press)),
    shown: () => ({
      count: own().length,
      text: own().at(-1)?.text ?? '',
      buttons: (own().at(-1)?.keyboard ?? []).map(({ Text, ActionBody }) => ({ label: Text, press: ActionBody })),
    }),
  }
}

let updates = 1
const ofTelegram = (id: string): Chat => {
  const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': telegramSecret }
  const post = (fields: object) =>
    house.post({ url: '/channels/telegram', headers, body: JSON.stringify({ update_id: updates++, ...fields }) })
  const [from, chat] = [{ id: Number(id) }, { id: Number(id), type: 'private' }]
  const own = () => telegram.shown.filter(({ to }) => to === id)
  return {
    open: (link) => post({ message: { chat, from, text: `/start ${link}` } }),
    say: (said) => post({ message: { chat, from, text: said } }),
    press: (data) => post({ callback_query: { id: '1', from, data, message: { chat } } }),
    shown: () => ({
      count: own().length,
      text: own().at(-1)?.text ?? '',
      buttons: (own().at(-1)?.markup?.inline_keyboard ?? [])
        .flat()
        .map(({ text: label, callback_data = '' }) => ({ label, press: callback_data })),
    }),
  }
}

/** What the chat shows after that was done. */
async function after(chat: Chat, does: () => Promise<Posted>) {
  const before = chat.shown().count
  const { status, outcome } = await does()
  await eventually(() => chat.shown().count > before)
  return { status, outcome, ...chat.shown() }
}

describe.each<[string, (name: string) => Chat]>([
  ['Viber', (name) => ofViber(`viber ${name}`)],
  ['Telegram', (name) => ofTelegram(name)],
])('a conversation on %s', (_messenger, chatOf) => {
  test('takes all in one message, as a text message does', async () => {
    const chat = chatOf('101')
    const { status, outcome, text: said } = await after(chat, () => chat.say('2880950488 56311'))
    expect([status, outcome]).toEqual([200, 'accepted;flags="NO_SERIAL"'])
    expect(said).toContain('56311')
  })

  test('every button that it shows is one that it understands', async () => {
    const chat = chatOf('102')
    const { buttons } = await after(chat, () => chat.say('помощь'))
    expect(buttons.length).toBeGreaterThan(2)
    for (const { press } of buttons.filter((button) => button.press.startsWith('~'))) {
      const pressed = await after(chat, () => chat.press(press))
      expect([press, pressed.status, pressed.text === '']).toEqual([press, 200, false])
    }
  })

  test('asks, and takes the answer by a button', async () => {
    const chat = chatOf('103')
    const asked = await after(chat, () => chat.say('2880950488 57800'))
    expect(asked.outcome).toMatch(/^asked;code=VERY_HIGH/)
    const yes = asked.buttons.find(({ press }) => press.startsWith('~yes'))
    const taken = await after(chat, () => chat.press(yes?.press ?? ''))
    expect(taken.outcome).toContain('CONFIRMED')
  })
})

test('the welcome of Viber knows the account of the link, and is what Viber takes', async () => {
  const { status, body } = await ofViber('linked').open('2880950488_250592064305057')
  expect([status, whatIsWrong(JSON.parse(body))]).toEqual([200, null])
  expect((await after(ofViber('linked'), () => ofViber('linked').say('56311'))).outcome).toMatch(
    /^(accepted|duplicate)/,
  )
})

test('the start of Telegram knows it too, and leaves as every message does', async () => {
  const chat = ofTelegram('104')
  expect((await after(chat, () => chat.open('2880950488_250592064305057'))).text).not.toBe('')
  expect((await after(chat, () => chat.say('56311'))).outcome).toMatch(/^(accepted|duplicate)/)
})
