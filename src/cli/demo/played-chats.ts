import { deepLinkOf } from '../../channel/deep-link.ts'
import { type Customer, customers, formSample } from './customers.ts'
import type { Deed, Done, MessengerName, PlayedMessenger, Shown } from './played-messenger.ts'
import { playTelegram } from './played-telegram.ts'
import { playViber } from './played-viber.ts'

/** A message in the demonstration's chats, counted from 1 over both. */
export interface ChatLine {
  readonly seq: number
  readonly messenger: MessengerName
  /** Whose: a customer's `id`. */
  readonly customer: string
  readonly text: string
  readonly rows: Shown['rows']
  readonly place: Shown['place']
}

/** Both messengers, and the bundled customers in them. */
export interface PlayedChats {
  /** What the gateway must be told of them. */
  readonly env: Readonly<Record<string, string>>
  /** null: there is no such messenger, customer or deed. */
  readonly play: (wish: Readonly<Record<string, string>>) => Promise<Done | null>
  readonly linesAfter: (seq: number) => readonly ChatLine[]
  readonly close: () => Promise<void>
}

/** Telegram's chats are numbers. */
const FIRST_CHAT = 1_001
/** Above the largest double that is an integer, as Viber's own tokens are. */
const FIRST_TOKEN = 4_912_661_846_655_238_145n

/** Opens them; `url`: where the gateway listens, asked when first needed. */
export async function playChats(own: { token: string; bill: Buffer; url: () => string }): Promise<PlayedChats> {
  const { token, bill, url } = own
  const botToken = `1:${token}`
  const viber = await playViber({ token, bill, url, firstId: FIRST_TOKEN })
  const telegram = await playTelegram({ token: botToken, secret: token, bill, url, firstId: 1n })
  const messengers = { viber, telegram }
  const lines: ChatLine[] = []
  const seen = { viber: 0, telegram: 0 }

  function gather(name: MessengerName, { shown }: PlayedMessenger): void {
    const fresh = shown().slice(seen[name])
    seen[name] += fresh.length
    for (const { user, ...said } of fresh) lines.push({ seq: lines.length + 1, customer: customerOf(user), ...said })
  }

  return {
    env: {
      VIBER_AUTH_TOKEN: token,
      VIBER_API_URL: viber.fake.url,
      TELEGRAM_BOT_TOKEN: botToken,
      TELEGRAM_WEBHOOK_SECRET: token,
      TELEGRAM_API_URL: telegram.fake.url,
    },
    play: async ({ messenger = '', customer: id = '', ...wish }) => {
      const at = customers.findIndex((one) => one.id === id)
      const deed = deedOf(wish, customers[at])
      if (deed === null || !(messenger === 'viber' || messenger === 'telegram')) return null
      return messengers[messenger].play(messenger === 'viber' ? id : String(FIRST_CHAT + at), deed)
    },
    linesAfter: (seq) => {
      gather('viber', viber)
      gather('telegram', telegram)
      return lines.slice(seq)
    },
    close: async () => {
      await Promise.all([viber.close(), telegram.close()])
    },
  }
}

function customerOf(user: string): string {
  return customers[Number(user) - FIRST_CHAT]?.id ?? user
}

/** What the page asks for; null: nothing that can be done. */
function deedOf({ does, what = '' }: Readonly<Record<string, string>>, customer?: Customer): Deed | null {
  if (customer === undefined) return null
  if (does === 'open') return { kind: 'open', link: '' }
  if (does === 'link') return { kind: 'open', link: deepLinkOf(formSample.account, formSample.meter) ?? '' }
  if (does === 'contact') return { kind: 'contact', phone: customer.phone }
  if (does === 'bill') return { kind: 'bill' }
  if (what === '') return null
  if (does === 'text') return { kind: 'text', text: what }
  return does === 'press' ? { kind: 'press', press: what } : null
}
