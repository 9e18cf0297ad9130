import { type DestinationStream, destination, pino } from 'pino'
import type { RelayLog } from './outbox/publisher.ts'

/** The log as the whole gateway uses it; every part takes less of it. */
export interface GatewayLog extends RelayLog {
  /** Writes out what is still in memory; called last. */
  flush(): void
}

/** One write for some two hundred lines: a line costs a message one microsecond, not five. */
const BUFFER_BYTES = 32_768
/** No line stays in memory longer. */
const FLUSH_MS = 500

/** Opens the log at a level, one JSON line an event, on stdout or on the given stream. */
export function openLog(level: string, to?: DestinationStream): GatewayLog {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  if (to !== undefined) return Object.assign(pino(options, to), { flush: () => undefined })
  const stdout = destination({
    fd: 1,
    sync: false,
    minLength: BUFFER_BYTES,
    maxWrite: 2 * BUFFER_BYTES,
    periodicFlush: FLUSH_MS,
  })
  const log = pino(options, stdout)
  return Object.assign(log, { flush: () => flushed(stdout) })
}

/** At the very end, or before stdout was opened, there may be nothing left to write to. */
function flushed(stdout: { flushSync(): void }): void {
  try {
    stdout.flushSync()
  } catch {
    return
  }
}
