import type { ChatMessenger, Sent } from '../core/chat.ts'
import { errorCode } from '../core/error-code.ts'
import type { Log } from '../core/log.ts'
import type { ReceiptStore } from '../core/store.ts'
import { atMost, backoff, createSleeper } from './pace.ts'
import type { Wait } from './publisher.ts'
import { type ReceiptPace, usualReceiptPace } from './receipt-pace.ts'
import { deliver, isAway, type SenderWork } from './receipt-work.ts'

/** What a sender needs of the house. */
export interface ReceiptSenderParts {
  readonly channel: string
  readonly store: Pick<ReceiptStore, 'receiptsDue' | 'noteSent'>
  readonly messenger: ChatMessenger
  /** The gateway's clock, ISO instant. */
  readonly now: () => string
  readonly wait: Wait
  /** 0 ≤ x < 1, for jitter. */
  readonly random: () => number
  readonly log: Log
  readonly pace?: Partial<ReceiptPace>
  /** Told what became of each attempt. */
  readonly onSent?: (kind: Sent['kind']) => void
}

/** Sends the receipts of one channel. */
export interface ReceiptSender {
  /** Receipts were committed. `heardFrom`: that chat has just written, so that its count of unanswered messages ends. */
  nudge(heardFrom?: string): void
  /** Ends what is on its way, within seconds, and sends no more. Never rejects. */
  close(): Promise<void>
}

/**
 * Sends a channel's receipts at its own pace: one after the other to each chat, in order of `seq`, and to several chats
 * at the same time. It starts at once, never throws, and no request waits for it.
 *
 * Once: the store hands a receipt out to one sender, and its result is written before the chat's next one is asked for.
 * Who dies between the messenger's yes and that write leaves the receipt in doubt, for a messenger knows no key by which
 * it would refuse the second. It is left alone for the lease: where the messenger's own callback says meanwhile that
 * something reached the chat (`noteReached`), it is done; where nothing does, it is sent again, for an answer that comes
 * twice does less harm than one that never does.
 */
export function createReceiptSender(parts: ReceiptSenderParts): ReceiptSender {
  const sleeper = createSleeper(parts.wait)
  const work: SenderWork = {
    parts,
    pace: { ...usualReceiptPace, ...parts.pace },
    sleeper,
    inFlight: new Map(),
    unanswered: new Map(),
    failures: 0,
    stopped: new AbortController(),
  }
  const running = run(work)
  return {
    nudge: (heardFrom) => {
      if (heardFrom !== undefined) work.unanswered.delete(heardFrom)
      sleeper.wake()
    },
    close: () => close(work, running),
  }
}

/** Asks for what is due, and sleeps where there is nothing, until it is closed. The one catch of the sender. */
async function run(work: SenderWork): Promise<void> {
  const { pace, sleeper, parts, inFlight, stopped } = work
  while (!stopped.signal.aborted) {
    try {
      if (isAway(work) && inFlight.size === 0) {
        await sleeper.sleep(backoff(pace, work.failures - pace.awayAfter + 1, parts.random), false)
      }
      const started = stopped.signal.aborted ? 0 : await startDue(work)
      if (started === 0) await sleeper.sleep(pace.pollMs, true)
    } catch (error) {
      const code = errorCode(error) ?? 'UNKNOWN'
      parts.log.warn({ channel: parts.channel, code }, 'receipts could not be read; they wait in the store')
      await sleeper.sleep(pace.pollMs, false)
    }
  }
}

/** Starts what is due and has a place. While the messenger is away only one goes, to see whether it is back. */
async function startDue(work: SenderWork): Promise<number> {
  const { parts, pace, sleeper, inFlight } = work
  const places = (isAway(work) ? 1 : pace.atOnce) - inFlight.size
  if (places <= 0) return 0
  const now = parts.now()
  const until = new Date(Date.parse(now) + pace.leaseMs).toISOString()
  const due = await parts.store.receiptsDue(parts.channel, now, places, until)
  // One whose lease ran out while its result is still being written is not begun a second time.
  const fresh = due.filter(({ seq }) => !inFlight.has(seq))
  for (const receipt of fresh) {
    const sending = deliver(work, receipt).finally(() => {
      inFlight.delete(receipt.seq)
      sleeper.wake()
    })
    inFlight.set(receipt.seq, sending)
  }
  return fresh.length
}

async function close(work: SenderWork, running: Promise<void>): Promise<void> {
  work.stopped.abort()
  work.sleeper.stop()
  await running
  await atMost(work.pace.closeMs, Promise.all(work.inFlight.values()), work.parts.wait)
}
