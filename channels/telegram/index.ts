import { z } from 'zod'
import {
  type ChannelContext,
  type ChannelIo,
  defineChannel,
  intakeRoute,
  type Probe,
  type Route,
  type WireReply,
} from '../../src/channel/define-channel.ts'
import { emptyReply, jsonReply } from '../../src/channel/replies.ts'
import { billEnv, billUrlsOf } from '../../src/channel/shared-variables.ts'
import { equalInConstantTime } from '../../src/channel/signatures.ts'
import { plainAddress } from '../../src/channel/variables.ts'
import { placeProblem } from '../../src/channel/webhook-problems.ts'
import { CONTACT_PRESS, contactKeyboard } from './keyboard.ts'
import { problemIn, telegramApi, telegramMessenger } from './messenger.ts'
import { updatePictures } from './pictures.ts'
import { deliveryOf } from './read.ts'
import { languageOf, type TelegramUpdate, telegramUpdate } from './wire.ts'
import { telegramWords } from './words.ts'

const Env = z
  .object({
    TELEGRAM_BOT_TOKEN: z
      .string()
      .regex(/^\d+:[A-Za-z0-9_-]{30,}$/, { error: 'must be a token as BotFather gives it' })
      .optional()
      .describe("The Telegram bot's token, which opens its API; turns on /channels/telegram."),
    TELEGRAM_WEBHOOK_SECRET: z
      .string()
      .regex(/^[A-Za-z0-9_-]{16,256}$/, { error: 'must be 16 to 256 letters, digits, dashes and underscores' })
      .optional()
      .describe('The secret, of our own making, that Telegram sends with every update.'),
    TELEGRAM_API_URL: plainAddress.default('https://api.telegram.org').describe("The address of Telegram's Bot API."),
    ...billEnv,
  })
  .refine((env) => env.TELEGRAM_BOT_TOKEN === undefined || env.TELEGRAM_WEBHOOK_SECRET !== undefined, {
    path: ['TELEGRAM_WEBHOOK_SECRET'],
    error: 'must be set with TELEGRAM_BOT_TOKEN',
  })
type Env = z.infer<typeof Env>

type On = Env & { readonly TELEGRAM_BOT_TOKEN: string; readonly TELEGRAM_WEBHOOK_SECRET: string }

/** Chats with the Telegram bot. */
export const telegram = defineChannel({
  name: 'telegram',
  prefix: '/channels/telegram',
  env: Env,
  routes: (env, context) => (isOn(env) ? [updateRoute(env, context)] : []),
  messenger: (env, io) => (isOn(env) ? telegramMessenger(apiOf(env, io)) : null),
  webhook: (env, { publicUrl, io }) => {
    if (!isOn(env)) return null
    const api = apiOf(env, io)
    const wanted = {
      secret_token: env.TELEGRAM_WEBHOOK_SECRET,
      allowed_updates: ['message', 'edited_message', 'callback_query'] as const,
    }
    const here = `${publicUrl}/channels/telegram`
    return {
      check: () => problemIn(api.getWebhookInfo(), ({ url }) => placeProblem(url, here)),
      set: () => problemIn(api.setWebhook(here, wanted)),
      remove: () => problemIn(api.deleteWebhook()),
    }
  },
  probes: (env, { probeId }) => (isOn(env) ? [telegramProbe(env, probeId)] : []),
})

function isOn(env: Env): env is On {
  return env.TELEGRAM_BOT_TOKEN !== undefined && env.TELEGRAM_WEBHOOK_SECRET !== undefined
}

function apiOf({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_URL: apiUrl }: On, io: ChannelIo) {
  return telegramApi(token, apiUrl, io)
}

/** A message of 4,096 characters; escaped, 12 bytes each at most; its formatting and the message it answers beside it. */
const BODY_BYTES_MAX = 131_072

function updateRoute(env: On, { io }: ChannelContext): Route {
  return intakeRoute<TelegramUpdate>({
    path: '',
    mediaType: 'application/json',
    bodyBytesMax: BODY_BYTES_MAX,
    // Buttons make more messages than typing does; who guesses accounts needs more still.
    limits: [{ most: 120, counts: 'unsettled', key: chatOf }],
    authenticate: ({ headers }) => {
      const given = headers['x-telegram-bot-api-secret-token']
      return typeof given === 'string' && equalInConstantTime(given, env.TELEGRAM_WEBHOOK_SECRET)
    },
    parse: telegramUpdate,
    collect: updatePictures({ token: env.TELEGRAM_BOT_TOKEN, apiUrl: env.TELEGRAM_API_URL }, io, billUrlsOf(env)),
    read: (update, { now }) => deliveryOf(update, now()),
    reply: (_answer, update) => pressed(update),
    ignored: (update) => editNotTaken(update) ?? askForContact(update),
    tooMany,
  })
}

function chatOf({ message, callback_query }: TelegramUpdate): string | null {
  return message?.chat.id ?? callback_query?.from.id ?? null
}

const NOTHING = emptyReply(200)

/** Telegram takes one call of its API in the answer: the one that ends the waiting of a pressed button. */
function pressed({ callback_query: query }: TelegramUpdate): WireReply {
  return query === undefined ? NOTHING : jsonReply({ method: 'answerCallbackQuery', callback_query_id: query.id })
}

/** Two digits may be a reading; Telegram tells of edits that nobody made too, and of ones that say nothing to us. */
const READING = /\d{2}/

/** Whoever corrects a reading by editing his message is told that only a new one counts; null: it is no such edit. */
function editNotTaken(update: TelegramUpdate): WireReply | null {
  const { edited_message: edited } = update
  if (edited?.chat.type !== 'private' || !READING.test(edited.text ?? edited.caption ?? '')) return null
  return jsonReply({ method: 'sendMessage', chat_id: edited.chat.id, text: telegramWords[languageOf(update)].edited })
}

/** The button for the contact was pressed under a message: the keyboard that can ask for it comes in the answer. */
function askForContact(update: TelegramUpdate): WireReply {
  const { callback_query: query } = update
  if (query?.data !== CONTACT_PRESS) return pressed(update)
  const { ask, share } = telegramWords[languageOf(update)]
  return jsonReply({ method: 'sendMessage', chat_id: query.from.id, text: ask, reply_markup: contactKeyboard(share) })
}

function tooMany(update: TelegramUpdate): WireReply {
  const { tooMany: text } = telegramWords[languageOf(update)]
  return jsonReply({ method: 'sendMessage', chat_id: chatOf(update), text })
}

/** An update that is none of ours; it leaves nothing behind. */
function telegramProbe({ TELEGRAM_WEBHOOK_SECRET: secret }: On, probeId: string): Probe {
  return {
    what: 'updates from Telegram',
    path: '/channels/telegram',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
    body: JSON.stringify({ update_id: Number.parseInt(probeId.slice(0, 8), 16) }),
    expects: null,
  }
}
