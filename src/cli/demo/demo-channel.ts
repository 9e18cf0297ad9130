import { z } from 'zod'
import { type ChannelHouse, defineChannel, type PageRoute, type WireRequest } from '../../channel/define-channel.ts'
import type { OutboxRow } from '../../core/store.ts'
import { customers } from './customers.ts'
import { demoPage } from './page.ts'

/** What the demonstration's page may do. */
export interface DemoHouse {
  /** Sends a text message as the provider would: signed, through the gateway's own address. */
  readonly text: (from: string, body: string) => Promise<{ readonly reply: string; readonly outcome: string }>
  /** Events after that one; waits for a while where there is none yet. */
  readonly eventsAfter: (seq: number) => Promise<readonly OutboxRow[]>
  /** PNG of a bill's QR code. */
  readonly bill: Buffer
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

/** The demonstration's own pages, hung into the gateway like any channel's; never part of a real one. */
export function demoChannel(demo: DemoHouse) {
  return defineChannel({
    name: 'demo',
    prefix: '',
    env: z.object({}),
    routes: (_env, house) => {
      const { folder, routes } = assetsOf(house)
      return [frontRoute(folder), billRoute(demo), textRoute(demo), eventsRoute(demo), ...routes]
    },
  })
}

function assetsOf({ assets }: ChannelHouse) {
  return assets([
    { path: 'demo.css', file: 'src/cli/demo/demo.css' },
    { path: 'demo.ts', file: 'src/cli/demo/browser/demo.ts' },
    { path: 'icon.svg', file: 'channels/web-form/icon.svg' },
  ])
}

type Answer = PageRoute['page']

function pageRoute(method: 'GET' | 'POST', path: string, page: Answer): PageRoute {
  return { kind: 'page', method, path, bodyBytesMax: 16_384, page }
}

function frontRoute(folder: string): PageRoute {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY }
  return pageRoute('GET', '/', async () => ({ status: 200, headers, body: demoPage(folder).markup }))
}

function billRoute({ bill }: DemoHouse): PageRoute {
  return pageRoute('GET', '/demo/bill.png', async () => ({
    status: 200,
    headers: { 'content-type': 'image/png' },
    body: bill,
  }))
}

/** Only the bundled customers have a phone here. */
function textRoute({ text }: DemoHouse): PageRoute {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  return pageRoute('POST', '/demo/sms', async ({ form }) => {
    const { from = '', body = '' } = form
    if (!customers.some(({ phone }) => phone === from)) return { status: 400, headers, body: '{}' }
    return { status: 200, headers, body: JSON.stringify(await text(from, body)) }
  })
}

/** Server-sent events: each answer brings what is new and ends; the browser comes back with the last id it saw. */
function eventsRoute({ eventsAfter }: DemoHouse): PageRoute {
  const headers = { 'content-type': 'text/event-stream; charset=utf-8' }
  return pageRoute('GET', '/demo/events', async (request) => {
    const rows = await eventsAfter(lastSeen(request))
    return { status: 200, headers, body: `retry: 100\n\n${rows.map(message).join('')}` }
  })
}

function lastSeen({ headers }: WireRequest): number {
  const id = Number(headers['last-event-id'] ?? 0)
  return Number.isSafeInteger(id) && id > 0 ? id : 0
}

function message({ seq, topic, key, data }: OutboxRow): string {
  return `id: ${seq}\ndata: ${JSON.stringify({ seq, topic, key, data })}\n\n`
}
