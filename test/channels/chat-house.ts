import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { telegram } from '../../channels/telegram/index.ts'
import { viber } from '../../channels/viber/index.ts'
import { readConfig } from '../../src/config.ts'
import type { Branches } from '../../src/core/branch.ts'
import type { ChatInput, ChatMessage } from '../../src/core/chat.ts'
import type { Delivery } from '../../src/core/delivery.ts'
import { submissionId } from '../../src/core/event.ts'
import { nothingWanted, type Store } from '../../src/core/store.ts'
import { type Gateway, type GatewayParts, startGateway } from '../../src/gateway.ts'
import { openLog } from '../../src/log.ts'
import { thisMachine } from '../../src/machine.ts'
import { importRegistry } from '../../src/registry/import.ts'
import type { RawRequest } from './contract.ts'

export const viberToken = 'viber-token-of-the-tests'
export const telegramToken = '123456:abcdefghijklmnopqrstuvwxyz0123456789'
export const telegramSecret = 'telegram-secret-of-the-tests'

/** A receipt as it stands in the gateway's store. */
export interface KeptReceipt {
  readonly submissionId: string
  readonly to: string
  readonly message: ChatMessage
  readonly tries: number
  readonly result: string | null
  readonly providerId: string | null
  readonly failedAt: string | null
}

/** A gateway with both messengers on. */
export interface ChatHouse extends Gateway {
  readonly receipts: { readonly kept: readonly KeptReceipt[] }
  readonly lines: string[]
  /** What the chat of that channel was understood to say, in order: the text of each receipt says it. */
  heard(to: string): readonly ChatInput[]
  post(request: RawRequest): Promise<Posted>
  breakStore(broken: boolean): void
  end(): Promise<void>
}

/** An answer as the messenger sees it. */
export interface Posted {
  readonly status: number
  readonly body: string
  readonly outcome: unknown
}

/** Opens one; `env` says where the fake messengers are; `registry`: with that of the fixtures. */
export async function openChatHouse(
  env: Readonly<Record<string, string>>,
  { dialog = repeatingDialog, registry }: Partial<Pick<GatewayParts, 'dialog'>> & { readonly registry?: boolean } = {},
): Promise<ChatHouse> {
  const dir = mkdtempSync(join(tmpdir(), 'gateway-'))
  const lines: string[] = []
  const fault = { on: false }
  const read = readConfig({
    PORT: '0',
    DATA_DIR: dir,
    VIBER_AUTH_TOKEN: viberToken,
    TELEGRAM_BOT_TOKEN: telegramToken,
    TELEGRAM_WEBHOOK_SECRET: telegramSecret,
    ...env,
  })
  if ('problems' in read) throw new Error(read.problems.map(({ variable }) => variable).join())
  if (registry) await importFixtures(dir, read.config.branches)
  const gateway = await startGateway(read.config, {
    log: openLog('info', { write: (line) => lines.push(line) }),
    machine: thisMachine,
    dialog,
    channels: [viber, telegram],
    wrapStore: (store) => breakable(store, fault),
  })
  return {
    ...gateway,
    receipts: {
      get kept() {
        return keptIn(dir)
      },
    },
    lines,
    heard: (to) =>
      keptIn(dir)
        .filter((one) => one.to === to)
        .map(({ message }) => JSON.parse(message.text)),
    async post({ url, headers, body }) {
      const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
      const response = await gateway.app.inject({ method: 'POST', url, headers: given, payload: body })
      return { status: response.statusCode, body: response.body, outcome: response.headers['x-reading-outcome'] }
    },
    breakStore: (broken) => {
      fault.on = broken
    },
    async end() {
      await gateway.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Read beside the gateway, in order. */
function keptIn(dir: string): readonly KeptReceipt[] {
  const database = new DatabaseSync(join(dir, 'gateway.sqlite'), { readOnly: true, timeout: 1_000 })
  try {
    const rows = database.prepare(
      `SELECT submission_id AS submissionId, recipient AS "to", message, tries, result, provider_id AS providerId, failed_at AS failedAt
       FROM receipt ORDER BY seq`,
    )
    const kept = rows.all() as unknown as (Omit<KeptReceipt, 'message'> & { message: string })[]
    return kept.map((one) => ({ ...one, message: JSON.parse(one.message) as ChatMessage }))
  } finally {
    database.close()
  }
}

async function importFixtures(dir: string, branches: Branches): Promise<void> {
  const file = fileURLToPath(new URL('../fixtures/registry.csv', import.meta.url))
  const request = { file, dir, branches, id: 'fixtures', now: '2026-11-22T03:00:00.000Z' }
  const { kind } = await importRegistry(request)
  if (kind !== 'imported') throw new Error(`the fixtures were not imported: ${kind}`)
}

function breakable(store: Store, fault: { readonly on: boolean }): Store {
  const broken = () => Promise.reject(Object.assign(new Error('no'), { code: 'ERR_SQLITE_ERROR', errstr: 'disk full' }))
  return new Proxy(store, {
    get: (target, name: keyof Store) => (fault.on && name !== 'close' ? broken : target[name]),
  })
}

/** A dialog that says back, as JSON, what it was told; digits are accepted, the rest is a call for help. */
const repeatingDialog: NonNullable<GatewayParts['dialog']> = () => ({
  lookup: ({ channel, deliveryId, sender, phone }) => ({ ...nothingWanted, channel, deliveryId, sender, phone }),
  decide: (delivery) => {
    const { channel, deliveryId } = delivery
    const input = inputOf(delivery)
    const message: ChatMessage = { text: JSON.stringify(input), buttons: [] }
    const isReading = input.kind === 'text' && /^\d+$/.test(input.text)
    const answer = {
      submissionId: submissionId(channel, deliveryId),
      outcomes: [isReading ? ({ kind: 'accepted', flags: [] } as const) : ({ kind: 'none', code: 'HELP' } as const)],
      text: '',
      messages: [message],
      items: [],
    }
    const inAnswer = input.kind === 'opened' && input.inAnswer
    const receipts = inAnswer ? [] : [{ to: delivery.sender ?? '', message }]
    return { delivery, answer, receipts, readings: [], events: [], conversation: undefined, settles: [], opens: false }
  },
})

function inputOf({ said }: Delivery): ChatInput {
  if (!('chat' in said)) throw new Error('not from a chat')
  return said.chat
}
