import { Api, GrammyError } from 'grammy'
import type { ChannelIo, WebhookProblem } from '../../src/channel/define-channel.ts'
import { answeredProblem, awayProblem } from '../../src/channel/webhook-problems.ts'
import type { ChatMessenger, Sent } from '../../src/core/chat.ts'
import { telegramMessage } from './keyboard.ts'

const CALL_MS_MAX = 10_000
/** The bot itself is at fault (its token is no longer one), until an operator mends it. */
const MENDING_MS = 60_000

/** grammY's client of the Bot API over the given fetch; its own signal is of a kind that fetch doesn't take. */
export function telegramApi(
  token: string,
  apiUrl: string,
  { fetch, msMax = CALL_MS_MAX }: Pick<ChannelIo, 'fetch'> & { readonly msMax?: number },
): Api {
  const bounded: ChannelIo['fetch'] = (input, init) =>
    fetch(input, { ...init, redirect: 'error', signal: AbortSignal.timeout(msMax) })
  return new Api(token, { apiRoot: apiUrl, fetch: bounded as never })
}

/** Sends receipts by `sendMessage`. */
export function telegramMessenger(api: Api): ChatMessenger {
  return {
    unanswered: null,
    send: async ({ to, message }) => {
      const { text, ...more } = telegramMessage(message)
      try {
        const { message_id } = await api.sendMessage(to, text, more)
        return { kind: 'taken', providerId: `${to}:${message_id}` }
      } catch (error) {
        return refused(error)
      }
    },
  }
}

/** 429 says how long to wait; 403: the user has blocked the bot; 400: no such chat, or a message that it doesn't take. */
function refused(error: unknown): Sent {
  if (!(error instanceof GrammyError)) return { kind: 'later', why: 'network', afterMs: null }
  const { error_code: status, parameters } = error
  const why = `status-${status}`
  if (status === 401 || status === 404) return { kind: 'later', why, afterMs: MENDING_MS }
  if (status !== 429 && status < 500) return { kind: 'never', why }
  return { kind: 'later', why, afterMs: parameters.retry_after === undefined ? null : parameters.retry_after * 1_000 }
}

/** What the API said against a call, or `look` against its result; null: nothing. */
export async function problemIn<Result>(
  call: Promise<Result>,
  look: (result: Result) => WebhookProblem | null = () => null,
): Promise<WebhookProblem | null> {
  try {
    return look(await call)
  } catch (error) {
    if (!(error instanceof GrammyError)) return awayProblem('TELEGRAM_API_URL', 'network')
    return answeredProblem(`status ${error.error_code}, ${error.description}`)
  }
}
