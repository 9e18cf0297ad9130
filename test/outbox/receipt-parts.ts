import { afterEach } from 'vitest'
import type { ChatMessenger, Receipt, Sent } from '../../src/core/chat.ts'
import { createReceiptSender, type ReceiptSender, type ReceiptSenderParts } from '../../src/outbox/receipts.ts'
import { keptLog, until } from './fakes.ts'
import { memoryReceipts } from './receipt-store.ts'

const senders: ReceiptSender[] = []
afterEach(async () => {
  for (const sender of senders.splice(0)) await sender.close()
})

/** What messengers say. */
export const taken: Sent = { kind: 'taken', providerId: null }
export const later: Sent = { kind: 'later', why: 'network', afterMs: null }
export const never: Sent = { kind: 'never', why: 'status-6' }

/** A clock that stands until somebody sleeps; each sleep moves it on at once. */
function clock() {
  const time = { ms: Date.parse('2026-11-22T03:00:00Z'), slept: [] as number[] }
  return Object.assign(time, {
    now: () => new Date(time.ms).toISOString(),
    wait: async (ms: number, signal: AbortSignal) => {
      if (signal.aborted) return
      time.slept.push(ms)
      await new Promise((resolve) => setImmediate(resolve))
      if (!signal.aborted) time.ms += ms
    },
  })
}

/** A messenger that says what `answer` says, and keeps what it took. */
export function messenger(answer: (receipt: Receipt) => Sent | Promise<Sent> = () => taken) {
  const shown: string[] = []
  const state = { shown, calls: 0, atOnce: 0, most: 0, inFlight: new Set<string>(), crossed: false }
  const send = async (receipt: Receipt): Promise<Sent> => {
    state.calls += 1
    state.crossed ||= state.inFlight.has(receipt.to)
    state.inFlight.add(receipt.to)
    state.atOnce += 1
    state.most = Math.max(state.most, state.atOnce)
    await new Promise((resolve) => setImmediate(resolve))
    const sent = await answer(receipt)
    if (sent.kind === 'taken') shown.push(`${receipt.to} ${receipt.message.text}`)
    state.inFlight.delete(receipt.to)
    state.atOnce -= 1
    return sent
  }
  return Object.assign(state, { messenger: { send, unanswered: null } as ChatMessenger })
}

/** Everything that a sender needs, none started yet; senders are closed after each test. */
export function started(change: Partial<ReceiptSenderParts> = {}, answer?: (receipt: Receipt) => Sent | Promise<Sent>) {
  const [store, time, log, told] = [memoryReceipts(), clock(), keptLog(), [] as Sent['kind'][]]
  const chat = messenger(answer)
  const start = (more: Partial<ReceiptSenderParts> = {}) => {
    const sender = createReceiptSender({
      channel: 'viber',
      store,
      messenger: chat.messenger,
      now: time.now,
      wait: time.wait,
      random: () => 0.5,
      log,
      onSent: (kind) => told.push(kind),
      ...change,
      ...more,
    })
    senders.push(sender)
    return sender
  }
  const write = (to: string, text: string) => store.add('viber', to, { text, buttons: [] })
  const done = () => until(() => store.kept.every(({ end }) => end !== null))
  return { store, time, log, told, chat, start, write, done }
}
