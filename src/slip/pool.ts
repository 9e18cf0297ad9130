import { Worker } from 'node:worker_threads'
import type { Job, PageRead, Told } from './jobs.ts'
import { PAGE_LIMITS, type PageLimits, type PageProblem, type PageRange } from './pages.ts'

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
  /** A page that takes longer is given up, and its thread with it; tests shorten it. */
  readonly pageMs?: number
}

/** A slow page takes a second; what takes a minute was made to. */
const PAGE_MS = 60_000
/** Pages of one file that a thread reads in one go: opening a large PDF costs as much as a page. */
const CHUNK = 8
/** JavaScript's own memory; pages lie outside of it and are bounded by their limits. */
const HEAP_MEGABYTES = 256
const YOUNG_MEGABYTES = 16

/**
 * One core is left to everybody else. A thread reads some 250 pages a minute and takes 250 MB, most of it decoders; more
 * than two would only wait for the disk of a small office's machine.
 */
export function threadsFor(cores: number): number {
  return Math.max(1, Math.min(2, cores - 1))
}

/** Opens a pool; threads start with the first file. */
export function createPagePool({ threads, limits = PAGE_LIMITS, pageMs = PAGE_MS }: PoolOptions): PagePool {
  const idle: Worker[] = []
  const all = new Set<Worker>()
  const queue: ((worker: Worker) => void)[] = []
  let closed = false

  function take(): Promise<Worker> {
    const free = idle.pop()
    if (free !== undefined) return Promise.resolve(free)
    if (all.size < threads) return Promise.resolve(started())
    return new Promise((resolve) => queue.push(resolve))
  }

  function started(): Worker {
    const worker = new Worker(new URL('./page-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    })
    all.add(worker)
    worker.unref()
    return worker
  }

  /** A thread that broke, or was given up, is replaced by a new one when somebody waits. */
  async function give(worker: Worker, isSound: boolean): Promise<void> {
    if (!isSound || closed) {
      all.delete(worker)
      await worker.terminate()
    }
    const next = queue.shift()
    if (next !== undefined) next(isSound && !closed ? worker : started())
    else if (isSound && !closed) idle.push(worker)
  }

  /** Does one job; whatever ends its thread early is told as the problem of the page that it was at. */
  async function run(job: Job): Promise<readonly Told[]> {
    if (closed) return [{ kind: 'broken', why: 'the pool is closed' }]
    const worker = await take()
    worker.ref()
    const told = await outcomeOf(worker, job, pageMs)
    worker.unref()
    await give(worker, told.at(-1)?.kind === 'done')
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
        yield* (await chunks[at]) ?? []
        start((at + threads) * CHUNK)
      }
    },
    async close() {
      closed = true
      await Promise.all([...all].map((worker) => worker.terminate()))
    },
  }
}

/** All that a thread says of its job, up to `done`; else up to where it broke, ended, or said nothing for too long. */
function outcomeOf(worker: Worker, job: Job, pageMs: number): Promise<readonly Told[]> {
  return new Promise((resolve) => {
    const told: Told[] = []
    const end = (last?: Told) => {
      clearTimeout(timer)
      worker.removeAllListeners()
      worker.on('error', () => undefined)
      resolve(last === undefined ? told : [...told, last])
    }
    const late = () => end({ kind: 'broken', why: `it took more than ${pageMs / 1000} s` })
    let timer = setTimeout(late, pageMs)
    worker.removeAllListeners()
    worker.on('message', (one: Told) => {
      if (one.kind === 'done' || one.kind === 'broken') return end(one)
      told.push(one)
      clearTimeout(timer)
      timer = setTimeout(late, pageMs)
    })
    worker.on('error', (error) => end({ kind: 'broken', why: codeOf(error) }))
    worker.on('exit', () => end({ kind: 'broken', why: 'the thread ended' }))
    worker.postMessage(job)
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

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'it broke'
}
