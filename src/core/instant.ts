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

/** RFC 3339, section 5.6; Temporal alone would take more. */
const RFC3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/

/** A fraction may have any number of digits; Temporal takes nine. */
const BEYOND_NANOSECONDS = /(\.\d{9})\d+/

/** An instant as others write it (RFC 3339), in milliseconds from 1970; null where it is none. */
export function msOfRfc3339(text: string): number | null {
  if (!RFC3339.test(text)) return null
  try {
    return Temporal.Instant.from(text.replace(BEYOND_NANOSECONDS, '$1')).epochMilliseconds
  } catch {
    return null
  }
}
