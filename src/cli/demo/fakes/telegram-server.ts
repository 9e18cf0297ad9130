import { type Call, openProvider, type ProviderServer, type Said } from './provider-server.ts'

/** A message as the user sees it. */
export interface TelegramShown {
  readonly to: string
  readonly text: string
  readonly markup: TelegramMarkup | null
}

/** Buttons under a message, or in the place of the keyboard. */
export interface TelegramMarkup {
  readonly inline_keyboard?: readonly (readonly { readonly text: string; readonly callback_data?: string }[])[]
  readonly keyboard?: readonly (readonly { readonly text: string; readonly request_contact?: boolean }[])[]
}

/** Telegram's Bot API as its documentation has it, as far as a bot of ours calls it. */
export interface FakeTelegram extends ProviderServer {
  readonly shown: TelegramShown[]
  /** Chats that have blocked the bot. */
  readonly blocked: Set<string>
  /** Files by their id: where `getFile` says that they are, and what is there. */
  readonly files: Map<string, Buffer>
  readonly webhook: () => Readonly<Record<string, unknown>> | null
}

/** Opens a fake Telegram whose bot has that token. */
export async function openFakeTelegram(token: string): Promise<FakeTelegram> {
  const shown: TelegramShown[] = []
  const blocked = new Set<string>()
  const files = new Map<string, Buffer>()
  let webhook: Readonly<Record<string, unknown>> | null = null

  function answer({ path, body }: Call): Said {
    const file = files.get(path.replace(`/file/bot${token}/`, ''))
    if (path.startsWith('/file/')) return file === undefined ? refused(404, 'Not Found') : { status: 200, body: file }
    const [, bot, method] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? []
    if (bot !== token) return refused(401, 'Unauthorized')
    const args = body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Record<string, unknown>)
    if (method === 'sendMessage') return take(args)
    if (method === 'getFile') return place(String(args['file_id']))
    if (method === 'setWebhook' || method === 'deleteWebhook') {
      webhook = method === 'setWebhook' ? args : null
      return taken(true)
    }
    if (method === 'getWebhookInfo') return taken({ url: webhook?.['url'] ?? '' })
    return method === 'answerCallbackQuery' ? taken(true) : refused(404, 'Not Found')
  }

  function place(id: string): Said {
    return files.has(id) ? taken({ file_id: id, file_path: id }) : refused(400, 'Bad Request: wrong file_id')
  }

  function take(args: Record<string, unknown>): Said {
    const wrong = whatIsWrong(args)
    if (wrong !== null) return refused(400, `Bad Request: ${wrong}`)
    const to = String(args['chat_id'])
    if (blocked.has(to)) return refused(403, 'Forbidden: bot was blocked by the user')
    shown.push({ to, text: String(args['text']), markup: (args['reply_markup'] as TelegramMarkup) ?? null })
    return taken({ message_id: shown.length, date: 1, chat: { id: Number(to), type: 'private' } })
  }

  const server = await openProvider(answer)
  return Object.assign(server, { shown, blocked, files, webhook: () => webhook })
}

/** What the documentation forbids; null: nothing. */
function whatIsWrong({ text, reply_markup }: Readonly<Record<string, unknown>>): string | null {
  if (typeof text !== 'string' || text === '') return 'message text is empty'
  if (text.length > 4_096) return 'message is too long'
  const { inline_keyboard: rows = [] } = (reply_markup ?? {}) as TelegramMarkup
  if (rows.flat().length > 100 || rows.some((row) => row.length > 8)) return 'BUTTONS_TOO_MUCH'
  const isBad = (data = '') => Buffer.byteLength(data) < 1 || Buffer.byteLength(data) > 64
  return rows.flat().some(({ callback_data }) => isBad(callback_data)) ? 'BUTTON_DATA_INVALID' : null
}

function taken(result: unknown): Said {
  return { status: 200, body: JSON.stringify({ ok: true, result }) }
}

function refused(error_code: number, description: string): Said {
  return { status: error_code, body: JSON.stringify({ ok: false, error_code, description }) }
}
