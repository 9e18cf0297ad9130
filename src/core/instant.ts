/** Instants between text and milliseconds. The last of each is kept: a message asks for its own some four times. */

const lastRead = { instant: '', ms: Number.NaN }
const lastWritten = { instant: '', ms: Number.NaN }

/** An ISO instant in milliseconds from 1970; NaN where it is none. */
export function msOf(instant: string): number {
  if (instant !== lastRead.instant) {
    lastRead.ms = Date.parse(instant)
    lastRead.instant = instant
  }
  return lastRead.ms
}

/** Milliseconds from 1970 as an ISO instant with milliseconds, in UTC; throws RangeError where there is no such instant. */
export function instantOf(ms: number): string {
  if (ms !== lastWritten.ms) {
    lastWritten.instant = new Date(ms).toISOString()
    lastWritten.ms = ms
  }
  return lastWritten.instant
}
