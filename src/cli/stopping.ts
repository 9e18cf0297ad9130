import type { CliContext } from './context.ts'

/** The operator's SIGINT or SIGTERM as a signal, or the context's own; `forget` leaves them to the process again. */
export function stopping({ until }: Pick<CliContext, 'until'>): { signal: AbortSignal; forget: () => void } {
  if (until !== undefined) return { signal: until, forget: () => {} }
  const stop = new AbortController()
  const abort = () => stop.abort()
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const name of signals) process.once(name, abort)
  return {
    signal: stop.signal,
    forget() {
      for (const name of signals) process.removeListener(name, abort)
    },
  }
}
