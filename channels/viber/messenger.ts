import { parseExactly } from '../../src/channel/bodies.ts'
import type { ChannelIo } from '../../src/channel/define-channel.ts'
import type { ChatMessenger, Receipt, Sent } from '../../src/core/chat.ts'
import { errorCode } from '../../src/core/error-code.ts'
import { viberMessage } from './keyboard.ts'
import { EXACT } from './wire.ts'

/** Where and as whom the bot speaks. */
export interface ViberBot {
  readonly apiUrl: string
  readonly authToken: string
  readonly senderName: string
}

/** An answer of Viber's API: its status (0: done) and the whole of it; or what went wrong on the way. `unknown`: Viber may have done it. */
export type ViberSaid =
  | { readonly status: number; readonly answer: Readonly<Record<string, unknown>> }
  | { readonly why: string; readonly fault: 'ours' | 'theirs' | 'unknown' }

/** Viber lets 100 messages an hour go to a user who does not reply, and answers 12 to the next. */
const UNANSWERED = { most: 100, windowMs: 3_600_000 }
const CALL_MS_MAX = 10_000
const TOO_MANY_REQUESTS = 12
/** What is wrong with the bot and not with the message, until an operator mends it: token, account, webhook, balance. */
const BOT_AT_FAULT = new Set([2, 8, 9, 10, 15, 23, 24])
const MENDING_MS = 60_000
/** In that time the callback of a message that arrived has come, if its user's telephone is on. */
const DOUBT_MS = 30_000

/** Sends receipts by `send_message`. */
export function viberMessenger(bot: ViberBot, { fetch }: Pick<ChannelIo, 'fetch'>): ChatMessenger {
  return {
    unanswered: UNANSWERED,
    send: async (receipt) => sentOf(await callViber(bot, fetch, { path: 'send_message', body: bodyOf(receipt, bot) })),
  }
}

/** The receipt's number comes back with the user's next message, and tells in Viber's own log what was sent. */
function bodyOf({ to, message, seq }: Receipt, { senderName }: ViberBot) {
  return { receiver: to, ...viberMessage(message, senderName, `r${seq}`) }
}

/** What an answer means for a receipt. Codes: Viber's REST API, «Error codes». */
function sentOf(said: ViberSaid): Sent {
  if ('why' in said) {
    if (said.fault === 'ours') return { kind: 'never', why: said.why }
    const inDoubt = said.fault === 'unknown'
    return { kind: 'later', why: said.why, afterMs: inDoubt ? DOUBT_MS : null, inDoubt }
  }
  const { status, answer } = said
  const token = answer['message_token']
  if (status === 0) return { kind: 'taken', providerId: typeof token === 'string' ? token : null }
  const why = `status-${status}`
  if (status === TOO_MANY_REQUESTS) return { kind: 'later', why, afterMs: null }
  return BOT_AT_FAULT.has(status) ? { kind: 'later', why, afterMs: MENDING_MS } : { kind: 'never', why }
}

/** One call of Viber's API; never rejects. */
export async function callViber(
  { apiUrl, authToken }: Pick<ViberBot, 'apiUrl' | 'authToken'>,
  fetch: ChannelIo['fetch'],
  { path, body }: { readonly path: string; readonly body: object },
): Promise<ViberSaid> {
  try {
    const response = await fetch(`${apiUrl}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-viber-auth-token': authToken },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(CALL_MS_MAX),
    })
    const text = await response.text()
    if (response.status !== 200)
      return { why: `http-${response.status}`, fault: isOurs(response.status) ? 'ours' : 'theirs' }
    return answerIn(parseExactly(text, EXACT))
  } catch (error) {
    return neverLeft(error) ? { why: 'unreachable', fault: 'theirs' } : { why: 'no-answer', fault: 'unknown' }
  }
}

/** Codes of what goes wrong before the first byte of a request leaves. */
const BEFORE_SENDING = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*)$/

function neverLeft(error: unknown): boolean {
  const code = error instanceof Error ? errorCode(error.cause) : null
  return code !== null && BEFORE_SENDING.test(code)
}

/** Whether the request itself is at fault, so that it will never be taken. */
function isOurs(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

function answerIn(json: unknown): ViberSaid {
  const answer = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {}
  const { status } = answer
  return typeof status === 'number' ? { status, answer } : { why: 'no-status', fault: 'unknown' }
}
