import {
  type FakeViber,
  openFakeViber,
  type ShownMessage,
  type ViberButton,
  viberRequest,
} from './fakes/viber-server.ts'
import type { Deed, Done, PlayedMessenger, PlayedParts, Shown, ShownButton } from './played-messenger.ts'

const BILL = '/media/bill.png'
const COLUMNS = 6

/** Viber with users that are played: its API is the fake one, its events are signed and posted as Viber's are. */
export async function playViber(parts: PlayedParts): Promise<PlayedMessenger & { readonly fake: FakeViber }> {
  const { token, url, bill, firstId } = parts
  const fake = await openFakeViber(token)
  fake.pictures.set(BILL, bill)
  let id = firstId

  async function play(user: string, deed: Deed): Promise<Done> {
    const { headers, body } = viberRequest(token, eventOf(fake, id++, user, deed))
    fake.heard(user)
    const response = await fetch(`${url()}/channels/viber`, { method: 'POST', headers, body })
    const answer = await response.text()
    const wrong = answer === '' || deed.kind !== 'open' ? null : fake.welcome(user, JSON.parse(answer))
    if (wrong !== null) throw new Error(`Viber would not show this welcome: ${wrong}`)
    return { status: response.status, outcome: response.headers.get('x-reading-outcome') ?? '' }
  }

  return { fake, play, shown: () => fake.shown.map(shownOf), close: () => fake.close() }
}

/** The event as Viber writes it: the token a number of 64 bits. */
function eventOf(fake: FakeViber, token: bigint, user: string, deed: Deed): string {
  const person = { id: user, name: user, language: 'ru', country: 'RU', api_version: 10 }
  const fields =
    deed.kind === 'open'
      ? { event: 'conversation_started', type: 'open', context: deed.link, user: person, subscribed: false }
      : { event: 'message', sender: person, message: messageOf(fake, user, deed), silent: false }
  return JSON.stringify(fields).replace('{', `{"message_token":${token},"timestamp":${Date.now()},`)
}

/** With every message comes the tracking data of the last one that the user got. */
function messageOf(fake: FakeViber, user: string, deed: Exclude<Deed, { kind: 'open' }>): object {
  const tracking_data = fake.shown.findLast(({ to }) => to === user)?.trackingData ?? ''
  if (deed.kind === 'bill') return { type: 'picture', media: fake.url + BILL, tracking_data }
  if (deed.kind === 'contact')
    return { type: 'contact', contact: { name: user, phone_number: deed.phone.replace('+', '') }, tracking_data }
  return { type: 'text', text: deed.kind === 'press' ? deed.press : deed.text, tracking_data }
}

function shownOf({ to, text, keyboard }: ShownMessage): Shown {
  return { messenger: 'viber', user: to, text, rows: rowsOf(keyboard ?? []), place: 'keyboard' }
}

/** Buttons stand in rows of six columns. */
function rowsOf(buttons: readonly ViberButton[]): readonly (readonly ShownButton[])[] {
  const rows: ShownButton[][] = []
  let free = 0
  for (const { Columns, Text, ActionType, ActionBody } of buttons) {
    if (free < Columns) {
      rows.push([])
      free = COLUMNS
    }
    free -= Columns
    rows.at(-1)?.push({ label: plain(Text), press: ActionType === 'share-phone' ? null : ActionBody })
  }
  return rows
}

/** Viber reads labels as HTML. */
function plain(html: string): string {
  return html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
