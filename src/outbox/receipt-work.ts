import type { Receipt, Sent } from '../core/chat.ts'
import { backoff, type Sleeper } from './pace.ts'
import type { ReceiptPace } from './receipt-pace.ts'
import type { ReceiptSenderParts } from './receipts.ts'

/** A sender at work. */
export interface SenderWork {
  readonly parts: ReceiptSenderParts
  readonly pace: ReceiptPace
  readonly sleeper: Sleeper
  /** `seq` → what is on its way, until its result is written. */
  readonly inFlight: Map<number, Promise<void>>
  /** Chat → when messages went to it that nobody answered, milliseconds; of the last window alone. */
  readonly unanswered: Map<string, number[]>
  /** Attempts in a row, over all chats, after which the messenger wanted to be tried again. */
  failures: number
  /** Aborted when the sender is closed. */
  readonly stopped: AbortController
}

/** Whether the messenger counts as away: after so many failures in a row it is not this chat or that one. */
export function isAway({ failures, pace }: Pick<SenderWork, 'failures' | 'pace'>): boolean {
  return failures >= pace.awayAfter
}

/** One attempt: asks the messenger, and takes down what it said before anything else is sent to that chat. Never rejects. */
export async function deliver(work: SenderWork, receipt: Receipt): Promise<void> {
  const { messenger, log, onSent, channel } = work.parts
  const unsent = unsentBecause(work, receipt)
  const sent = unsent ?? (await messenger.send(receipt))
  if (unsent === null) count(work, receipt.to, sent)
  const why = sent.kind === 'taken' ? '' : sent.why
  const fields = { channel, seq: receipt.seq, why, tries: receipt.tries + 1 }
  if (sent.kind === 'never') log.warn(fields, 'a receipt was refused and is given up')
  // While the messenger is away the log has been told so.
  if (sent.kind === 'later' && !isAway(work)) log.info(fields, 'a receipt waits to be tried again')
  onSent?.(sent.kind)
  await note(work, receipt, sent)
}

/** What becomes of it without the messenger being asked; null: it is asked. */
function unsentBecause(work: SenderWork, { to, isUnreadable }: Receipt): Sent | null {
  if (isUnreadable === true) return { kind: 'never', why: 'unreadable' }
  const freeInMs = waitsForReply(work, to)
  return freeInMs > 0 ? { kind: 'later', why: 'unanswered', afterMs: freeInMs } : null
}

/** What the messenger said counts for all chats; what is taken counts for this one. */
function count(work: SenderWork, to: string, sent: Sent): void {
  const { log, channel, messenger, now } = work.parts
  const wasAway = isAway(work)
  if (sent.kind === 'later') {
    work.failures += 1
    if (!wasAway && isAway(work))
      log.warn({ channel, why: sent.why }, 'the messenger takes no receipts; they wait in the store')
    return
  }
  work.failures = 0
  if (wasAway) log.info({ channel }, 'the messenger takes receipts again')
  if (sent.kind !== 'taken' || messenger.unanswered === null) return
  const times = work.unanswered.get(to) ?? []
  // Taken out first: the map's order is that of the last message.
  work.unanswered.delete(to)
  work.unanswered.set(to, [...times, Date.parse(now())].slice(-messenger.unanswered.most))
}

/** Milliseconds until the chat may be written to again, 0: now. What is older than the window is forgotten. */
function waitsForReply({ parts, unanswered }: SenderWork, to: string): number {
  const limit = parts.messenger.unanswered
  if (limit === null) return 0
  const nowMs = Date.parse(parts.now())
  for (const [chat, times] of unanswered) {
    const last = times.at(-1)
    if (last === undefined || last <= nowMs - limit.windowMs) unanswered.delete(chat)
    else break
  }
  const times = (unanswered.get(to) ?? []).filter((at) => at > nowMs - limit.windowMs)
  if (times.length < limit.most) return 0
  return (times[0] ?? nowMs) + limit.windowMs - nowMs
}

/** Writes the result, again and again until the store takes it: what was sent must not be sent again. */
async function note({ parts, pace, stopped }: SenderWork, { seq, tries }: Receipt, sent: Sent): Promise<void> {
  // Never sooner than the messenger asked for.
  const ms = sent.kind === 'later' ? Math.max(sent.afterMs ?? 0, backoff(pace, tries + 1, parts.random)) : 0
  const notBefore = new Date(Date.parse(parts.now()) + ms).toISOString()
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await parts.store.noteSent(seq, sent, notBefore)
    } catch {
      parts.log.error({ channel: parts.channel, seq }, 'a sent receipt could not be noted; trying again')
      if (stopped.signal.aborted) return
      await parts.wait(backoff(pace, attempt, parts.random), stopped.signal)
    }
  }
}
