import type { Worker } from 'node:worker_threads'

/** What a thread may spend on a page. */
export interface PageTime {
  /** Starts anew: the thread has said something of its page. */
  restart(): void
  stop(): void
}

/** A page that waits (for a disk, a decoder's own thread) without computing is given up after so many times its time. */
const WAIT_FACTOR = 10
const LOOK_MS = 1_000
/** So little of the time between two looks is no computing: who gets less of a busy machine's time than others gets more. */
const WAITING_SHARE = 0.01

/**
 * Calls `late` with a reason once the thread has computed for `pageMs` on one page. What others take from it costs it nothing:
 * on a machine that is busy, or asleep, a sound page takes minutes by the clock. Looks are counted instead of time for the
 * same reason.
 */
export function pageTime(worker: Pick<Worker, 'cpuUsage'>, pageMs: number, late: (why: string) => void): PageTime {
  const everyMs = Math.min(LOOK_MS, pageMs / 4)
  /** In how many looks on end it computed nothing. */
  let waits = 0
  let spentBefore: number | null = null
  let spentLast = 0
  let stopped = false
  const timer = setInterval(look, everyMs)
  return {
    restart() {
      waits = 0
      spentBefore = null
    },
    stop() {
      stopped = true
      clearInterval(timer)
    },
  }

  async function look(): Promise<void> {
    waits += 1
    if (waits * everyMs > WAIT_FACTOR * pageMs) return late(`nothing came of it in ${(WAIT_FACTOR * pageMs) / 1000} s`)
    // A thread that has just ended says nothing; that it ended is told by others.
    const usage = await worker.cpuUsage().catch(() => null)
    // While it was asked the page may have come to its end, and the thread be somebody else's.
    if (usage === null || stopped) return
    const spentMs = (usage.user + usage.system) / 1_000
    if (spentMs - spentLast > WAITING_SHARE * everyMs) waits = 0
    spentLast = spentMs
    spentBefore ??= spentMs
    if (spentMs - spentBefore > pageMs) late(`it took more than ${pageMs / 1000} s of computing`)
  }
}
