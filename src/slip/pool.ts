import type { Worker } from 'node:worker_threads'
import type { Job, PageRead, Told } from './jobs.ts'
import { pageTime } from './page-time.ts'
import { PAGE_LIMITS, type PageLimits, type PageProblem, type PageRange } from './pages.ts'
import { createThreads, giveJob } from './threads.ts'

/** Threads that read pages, so that nobody else waits for it. */
export interface PagePool {
  /** The pages of a file in order, each as read or as a problem. Never throws for what a file holds. */
  pagesIn(file: string): AsyncGenerator<PageRead | PageProblem>
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
  const hands = createThreads(threads, new URL('./page-worker.ts', import.meta.url))
  let closed = false

  /** Does one job; whatever ends its thread early is told as the problem of the page that it was at. */
  async function run(job: Job): Promise<readonly Told[]> {
    const worker = await hands.take()
    if (worker === null) return [{ kind: 'broken', why: 'the pool is closed' }]
    worker.ref()
    const told = await outcomeOf(worker, job, pageMs)
    worker.unref()
    const last = told.at(-1)
    if (last?.kind !== 'done' && !closed) threadLost?.()
    await hands.give(worker, last?.kind === 'done' && !last.worn)
    return told
  }

  async function readRange(file: string, range: PageRange): Promise<readonly (PageRead | PageProblem)[]> {
    const pages: (PageRead | PageProblem)[] = []
    for (let from = range.from; from < range.to && !closed; ) {
      const told = await run({ file, limits, range: { from, to: range.to } })
      pages.push(...told.flatMap(pageIn))
      if (told.at(-1)?.kind === 'done') break
      from = range.from + pages.length
      pages.push({ page: from, problem: `Page ${from + 1} ended its reader (${whyOf(told)}).` })
      from++
    }
    return pages
  }

  return {
    async *pagesIn(file) {
      const counted = await run({ file, limits, range: null })
      const count = counted.find((told) => told.kind === 'count')
      if (count === undefined) return yield fileProblem(counted)
      const chunks: Promise<readonly (PageRead | PageProblem)[]>[] = []
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
      await hands.close()
    },
  }
}

/** All that a thread says of its job, up to `done`; else up to where it broke, ended, or said nothing for too long. */
function outcomeOf(worker: Worker, job: Job, pageMs: number): Promise<readonly Told[]> {
  return new Promise((resolve) => {
    const told: Told[] = []
    const end = (last: Told) => {
      time.stop()
      leave()
      resolve([...told, last])
    }
    const lost = (why: string) => end({ kind: 'broken', why })
    const hear = (one: Told) => {
      if (one.kind === 'done' || one.kind === 'broken') return end(one)
      told.push(one)
      time.restart()
    }
    const time = pageTime(worker, pageMs, lost)
    const leave = giveJob(worker, job, { hear, lost })
  })
}

function pageIn(told: Told): readonly (PageRead | PageProblem)[] {
  if (told.kind === 'page' || told.kind === 'problem') {
    const { kind: _, ...page } = told
    return [page]
  }
  return []
}

function fileProblem(told: readonly Told[]): PageProblem {
  const problem = told.find((one) => one.kind === 'problem')
  return { page: null, problem: problem?.problem ?? `The file ended its reader (${whyOf(told)}).` }
}

function whyOf(told: readonly Told[]): string {
  const last = told.at(-1)
  return last?.kind === 'broken' ? last.why : 'the thread ended'
}
