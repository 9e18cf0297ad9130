import { z } from 'zod'
import { type ChannelContext, defineChannel, type PageRoute, type WireRequest } from '../../channel/define-channel.ts'
import { jsonReply } from '../../channel/replies.ts'
import type { OutboxRow } from '../../core/store.ts'
import { customers } from './customers.ts'
import { demoPage } from './page.ts'
import type { CallDeed, CallHeard } from './played-calls.ts'
import type { ChatLine } from './played-chats.ts'
import type { Done } from './played-messenger.ts'

/** What the demonstration's page may do. */
export interface DemoHouse {
  /** Sends a text message as the provider would: signed, through the gateway's own address. */
  readonly text: (from: string, body: string) => Promise<{ readonly reply: string; readonly outcome: string }>
  /** Does something at the telephone, as a telephony platform would tell it. */
  readonly call: (deed: CallDeed) => Promise<CallHeard>
  /** Events after that one; waits for a while where there is none yet. */
  readonly eventsAfter: (seq: number) => Promise<readonly OutboxRow[]>
  /** Names of the topics on Kafka, as billing knows them. */
  readonly topics: Readonly<Record<OutboxRow['topic'], string>>
  /** Does something in a messenger, as its server would tell it; null: nobody can do that. */
  readonly play: (wish: Readonly<Record<string, string>>) => Promise<Done | null>
  /** Messages in the messengers after that one; waits for a while where there is none yet. */
  readonly linesAfter: (seq: number) => Promise<readonly ChatLine[]>
  /** Names this start of the demonstration. */
  readonly run: string
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
      const streams = [
        streamRoute('/demo/events', demo.run, async (after) =>
          (await demo.eventsAfter(after)).map(({ seq, topic, key, data }) => ({
            seq,
            topic: demo.topics[topic],
            key,
            data,
          })),
        ),
        streamRoute('/demo/lines', demo.run, demo.linesAfter),
      ]
      return [
        frontRoute(folder, demo),
        billRoute(demo),
        textRoute(demo),
        chatRoute(demo),
        callRoute(demo),
        ...streams,
        ...routes,
      ]
    },
  })
}

function assetsOf({ assets }: ChannelContext) {
  return assets([
    { path: 'demo.css', file: 'src/cli/demo/demo.css' },
    ...['demo.ts', 'call.ts', 'chats.ts', 'elements.ts', 'events.ts'].map((path) => ({
      path,
      file: `src/cli/demo/browser/${path}`,
    })),
    { path: 'icon.svg', file: 'channels/web-form/icon.svg' },
  ])
}

type Answer = PageRoute['page']

function pageRoute(method: 'GET' | 'POST', path: string, page: Answer): PageRoute {
  return { kind: 'page', method, path, page }
}

function frontRoute(folder: string, { run }: DemoHouse): PageRoute {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY }
  return pageRoute('GET', '/', async () => ({ status: 200, headers, body: demoPage(folder, run).markup }))
}

function billRoute({ bill }: DemoHouse): PageRoute {
  return pageRoute('GET', '/demo/bill.png', async () => ({
    status: 200,
    headers: { 'content-type': 'image/png' },
    body: bill,
  }))
}

function textRoute({ text }: DemoHouse): PageRoute {
  return pageRoute('POST', '/demo/sms', async ({ form }) => {
    const { from = '', body = '' } = form
    return isCustomer(from) ? jsonReply(await text(from, body)) : jsonReply({}, 400)
  })
}

function chatRoute({ play }: DemoHouse): PageRoute {
  return pageRoute('POST', '/demo/chat', async ({ form }) => {
    const done = await play(form)
    return done === null ? jsonReply({}, 400) : jsonReply(done)
  })
}

function callRoute({ call }: DemoHouse): PageRoute {
  return pageRoute('POST', '/demo/call', async ({ form }) => {
    const { from = '', callId = '', event = '', digits = '', heard = '', step = '' } = form
    return isCustomer(from) ? jsonReply(await call({ from, callId, event, digits, heard, step })) : jsonReply({}, 400)
  })
}

/** Nobody else has a telephone here. */
function isCustomer(from: string): boolean {
  return customers.some(({ phone }) => phone === from)
}

/**
 * Server-sent events: each answer brings what is new and ends; the browser comes back with the last id it saw. A page of
 * another run is told so at once: what it saw is gone.
 */
function streamRoute<Row extends { readonly seq: number }>(
  path: string,
  run: string,
  rowsAfter: (seq: number) => Promise<readonly Row[]>,
): PageRoute {
  const headers = { 'content-type': 'text/event-stream; charset=utf-8' }
  return pageRoute('GET', path, async (request) => {
    const { run: seen = run } = request.query
    if (seen !== run) return { status: 200, headers, body: 'event: restart\ndata: 1\n\n' }
    const rows = await rowsAfter(lastSeen(request))
    const messages = rows.map((row) => `id: ${row.seq}\ndata: ${JSON.stringify(row)}\n\n`)
    return { status: 200, headers, body: `retry: 100\n\n${messages.join('')}` }
  })
}

function lastSeen({ headers, query }: WireRequest): number {
  const id = Number(headers['last-event-id'] ?? query['after'] ?? 0)
  return Number.isSafeInteger(id) && id > 0 ? id : 0
}
