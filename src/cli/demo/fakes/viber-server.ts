import { createHmac } from 'node:crypto'
import { type Call, openProvider, type ProviderServer, type Said } from './provider-server.ts'

/** A message as the user sees it. */
export interface ShownMessage {
  readonly to: string
  readonly text: string
  readonly trackingData: string
  readonly keyboard: readonly ViberButton[] | null
  readonly token: string
}

/** A button of a keyboard. */
export interface ViberButton {
  readonly Columns: number
  readonly Rows: number
  readonly Text: string
  readonly ActionType: string
  readonly ActionBody: string
  readonly Silent?: boolean
}

/** Viber's API as its documentation has it, as far as a bot of ours calls it. */
export interface FakeViber extends ProviderServer {
  /** Every message taken, in order. */
  readonly shown: ShownMessage[]
  readonly subscribers: { blocked: Set<string> }
  /** What `set_webhook` was called with: where events go, and which. */
  readonly webhook: () => Readonly<Record<string, unknown>> | null
  /** Pictures by path, `/media/bill.png`. */
  readonly pictures: Map<string, Buffer>
  /** The user has written: the count of unanswered messages begins anew. */
  heard(user: string): void
  /** Shows the user the welcome that stood in an answer; tells what the documentation forbids in it, null: nothing. */
  welcome(user: string, body: Readonly<Record<string, unknown>>): string | null
}

/** Two tokens that follow each other and are one and the same double. */
const FIRST_TOKEN = 5741311803571721087n
const UNANSWERED_MAX = 100
const BODY_BYTES_MAX = 30 * 1024

/** Opens a fake Viber whose bot has that token. */
export async function openFakeViber(authToken: string): Promise<FakeViber> {
  const shown: ShownMessage[] = []
  const pictures = new Map<string, Buffer>()
  const blocked = new Set<string>()
  const unanswered = new Map<string, number>()
  let webhook: Readonly<Record<string, unknown>> | null = null
  let next = FIRST_TOKEN

  function answer(call: Call): Said | Promise<Said> {
    const picture = pictures.get(call.path)
    if (picture !== undefined) return { status: 200, body: picture, headers: { 'content-type': 'image/png' } }
    if (call.headers['x-viber-auth-token'] !== authToken) return status(2, 'invalidAuthToken')
    if (call.body.length > BODY_BYTES_MAX) return status(3, 'badData: over 30 kB')
    const body = JSON.parse(call.body.toString('utf8')) as Record<string, unknown>
    if (call.path === '/set_webhook') return setWebhook(body)
    if (call.path === '/get_account_info') return accountInfo(String(webhook?.['url'] ?? ''))
    return call.path === '/send_message' ? take(body) : { status: 404, body: '' }
  }

  async function setWebhook(wanted: Readonly<Record<string, unknown>>): Promise<Said> {
    const url = String(wanted['url'] ?? '')
    webhook = url === '' ? null : wanted
    if (webhook === null) return status(0, 'ok')
    const { headers, body } = viberRequest(authToken, `{"event":"webhook","timestamp":1,"message_token":${next}}`)
    next += 1n
    const tried = await fetch(url, { method: 'POST', headers, body }).catch(() => null)
    return tried?.status === 200 ? status(0, 'ok') : status(1, 'invalidUrl')
  }

  function take(body: Record<string, unknown>): Said {
    const to = String(body['receiver'] ?? '')
    const wrong = whatIsWrong(body)
    if (wrong !== null) return status(3, `badData: ${wrong}`)
    if (blocked.has(to)) return status(6, 'receiverNotSubscribed')
    if ((unanswered.get(to) ?? 0) >= UNANSWERED_MAX) return status(12, 'tooManyRequests')
    unanswered.set(to, (unanswered.get(to) ?? 0) + 1)
    const token = show(body, to)
    return { status: 200, body: `{"status":0,"status_message":"ok","message_token":${token},"billing_status":1}` }
  }

  function show(body: Readonly<Record<string, unknown>>, to: string): string {
    const token = String(next++)
    shown.push(shownOf(body, to, token))
    return token
  }

  function welcome(user: string, body: Readonly<Record<string, unknown>>): string | null {
    const wrong = whatIsWrong(body)
    if (wrong === null) show(body, user)
    return wrong
  }

  const server = await openProvider(answer)
  const heard = (user: string) => void unanswered.delete(user)
  return Object.assign(server, { shown, pictures, subscribers: { blocked }, webhook: () => webhook, heard, welcome })
}

/** What the documentation forbids; null: nothing. Also for the welcome in an answer, which has no receiver. */
export function whatIsWrong(body: Readonly<Record<string, unknown>>): string | null {
  const { text, type, sender, tracking_data, keyboard } = body
  const name = (sender as { name?: unknown } | undefined)?.name
  if (type !== 'text') return 'type'
  if (typeof text !== 'string' || text.length === 0 || text.length > 7_000) return 'text'
  if (typeof name !== 'string' || name.length === 0 || name.length > 28) return 'sender name'
  if (tracking_data !== undefined && String(tracking_data).length > 4_000) return 'tracking data'
  const wrong = keyboard === undefined ? null : wrongKeyboard(keyboard as { Type?: string; Buttons?: ViberButton[] })
  return wrong ?? wrongVersion(body)
}

function wrongKeyboard({ Type, Buttons = [] }: { Type?: string; Buttons?: ViberButton[] }): string | null {
  if (Type !== 'keyboard' || Buttons.length === 0) return 'keyboard'
  if (Buttons.some(({ Columns, Rows }) => Columns < 1 || Columns > 6 || Rows < 1 || Rows > 2)) return 'button size'
  if (Buttons.reduce((sum, { Columns }) => sum + Columns, 0) > 12 * 6) return 'more than 12 rows'
  if (Buttons.some(({ Text }) => Text.length > 250)) return 'button text'
  if (Buttons.some(({ ActionBody }) => !ActionBody || ActionBody.length > 250)) return 'button body'
  return Buttons.some(({ ActionType }) => !['reply', 'share-phone'].includes(ActionType)) ? 'button action' : null
}

/** A telephone whose Viber speaks an older version than a button needs is sent nothing. */
function wrongVersion({ keyboard, min_api_version: version }: Readonly<Record<string, unknown>>): string | null {
  const buttons = (keyboard as { Buttons?: ViberButton[] } | undefined)?.Buttons ?? []
  const sharesPhone = buttons.some(({ ActionType }) => ActionType === 'share-phone')
  return sharesPhone && Number(version) < 3 ? 'share-phone needs version 3' : null
}

function shownOf(body: Readonly<Record<string, unknown>>, to: string, token: string): ShownMessage {
  const keyboard = body['keyboard'] as { readonly Buttons: readonly ViberButton[] } | undefined
  const trackingData = String(body['tracking_data'] ?? '')
  return { to, text: String(body['text']), trackingData, keyboard: keyboard?.Buttons ?? null, token }
}

function accountInfo(webhook: string): Said {
  const info = { status: 0, status_message: 'ok', id: 'pa:1', name: 'Показания', webhook }
  return { status: 200, body: JSON.stringify(info) }
}

function status(number: number, message: string): Said {
  return { status: 200, body: JSON.stringify({ status: number, status_message: message }) }
}

/** An event as Viber posts it: its signature over the bytes. */
export function viberRequest(authToken: string, body: string): { headers: Record<string, string>; body: string } {
  const proof = createHmac('sha256', authToken).update(body).digest('hex')
  return { headers: { 'content-type': 'application/json', 'x-viber-content-signature': proof }, body }
}
