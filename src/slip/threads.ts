import { Worker } from 'node:worker_threads'
import { errorCode } from '../core/error-code.ts'

/** So many threads at most; each is somebody's, or idle. */
export interface Threads {
  /** A thread as soon as there is one; null: they are closed. */
  take(): Promise<Worker | null>
  /** A thread that is not sound is ended; a new one takes its place when somebody waits. */
  give(worker: Worker, isSound: boolean): Promise<void>
  /** Ends all of them; whoever waits for one gets none. */
  close(): Promise<void>
}

/** A thread that has nothing to read for so long is ended, and gives its memory back; starting one takes a second. */
const IDLE_MS = 30_000
/** JavaScript's own memory; pages lie outside of it and are bounded by their limits. */
const HEAP_MEGABYTES = 256
const YOUNG_MEGABYTES = 16

/** Threads that run a script; they start when they are needed. One counts until it has ended, whatever ended it. */
export function createThreads(count: number, script: URL): Threads {
  const idle = new Map<Worker, NodeJS.Timeout>()
  const all = new Set<Worker>()
  const queue: ((worker: Worker | null) => void)[] = []
  let closed = false

  function started(): Worker {
    const worker = startThread(script)
    all.add(worker)
    worker.once('exit', () => {
      all.delete(worker)
      wake(worker)
      if (!closed) queue.shift()?.(started())
    })
    return worker
  }

  /** It is idle no more. */
  function wake(worker: Worker): void {
    clearTimeout(idle.get(worker))
    idle.delete(worker)
  }

  function endIdle(worker: Worker): void {
    wake(worker)
    void worker.terminate()
  }

  return {
    async take() {
      if (closed) return null
      const free = [...idle.keys()].at(-1)
      if (free !== undefined) {
        wake(free)
        return free
      }
      return all.size < count ? started() : new Promise((resolve) => queue.push(resolve))
    },
    async give(worker, isSound) {
      if (!isSound || closed || !all.has(worker)) {
        await worker.terminate()
        return
      }
      const next = queue.shift()
      if (next !== undefined) next(worker)
      else idle.set(worker, setTimeout(endIdle, IDLE_MS, worker).unref())
    },
    async close() {
      closed = true
      for (const next of queue.splice(0)) next(null)
      await Promise.all([...all].map((worker) => worker.terminate()))
    },
  }
}

/** Who hears a thread while it does a job. */
interface Listener<Said> {
  readonly hear: (said: Said) => void
  /** The thread broke or ended; it says no more. */
  readonly lost: (why: string) => void
}

/** Gives a thread a job; what it says of it is heard until the returned function is called. */
export function giveJob<Said>(worker: Worker, job: unknown, { hear, lost }: Listener<Said>): () => void {
  const broken = (error: unknown) => lost(errorCode(error) ?? 'it broke')
  const ended = () => lost('the thread ended')
  worker.on('message', hear).on('error', broken).on('exit', ended)
  worker.postMessage(job)
  return () => void worker.off('message', hear).off('error', broken).off('exit', ended)
}

function startThread(script: URL): Worker {
  const worker = new Worker(script, {
    // What decoders print of a spoilt file is for nobody.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  })
  worker.stdout.resume()
  worker.stderr.resume()
  worker.unref()
  // An error that nobody hears would end the process.
  worker.on('error', () => undefined)
  return worker
}
