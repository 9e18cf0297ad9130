import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FakeTelegram } from '../../src/cli/demo/fakes/telegram-server.ts'
import { type FakeViber, viberRequest } from '../../src/cli/demo/fakes/viber-server.ts'
import type { Deed, Done, MessengerName, PlayedMessenger } from '../../src/cli/demo/played-messenger.ts'
import { playTelegram } from '../../src/cli/demo/played-telegram.ts'
import { playViber } from '../../src/cli/demo/played-viber.ts'
import { readConfig } from '../../src/config.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
import { openLog } from '../../src/log.ts'
import { thisMachine } from '../../src/machine.ts'
import type { FixtureRegistry } from './fixture-house.ts'

const viberToken = 'viber-token-of-the-tests'
const telegramToken = '123456:abcdefghijklmnopqrstuvwxyz0123456789'
export const telegramSecret = 'telegram-secret-of-the-tests'

/** Both messengers, played over fake servers, and what the gateway must be told of them. */
export interface ChatPair {
  readonly viber: PlayedMessenger & { readonly fake: FakeViber }
  readonly telegram: PlayedMessenger & { readonly fake: FakeTelegram }
  readonly env: Readonly<Record<string, string>>
  play(messenger: MessengerName, user: string, deed: Deed): Promise<Done>
  /** Texts that came to that user, in order. */
  texts(messenger: MessengerName, user: string): readonly string[]
  close(): Promise<void>
}

/** Opens both; `url`: where the gateway listens. */
export async function openChats(url: () => string): Promise<ChatPair> {
  const parts = { url, bill: Buffer.alloc(0), firstId: 4_912_661_846_655_238_145n }
  const viber = await playViber({ ...parts, token: viberToken })
  const telegram = await playTelegram({ ...parts, token: telegramToken, secret: telegramSecret, firstId: 1n })
  const of = { viber, telegram }
  return {
    ...of,
    env: {
      VIBER_AUTH_TOKEN: viberToken,
      VIBER_API_URL: viber.fake.url,
      TELEGRAM_BOT_TOKEN: telegramToken,
      TELEGRAM_WEBHOOK_SECRET: telegramSecret,
      TELEGRAM_API_URL: telegram.fake.url,
    },
    play: (messenger, user, deed) => of[messenger].play(user, deed),
    texts: (messenger, user) => of[messenger].shown().flatMap((one) => (one.user === user ? [one.text] : [])),
    close: async () => void (await Promise.all([viber.close(), telegram.close()])),
  }
}

/** A text under a token of its own, which may be brought again. */
export interface ViberText {
  readonly token: string
  readonly user: string
  readonly text: string
}

/** Posts a text as Viber does. */
export function textToViber(url: string, { token, user, text }: ViberText): Promise<Response> {
  const sender = { id: user, name: user }
  return postToViber(url, token, { event: 'message', sender, message: { type: 'text', text } })
}

/** Posts a signed event as Viber does, its token a number of 64 bits. */
export function postToViber(url: string, token: string, fields: object): Promise<Response> {
  const event = JSON.stringify({ timestamp: 1, ...fields }).replace('{', `{"message_token":${token},`)
  const { headers, body } = viberRequest(viberToken, event)
  return fetch(`${url}/channels/viber`, { method: 'POST', headers, body })
}

/** A clock that runs as the real one does, and jumps when told; who sleeps wakes when it has jumped far enough. */
function jumpingClock(start: string) {
  let aheadMs = Date.parse(start) - Date.now()
  const sleepers = new Set<() => void>()
  const wallMs = () => Date.now() + aheadMs
  const jump = (ms: number): void => {
    aheadMs += ms
    for (const look of sleepers) look()
  }
  const wait = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const until = wallMs() + ms
      const end = (): void => {
        clearTimeout(timer)
        sleepers.delete(look)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const look = (): void => {
        if (wallMs() >= until || signal.aborted) end()
      }
      const timer = setTimeout(end, ms)
      sleepers.add(look)
      signal.addEventListener('abort', end)
      look()
    })
  return { wallMs, wait, jump, jumpTo: (instant: string) => jump(Date.parse(instant) - wallMs()) }
}

/** A whole gateway on a port and a store of its own, both messengers on, and everything that it logs. */
export interface ChatGateway extends Gateway, ChatPair {
  readonly clock: ReturnType<typeof jumpingClock>
  readonly lines: readonly string[]
  /** Data of the accepted readings' events, in order. */
  accepted(): Promise<readonly Readonly<Record<string, unknown>>[]>
  end(): Promise<void>
}

/** Starts one with a copy of the registry, its clock at the instant. */
export async function openChatGateway(registry: FixtureRegistry, start: string): Promise<ChatGateway> {
  const dir = mkdtempSync(join(tmpdir(), 'gateway-chat-'))
  cpSync(registry.dir, dir, { recursive: true })
  const chats = await openChats(() => gateway.url)
  const read = readConfig({ DATA_DIR: dir, PORT: '0', ...chats.env })
  if ('problems' in read) throw new Error(read.problems.map(({ variable }) => variable).join())
  const lines: string[] = []
  const log = openLog('trace', { write: (line) => void lines.push(line) })
  const clock = jumpingClock(start)
  const { wallMs, wait } = clock
  const gateway = await startGateway(read.config, { log, machine: { ...thisMachine, wallMs, wait } })
  return {
    ...gateway,
    ...chats,
    clock,
    lines,
    async accepted() {
      const rows = await gateway.store.outboxAfter(0, 10_000)
      return rows.flatMap(({ topic, data }) => (topic === 'readings' ? [JSON.parse(data)] : []))
    },
    async end() {
      await gateway.close()
      await chats.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
