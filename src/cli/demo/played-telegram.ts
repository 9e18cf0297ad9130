import { type FakeTelegram, openFakeTelegram, type TelegramShown } from './fakes/telegram-server.ts'
import type { Deed, Done, PlayedMessenger, PlayedParts, Shown } from './played-messenger.ts'

const BILL = 'bill'

/** Telegram with users that are played: its Bot API is the fake one, its updates carry the secret as Telegram's do. */
export async function playTelegram(
  parts: PlayedParts & { readonly secret: string },
): Promise<PlayedMessenger & { readonly fake: FakeTelegram }> {
  const { token, secret, url, bill, firstId } = parts
  const fake = await openFakeTelegram(token)
  fake.files.set(BILL, bill)
  let id = firstId

  async function play(user: string, deed: Deed): Promise<Done> {
    const response = await fetch(`${url()}/channels/telegram`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body: JSON.stringify({ update_id: Number(id++), ...updateOf(user, deed) }),
    })
    const answer = await response.text()
    if (answer !== '') await call(JSON.parse(answer))
    return { status: response.status, outcome: response.headers.get('x-reading-outcome') ?? '' }
  }

  /** Telegram makes the call of its API that stands in an answer. */
  async function call({ method, ...args }: { readonly method: string }): Promise<void> {
    const address = `${fake.url}/bot${token}/${method}`
    const { ok } = await fetch(address, { method: 'POST', body: JSON.stringify(args) })
    if (!ok) throw new Error(`Telegram would not take this ${method}`)
  }

  return { fake, play, shown: () => fake.shown.map(shownOf), close: () => fake.close() }
}

function updateOf(user: string, deed: Deed): object {
  const from = { id: Number(user), is_bot: false, first_name: user, language_code: 'ru' }
  const chat = { id: Number(user), type: 'private' }
  if (deed.kind === 'press') return { callback_query: { id: '1', from, data: deed.press, message: { chat } } }
  return { message: { chat, from, ...contentOf(user, deed) } }
}

function contentOf(user: string, deed: Exclude<Deed, { kind: 'press' }>): object {
  if (deed.kind === 'open') return { text: deed.link === '' ? '/start' : `/start ${deed.link}` }
  if (deed.kind === 'bill') return { photo: [{ file_id: BILL }] }
  if (deed.kind === 'contact') return { contact: { phone_number: deed.phone, user_id: Number(user) } }
  return { text: deed.text }
}

function shownOf({ to, text, markup }: TelegramShown): Shown {
  const { inline_keyboard: inline, keyboard = [] } = markup ?? {}
  const own = { messenger: 'telegram', user: to, text } as const
  if (inline === undefined)
    return {
      ...own,
      place: 'keyboard',
      rows: keyboard.map((row) => row.map((one) => ({ label: one.text, press: null }))),
    }
  const rows = inline.map((row) => row.map(({ text: label, callback_data }) => ({ label, press: callback_data ?? '' })))
  return { ...own, place: 'message', rows }
}
