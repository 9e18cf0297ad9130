import type { AnyChannel } from './channel/define-channel.ts'
import type { Config } from './config.ts'
import type { Log } from './core/log.ts'
import type { Store } from './core/store.ts'
import { createReceiptSender, type ReceiptSender } from './outbox/receipts.ts'
import { outside } from './outside.ts'
import type { World } from './world.ts'

/** The senders of all channels that are on, by the channel's name. */
export interface Messengers {
  /** Whether the channel is a chat that is on. */
  speaksFor(channel: string): boolean
  /** Receipts of that channel may wait; `heardFrom`: the chat that has just written. */
  nudge(channel: string, heardFrom: string | null): void
  close(): Promise<void>
}

/** Starts a sender for each channel that has a messenger and is on. */
export function openMessengers(
  channels: readonly AnyChannel[],
  { channelEnv }: Pick<Config, 'channelEnv'>,
  house: { readonly store: Store; readonly now: () => string; readonly world: World; readonly log: Log },
): Messengers {
  const senders = new Map<string, ReceiptSender>()
  const { store, now, log } = house
  const { wait, random } = house.world
  for (const { name, messenger: messengerOf } of channels) {
    const messenger = messengerOf?.(channelEnv[name] ?? {}, outside) ?? null
    if (messenger === null) continue
    senders.set(name, createReceiptSender({ channel: name, store, messenger, now, wait, random, log }))
  }
  return {
    speaksFor: (channel) => senders.has(channel),
    nudge: (channel, heardFrom) => senders.get(channel)?.nudge(heardFrom ?? undefined),
    close: async () => {
      await Promise.all([...senders.values()].map((sender) => sender.close()))
    },
  }
}
