import type { Worker } from 'node:worker_threads'
import type { Job, PageTold, Told } from './jobs.ts'
import { pageTime } from './page-time.ts'
import { PAGE_LIMITS, type PageLimits, type PageRange } from './pages.ts'
import { createThreads, giveJob } from './threads.ts'

/** Threads that read pages, so that nobody else waits for it. */
export interface PagePool {
  /** The pages of a file in order, each as read or as a problem. Never throws for what a file holds. */
  pagesIn(file: string): AsyncGenerator<PageTold>
  close(): Promise<void>
}

/** How a pool works. */
export interface PoolOptions {
  readonly threads: number
  readonly limits?: PageLimits
  /** Computing that a page may take; one that takes more is given up, and its thread with it. Tests shorten it. */
  readonly pageMs?: number
  /** A page ended its thread, or was given up with it. */
  readonly threadLost?: () => void
}

/** A slow page takes a second; what takes a minute was made to. */
const PAGE_MS = 60_000
/** Pages of one file that a thread reads in one go: opening a large PDF costs as much as a page. */
const CHUNK = 8

/**
 * Threads come behind everybody else, so all cores may be theirs when nobody asks for one; more than two would only wait
 * for the disk of a small office's machine. Each takes some 150 MB, most of it decoders.
 */
export function threadsFor(cores: number): number {
  return Math.max(1, Math.min(2, cores))
}

/** Opens a pool; threads start with the first file. */
export function createPagePool(options: PoolOptions): PagePool {
  const { threads, limits = PAGE_LIMITS, pageMs = PAGE_MS, threadLost } = options
  const workers = createThreads(threads, new URL('./page-worker.ts', import.meta.url))
  let closed = false

  async function run(job: Job): Promise<JobResult> {
    const worker = await workers.take()
    if (worker === null) return { told: [], endedBy: 'the pool is closed', isSound: false }
    worker.ref()
    const result = await resultOf(worker, job, pageMs)
    worker.unref()
    if (result.endedBy !== null && !closed) threadLost?.()
    await workers.give(worker, result.isSound)
    return result
  }

  /** Whatever ends a thread early is told as the problem of the page that it was at. */
  async function readRange(file: string, range: PageRange): Promise<readonly PageTold[]> {
    const pages: PageTold[] = []
    for (let from = range.from; from < range.to && !closed; ) {
      const { told, endedBy } = await run({ file, limits, range: { from, to: range.to } })
      pages.push(...told.filter((one) => one.kind !== 'count'))
      if (endedBy === null) break
      from = range.from + pages.length
      pages.push({ kind: 'problem', page: from, problem: `Page ${from + 1} ended its reader (${endedBy}).` })
      from++
    }
    return pages
  }

  return {
    async *pagesIn(file) {
      const { told, endedBy } = await run({ file, limits, range: null })
      const [count] = told
      if (count?.kind !== 'count')
        return yield count ?? { kind: 'problem', page: null, problem: `The file ended its reader (${endedBy}).` }
      const chunks: Promise<readonly PageTold[]>[] = []
      const start = (from: number) => {
        if (from < count.pages) chunks.push(readRange(file, { from, to: Math.min(count.pages, from + CHUNK) }))
      }
      for (let ahead = 0; ahead < threads; ahead++) start(ahead * CHUNK)
      for (let at = 0; at < Math.ceil(count.pages / CHUNK); at++) {
        // Taken out, for pictures of a whole batch would fill the memory.
        yield* (await chunks.shift()) ?? []
        start((at + threads) * CHUNK)
      }
    },
    async close() {
      closed = true
      await workers.close()
    },
  }
}

/** What came of a job. */
interface JobResult {
  readonly told: readonly (Extract<Told, { kind: 'count' }> | PageTold)[]
  /** What ended it early; null: it was done. */
  readonly endedBy: string | null
  /** Whether its thread may do another. */
  readonly isSound: boolean
}

/** All that a thread says of its job, to its end, or up to where it broke, ended, or said nothing for too long. */
function resultOf(worker: Worker, job: Job, pageMs: number): Promise<JobResult> {
  return new Promise((resolve) => {
    const told: JobResult['told'][number][] = []
    const end = (how: Omit<JobResult, 'told'>) => {
      time.stop()
      leave()
      resolve({ told, ...how })
    }
    const lost = (why: string) => end({ endedBy: why, isSound: false })
    const hear = (one: Told) => {
      if (one.kind === 'broken') return lost(one.why)
      if (one.kind === 'done') return end({ endedBy: null, isSound: !one.worn })
      told.push(one)
      time.restart()
    }
    const time = pageTime(worker, pageMs, lost)
    const leave = giveJob(worker, job, { hear, lost })
  })
}
