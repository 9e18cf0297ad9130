import { z } from 'zod'
import { pictureReader } from '../../src/channel/bill-picture.ts'
import {
  type ChannelContext,
  defineChannel,
  intakeRoute,
  type Probe,
  type Route,
  type WebhookProblem,
  type WireReply,
} from '../../src/channel/define-channel.ts'
import { emptyReply, jsonReply } from '../../src/channel/replies.ts'
import { billEnv, billUrlsOf } from '../../src/channel/shared-variables.ts'
import { plainAddress, secret } from '../../src/channel/variables.ts'
import { answeredProblem, awayProblem, placeProblem } from '../../src/channel/webhook-problems.ts'
import type { Answer } from '../../src/core/delivery.ts'
import { viberMessage } from './keyboard.ts'
import { callViber, viberMessenger } from './messenger.ts'
import { callbackOf, deliveryOf } from './read.ts'
import { signAsViber, viberSignature } from './signature.ts'
import { type ViberEvent, viberEvent } from './wire.ts'

const Env = z.object({
  VIBER_AUTH_TOKEN: secret(16)
    .optional()
    .describe("The Viber bot's token, which signs every event and opens its API; turns on /channels/viber."),
  VIBER_API_URL: plainAddress.default('https://chatapi.viber.com/pa').describe("The address of Viber's API."),
  VIBER_SENDER_NAME: z
    .string()
    .max(28, { error: 'must have at most 28 characters' })
    .default('Показания')
    .describe('The name under which the Viber bot speaks; at most 28 characters.'),
  ...billEnv,
})
type Env = z.infer<typeof Env>
type On = Env & { readonly VIBER_AUTH_TOKEN: string }

/** Chats with the Viber bot. */
export const viber = defineChannel({
  name: 'viber',
  prefix: '/channels/viber',
  env: Env,
  routes: (env, context) => (isOn(env) ? [eventRoute(env, context)] : []),
  messenger: (env, io) => (isOn(env) ? viberMessenger(botOf(env), io) : null),
  webhook: (env, { publicUrl, io: { fetch } }) => {
    if (!isOn(env)) return null
    const set = (url: string) => callViber(botOf(env), fetch, { path: 'set_webhook', body: { url, ...WANTED } })
    const here = `${publicUrl}/channels/viber`
    return {
      check: async () => {
        const said = await callViber(botOf(env), fetch, { path: 'get_account_info', body: {} })
        return problemIn(said) ?? placeProblem('answer' in said && said.answer['webhook'], here)
      },
      set: async () => problemIn(await set(here)),
      remove: async () => problemIn(await set('')),
    }
  },
  probes: (env, { probeId }) => (isOn(env) ? [viberProbe(env, probeId)] : []),
})

function isOn(env: Env): env is On {
  return env.VIBER_AUTH_TOKEN !== undefined
}

function botOf({ VIBER_API_URL: apiUrl, VIBER_AUTH_TOKEN: authToken, VIBER_SENDER_NAME: senderName }: On) {
  return { apiUrl, authToken, senderName }
}

/** `delivered` tells what became of a message whose sender died; `seen` would only come on top of it. */
const WANTED = {
  event_types: ['delivered', 'failed', 'subscribed', 'unsubscribed', 'conversation_started'],
  send_name: true,
  send_photo: false,
}

function problemIn(said: Awaited<ReturnType<typeof callViber>>): WebhookProblem | null {
  if ('why' in said) return awayProblem('VIBER_API_URL', said.why)
  return said.status === 0 ? null : answeredProblem(`status ${said.status}, ${String(said.answer['status_message'])}`)
}

/** Where Viber keeps the pictures that its users send. */
const PICTURE_HOSTS = ['.viber.com']
/** A text has at most 7,000 characters; escaped, 6 bytes each; a user's name and the address of an avatar beside it. */
const BODY_BYTES_MAX = 65_536

function eventRoute(env: On, { io }: ChannelContext): Route {
  const readPicture = pictureReader(io, { hosts: PICTURE_HOSTS, apiUrl: env.VIBER_API_URL }, billUrlsOf(env))
  return intakeRoute<ViberEvent>({
    path: '',
    mediaType: 'application/json',
    bodyBytesMax: BODY_BYTES_MAX,
    // Buttons make more messages than typing does; who guesses accounts needs more still.
    limits: [{ most: 120, counts: 'unsettled', key: ({ sender, user }) => (sender ?? user)?.id ?? null }],
    authenticate: viberSignature(env.VIBER_AUTH_TOKEN),
    parse: viberEvent,
    collect: async (event) => {
      const { message } = event
      if (message?.type !== 'picture' || !message.media) return event
      return { ...event, picture: await readPicture({ url: message.media, caption: message.text ?? '' }) }
    },
    read: (event, { now }) => deliveryOf(event, now()),
    callback: callbackOf,
    reply: (answer, event) => (event.event === 'conversation_started' ? welcome(answer, env) : NOTHING),
    // Viber takes no reply to a message in the answer, and brings what is answered 429 again.
    tooMany: () => NOTHING,
  })
}

const NOTHING = emptyReply(200)

/** One message is taken in the answer: all of ours under the last one's buttons. It goes to the one who opened, without a receiver. */
function welcome({ messages = [], submissionId }: Answer, { VIBER_SENDER_NAME }: On): WireReply {
  const last = messages.at(-1)
  if (last === undefined) return NOTHING
  const text = messages.map((message) => message.text).join('\n\n')
  return jsonReply(viberMessage({ text, buttons: last.buttons }, VIBER_SENDER_NAME, `w${submissionId}`))
}

/** The event by which Viber tries a webhook; it leaves nothing behind. */
function viberProbe({ VIBER_AUTH_TOKEN }: On, probeId: string): Probe {
  const body = JSON.stringify({
    event: 'webhook',
    timestamp: 0,
    message_token: Number.parseInt(probeId.slice(0, 8), 16),
  })
  return {
    what: 'events from Viber',
    path: '/channels/viber',
    headers: {
      'content-type': 'application/json',
      'x-viber-content-signature': signAsViber(VIBER_AUTH_TOKEN, body),
    },
    body,
    expects: null,
  }
}
