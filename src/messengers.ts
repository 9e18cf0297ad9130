import type { AnyChannel } from './channel/define-channel.ts'
import { channelIo } from './channel-io.ts'
import type { Config } from './config.ts'
import type { Sent } from './core/chat.ts'
import type { Log } from './core/log.ts'
import type { Store } from './core/store.ts'
import { secondsSince } from './http/health.ts'
import { counter, type Family, gauge } from './http/metrics-text.ts'
import type { Machine } from './machine.ts'
import { createReceiptSender, type ReceiptSender } from './outbox/receipts.ts'

/** The senders of all channels that are on, by the channel's name. */
export interface Messengers {
  /** Receipts of that channel may wait; `heardFrom`: the chat that has just written. Does nothing where it is no chat, or off. */
  nudge(channel: string, heardFrom: string | null): void
  /** For `/metrics`. */
  families(): Promise<readonly Family[]>
  close(): Promise<void>
}

/** Starts a sender for each channel that has a messenger and is on. */
export function openMessengers(
  channels: readonly AnyChannel[],
  { channelEnv }: Pick<Config, 'channelEnv'>,
  house: { readonly store: Store; readonly now: () => string; readonly machine: Machine; readonly log: Log },
): Messengers {
  const chats = new Map<string, Chat>()
  const { store, now, log } = house
  const { wait, random } = house.machine
  for (const { name, messenger: messengerOf } of channels) {
    const messenger = messengerOf?.(channelEnv[name] ?? {}, channelIo) ?? null
    if (messenger === null) continue
    const attempts = { taken: 0, later: 0, never: 0 }
    const onSent = (kind: Sent['kind']) => void attempts[kind]++
    const sender = createReceiptSender({ channel: name, store, messenger, now, wait, random, log, onSent })
    chats.set(name, { sender, attempts })
  }
  return {
    nudge: (channel, heardFrom) => chats.get(channel)?.sender.nudge(heardFrom ?? undefined),
    families: () => familiesOf(chats, house),
    close: async () => {
      await Promise.all([...chats.values()].map(({ sender }) => sender.close()))
    },
  }
}

interface Chat {
  readonly sender: ReceiptSender
  /** Tries to send a receipt, by what the messenger said. */
  readonly attempts: Readonly<Record<Sent['kind'], number>>
}

async function familiesOf(
  chats: ReadonlyMap<string, Chat>,
  { store, now }: { readonly store: Pick<Store, 'receiptState'>; readonly now: () => string },
): Promise<readonly Family[]> {
  const states = await Promise.all(
    [...chats.keys()].map(async (channel) => ({ channel, ...(await store.receiptState(channel)) })),
  )
  return [
    counter(
      'gateway_receipt_attempts_total',
      "Tries to send a chat's receipt, by what the messenger said: taken, later (tried again), never (given up).",
      [...chats].flatMap(([channel, { attempts }]) =>
        Object.entries(attempts).map(([said, value]) => ({ labels: { channel, said }, value })),
      ),
    ),
    gauge(
      'gateway_receipts_waiting',
      'Receipts that wait for the messenger.',
      states.map(({ channel, waiting }) => ({ labels: { channel }, value: waiting })),
    ),
    gauge(
      'gateway_receipts_age_seconds',
      'How long the oldest waiting receipt has waited.',
      states.map(({ channel, oldestAt }) => ({ labels: { channel }, value: secondsSince(oldestAt, now()) })),
    ),
  ]
}
