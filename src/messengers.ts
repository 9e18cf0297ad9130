import type { AnyChannel } from './channel/define-channel.ts'
import { channelIo } from './channel-io.ts'
import type { Config } from './config.ts'
import type { Sent } from './core/chat.ts'
import type { Log } from './core/log.ts'
import type { Store } from './core/store.ts'
import { counter, type Family, gauge } from './http/metrics-text.ts'
import { createReceiptSender, type ReceiptSender } from './outbox/receipts.ts'
import type { World } from './world.ts'

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
  house: { readonly store: Store; readonly now: () => string; readonly world: World; readonly log: Log },
): Messengers {
  const senders = new Map<string, ReceiptSender>()
  const attempts = new Map<string, Attempts>()
  const { store, now, log } = house
  const { wait, random } = house.world
  for (const { name, messenger: messengerOf } of channels) {
    const messenger = messengerOf?.(channelEnv[name] ?? {}, channelIo) ?? null
    if (messenger === null) continue
    const said: Attempts = { taken: 0, later: 0, never: 0 }
    const onSent = (kind: Sent['kind']) => void said[kind]++
    attempts.set(name, said)
    senders.set(name, createReceiptSender({ channel: name, store, messenger, now, wait, random, log, onSent }))
  }
  return {
    nudge: (channel, heardFrom) => senders.get(channel)?.nudge(heardFrom ?? undefined),
    families: () => familiesOf(attempts, house),
    close: async () => {
      await Promise.all([...senders.values()].map((sender) => sender.close()))
    },
  }
}

type Attempts = Record<Sent['kind'], number>

async function familiesOf(
  attempts: ReadonlyMap<string, Attempts>,
  { store, now }: { readonly store: Pick<Store, 'receiptState'>; readonly now: () => string },
): Promise<readonly Family[]> {
  const channels = [...attempts.keys()]
  const states = await Promise.all(
    channels.map(async (channel) => ({ channel, ...(await store.receiptState(channel)) })),
  )
  const ageMs = (oldestAt: string | null) => (oldestAt === null ? 0 : Date.parse(now()) - Date.parse(oldestAt))
  return [
    counter(
      'gateway_receipt_attempts_total',
      "Tries to send a chat's receipt, by what the messenger said: taken, later (tried again), never (given up).",
      [...attempts].flatMap(([channel, said]) =>
        Object.entries(said).map(([kind, value]) => ({ labels: { channel, said: kind }, value })),
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
      states.map(({ channel, oldestAt }) => ({
        labels: { channel },
        value: Math.max(0, ageMs(oldestAt) / 1_000),
      })),
    ),
  ]
}
