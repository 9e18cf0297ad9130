import { Worker } from 'node:worker_threads'
import { errorCode } from '../core/error-code.ts'

/** So many threads at most; each is somebody's, or idle. */
export interface Threads {
  take(): Promise<Worker>
  /** A thread that is not sound is ended; a new one takes its place when somebody waits. */
  give(worker: Worker, isSound: boolean): Promise<void>
  close(): Promise<void>
}

/** A thread that has nothing to read for so long is ended, and gives its memory back; starting one takes a second. */
const IDLE_MS = 30_000
/** JavaScript's own memory; pages lie outside of it and are bounded by their limits. */
const HEAP_MEGABYTES = 256
const YOUNG_MEGABYTES = 16

/** Threads that run a script; they start when they are needed. */
export function createThreads(count: number, script: URL): Threads {
  const idle: { readonly worker: Worker; readonly timer: NodeJS.Timeout }[] = []
  const all = new Set<Worker>()
  const queue: ((worker: Worker) => void)[] = []
  let closed = false

  function started(): Worker {
    const worker = startThread(script)
    all.add(worker)
    return worker
  }

  async function end(worker: Worker): Promise<void> {
    all.delete(worker)
    await worker.terminate()
  }

  function endIdle(worker: Worker): void {
    const at = idle.findIndex((one) => one.worker === worker)
    if (at === -1) return
    idle.splice(at, 1)
    void end(worker)
  }

  return {
    async take() {
      const free = idle.pop()
      if (free !== undefined) {
        clearTimeout(free.timer)
        return free.worker
      }
      return all.size < count ? started() : new Promise((resolve) => queue.push(resolve))
    },
    async give(worker, isSound) {
      const isKept = isSound && !closed
      if (!isKept) await end(worker)
      const next = queue.shift()
      if (next !== undefined) next(isKept ? worker : started())
      else if (isKept) idle.push({ worker, timer: setTimeout(endIdle, IDLE_MS, worker).unref() })
    },
    async close() {
      closed = true
      for (const { timer } of idle) clearTimeout(timer)
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
  worker.removeAllListeners()
  worker.on('message', hear)
  worker.on('error', (error) => lost(errorCode(error) ?? 'it broke'))
  worker.on('exit', () => lost('the thread ended'))
  worker.postMessage(job)
  return () => {
    worker.removeAllListeners()
    // An error that nobody hears would end the process.
    worker.on('error', () => undefined)
  }
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
  return worker
}
