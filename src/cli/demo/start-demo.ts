import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { channels } from '../../../channels/index.ts'
import { signAsTwilio } from '../../channel/signatures.ts'
import { type Config, readConfig } from '../../config.ts'
import { type Gateway, startGateway } from '../../gateway.ts'
import { openLog } from '../../log.ts'
import { thisMachine } from '../../machine.ts'
import { importRegistry } from '../../registry/import.ts'
import { codeAsPicture } from '../../slip/qr-writer.ts'
import { formSample } from './customers.ts'
import { type DemoHouse, demoChannel } from './demo-channel.ts'
import { playCall } from './played-calls.ts'
import { type PlayedChats, playChats } from './played-chats.ts'

/** Inside the window of every bundled branch. */
const CLOCK = '2026-11-22T03:00:00Z'

/** What a demonstration is started with. */
export interface DemoStart {
  /** An empty folder for the store. */
  readonly dir: string
  readonly port: string
  /** Signs the texts; at least 32 characters. */
  readonly token: string
}

/** A real gateway with the bundled registry, both messengers played, and the demonstration's page; throws where the port is taken. */
export async function startDemo(start: DemoStart): Promise<Pick<Gateway, 'url' | 'close' | 'store'>> {
  const bill = await billPicture()
  const closing = new AbortController()
  const chats = await playChats({ token: start.token, bill, url: () => gateway.url })
  const gateway = await startWith(start, { chats, bill, closing: closing.signal }).catch(async (error: unknown) => {
    await chats.close()
    throw error
  })
  const close = (): Promise<void> => {
    closing.abort()
    return gateway.close().finally(chats.close)
  }
  return { ...gateway, close }
}

interface Stage {
  readonly chats: PlayedChats
  readonly bill: Buffer
  readonly closing: AbortSignal
}

async function startWith({ dir, port, token }: DemoStart, { chats, bill, closing }: Stage): Promise<Gateway> {
  const own = { PORT: port, DATA_DIR: dir, CLOCK, TWILIO_AUTH_TOKEN: token, IVR_HTTP_TOKEN: token, LOG_LEVEL: 'warn' }
  const read = readConfig({ ...own, ...chats.env })
  if ('problems' in read)
    throw new Error(read.problems.map(({ variable, advice }) => `${variable} ${advice}`).join('; '))
  const { config } = read
  const file = fileURLToPath(new URL('registry.csv', import.meta.url))
  const imported = await importRegistry({ file, dir, branches: config.branches, id: 'demo', now: CLOCK })
  if (imported.kind !== 'imported') throw new Error(`the bundled registry could not be imported: ${imported.kind}`)
  const house: DemoHouse = {
    text: (from, body) => text(gateway, config, { from, body, token }),
    call: (deed) => playCall(gateway.url, token, deed),
    eventsAfter: (seq) => soon(closing, () => gateway.store.outboxAfter(seq, 100)),
    topics: { readings: config.KAFKA_TOPIC_READINGS, rejected: config.KAFKA_TOPIC_REJECTED },
    play: chats.play,
    linesAfter: (seq) => soon(closing, async () => chats.linesAfter(seq)),
    bill,
    run: randomUUID(),
  }
  const gateway = await startGateway(config, {
    log: openLog(config.LOG_LEVEL, process.stderr),
    machine: thisMachine,
    channels: [...channels, demoChannel(house)],
  })
  return gateway
}

interface Texted {
  readonly from: string
  readonly body: string
  readonly token: string
}

/** What Twilio's server does: signs the fields, posts them, and takes the reply out of the TwiML. */
async function text({ url }: Gateway, { PUBLIC_URL }: Config, { from, body, token }: Texted) {
  const path = '/channels/sms/twilio'
  const MessageSid = `SM${randomUUID().replaceAll('-', '')}`
  const fields = { MessageSid, From: from, To: '+70000000001', Body: body, SmsStatus: 'received' }
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'x-twilio-signature': signAsTwilio(token, PUBLIC_URL, path, fields) },
    body: new URLSearchParams(fields),
  })
  const outcome = response.headers.get('x-reading-outcome') ?? String(response.status)
  return { reply: replyOf(await response.text()), outcome }
}

function replyOf(twiml: string): string {
  const escaped = /<Message[^>]*>(?:<Body>)?([^<]*)</.exec(twiml)?.[1] ?? ''
  const marks: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&apos;': "'",
    '&amp;': '&',
  }
  return escaped.replace(/&(?:lt|gt|quot|apos|amp);/g, (mark) => marks[mark] ?? mark)
}

/** Shorter than any proxy's patience. */
const LOOKS = 80
const LOOK_MS = 100

/** The rows as soon as there are some; none when there were none for 8 s, or the demonstration ends. */
async function soon<Row>(closing: AbortSignal, look: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
  for (let looks = 0; looks < LOOKS && !closing.aborted; looks++) {
    const rows = await look()
    if (rows.length > 0) return rows
    await sleep(LOOK_MS)
  }
  return []
}

/** A bill as ГОСТ Р 56042-2014 has it, for the form to read. */
function billPicture(): Promise<Buffer> {
  const payee =
    'Name=АО «Пример»|PersonalAcc=40702810600000012345|BankName=ПАО Банк|BIC=040813999|CorrespAcc=30101810600000000999'
  const code = `ST00012|${payee}|PersAcc=${formSample.account}|CounterId=${formSample.meter}`
  return codeAsPicture(code)
}
