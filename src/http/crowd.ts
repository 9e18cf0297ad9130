import { LateError } from './deadline.ts'

/** Those who wait for an answer at the same time: at most so many, each at most so long. */
export interface Crowd {
  /** There is no place; whoever comes now is to come again. */
  isFull(): boolean
  /** The promise's own end, or a rejection with `LateError`; what comes later is dropped. Its place is given back in both cases. */
  wait<T>(promise: Promise<T>): Promise<T>
}

/** How large a crowd may be, and how long one may wait, ms of `monotonicMs`, a clock that never jumps. */
export interface CrowdLimits {
  readonly most: number
  readonly waitMs: number
  readonly monotonicMs: () => number
}

interface Waiting {
  readonly lateMs: number
  readonly reject: (error: LateError) => void
}

/** A crowd with one timer for all: whoever came first is late first, and a set keeps that order. */
export function createCrowd({ most, waitMs, monotonicMs }: CrowdLimits): Crowd {
  const inside = new Set<Waiting>()
  let timer: NodeJS.Timeout | null = null

  function watch(first: Waiting): void {
    timer = setTimeout(sendAwayLate, Math.max(1, first.lateMs - monotonicMs()))
    timer.unref()
  }

  function sendAwayLate(): void {
    timer = null
    const nowMs = monotonicMs()
    for (const one of inside) {
      if (one.lateMs > nowMs) {
        watch(one)
        return
      }
      inside.delete(one)
      one.reject(new LateError())
    }
  }

  return {
    isFull: () => inside.size >= most,
    wait: (promise) =>
      new Promise((resolve, reject) => {
        const one = { lateMs: monotonicMs() + waitMs, reject }
        inside.add(one)
        if (timer === null) watch(one)
        promise.then(
          (value) => {
            inside.delete(one)
            resolve(value)
          },
          (error: unknown) => {
            inside.delete(one)
            reject(error)
          },
        )
      }),
  }
}
