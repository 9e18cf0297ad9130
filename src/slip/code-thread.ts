import type { Worker } from 'node:worker_threads'
import { createThreads, giveJob } from './threads.ts'

/** Reads QR codes in pictures that strangers sent, beside the thread that answers everybody. */
export interface CodeThread {
  /** The bytes of each code; empty: there is none, or it was not found in time. Never rejects. */
  codesIn(picture: Uint8Array): Promise<readonly Uint8Array[]>
  close(): Promise<void>
}

/**
 * A photo takes a fraction of a second, and a thread half a second to start. A small file that was made for it keeps a decoder
 * busy for minutes: a JPEG of 20,000 passes, or thousands of the squares that a code has in its corners.
 */
const READ_MS_MAX = 3_000
/** Pictures come one after another; with fetching before it, both together must fit the messenger's patience. */
const WAIT_MS_MAX = 1_000

/** A thread that starts with the first picture, and anew after one that it could not read in time. */
export function createCodeThread({ readMs = READ_MS_MAX, waitMs = WAIT_MS_MAX } = {}): CodeThread {
  const workers = createThreads(1, new URL('./code-worker.ts', import.meta.url))
  return {
    async codesIn(picture) {
      const taken = workers.take()
      const worker = await Promise.race([taken, nothingAfter(waitMs)])
      if (worker === null) {
        void taken.then((late) => (late === null ? undefined : workers.give(late, true)))
        return []
      }
      const { codes, isSound } = await codesBy(worker, picture, readMs)
      await workers.give(worker, isSound)
      return codes
    },
    close: () => workers.close(),
  }
}

interface Read {
  readonly codes: readonly Uint8Array[]
  /** Whether the thread has ended its work. */
  readonly isSound: boolean
}

function codesBy(worker: Worker, picture: Uint8Array, readMs: number): Promise<Read> {
  return new Promise((resolve) => {
    const end = (read: Read) => {
      clearTimeout(timer)
      leave()
      resolve(read)
    }
    const lost = () => end({ codes: [], isSound: false })
    const timer = setTimeout(lost, readMs)
    const hear = (codes: readonly Uint8Array[]) => end({ codes, isSound: true })
    const leave = giveJob(worker, picture, { hear, lost })
  })
}

function nothingAfter(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, ms, null).unref())
}

let thread: CodeThread | null = null

/** As `codesIn` of the one thread of this process. */
export function codesInThread(picture: Uint8Array): Promise<readonly Uint8Array[]> {
  thread ??= createCodeThread()
  return thread.codesIn(picture)
}
