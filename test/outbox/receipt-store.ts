import type { ChatMessage, Receipt, Sent } from '../../src/core/chat.ts'
import type { ReceiptStore } from '../../src/core/store.ts'

/** A receipt as the store keeps it. */
export interface KeptReceipt extends Receipt {
  readonly seq: number
  tries: number
  notBefore: string
  /** What became of it at last; null: it waits. */
  end: Sent | 'reached' | null
  /** Handed out, and no result yet. */
  isOut: boolean
  failedAt: string | null
}

/** Receipts in memory, as the port of the store says; `broken`: every call rejects. */
export function memoryReceipts(): ReceiptStore & {
  readonly kept: KeptReceipt[]
  broken: boolean
  add(channel: string, to: string, message: ChatMessage, submissionId?: string): void
} {
  const kept: KeptReceipt[] = []
  const receipts = {
    kept,
    broken: false,
    add(channel: string, to: string, message: ChatMessage, submissionId = 'none') {
      const seq = kept.length + 1
      kept.push({
        seq,
        channel,
        to,
        message,
        submissionId,
        tries: 0,
        notBefore: '',
        end: null,
        isOut: false,
        failedAt: null,
      })
    },
    async receiptsDue(channel: string, now: string, limit: number, until: string) {
      whole()
      const waiting = kept.filter((one) => one.channel === channel && one.end === null)
      const oldest = waiting.filter((one) => waiting.find(({ to }) => to === one.to) === one)
      const due = oldest.filter(({ notBefore }) => notBefore <= now).slice(0, limit)
      for (const one of due) Object.assign(one, { notBefore: until, isOut: true })
      return due.map((one) => ({ ...one }))
    },
    async noteSent(seq: number, sent: Sent, notBefore: string) {
      whole()
      const one = kept[seq - 1] as KeptReceipt
      const isOut = sent.kind === 'later' && sent.inDoubt === true
      Object.assign(one, { tries: one.tries + 1, isOut })
      if (sent.kind === 'later') one.notBefore = notBefore
      else one.end = sent
    },
    async noteFailed(channel: string, providerId: string, at: string) {
      whole()
      const one = kept.find((each) => each.channel === channel && idOf(each) === providerId)
      if (one !== undefined) one.failedAt = at
    },
    async noteReached(channel: string, to: string, providerId: string) {
      whole()
      if (kept.some((one) => one.channel === channel && idOf(one) === providerId)) return
      const out = kept.find((one) => one.channel === channel && one.to === to && one.isOut && one.end === null)
      if (out !== undefined) out.end = 'reached'
    },
    async receiptState(channel: string) {
      return { waiting: kept.filter((one) => one.channel === channel && one.end === null).length, oldestAt: null }
    },
  }
  function whole(): void {
    if (receipts.broken) throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR' })
  }
  return receipts
}

function idOf({ end }: KeptReceipt): string | null {
  return typeof end === 'object' && end?.kind === 'taken' ? end.providerId : null
}
