/** Clocks differ by less, and who is answered at once waits for less. */
const LATE_MS_MIN = 60_000
/** Messengers bring again what they could not bring for a day. */
const LATE_MS_MAX = 24 * 3_600_000

/**
 * When the channel received a message (rule 1): now, or, where the messenger could not bring it at once, the instant that it
 * says. `sentMs`: milliseconds since 1970, by the messenger's clock; undefined: it says none.
 */
export function receivedBy(sentMs: number | undefined, now: string): string {
  if (sentMs === undefined) return now
  const lateMs = Date.parse(now) - sentMs
  return lateMs > LATE_MS_MIN && lateMs <= LATE_MS_MAX ? new Date(sentMs).toISOString() : now
}

/**
 * When a message came to us, where that was well after `receivedAt`: who is asked something then can answer from then on.
 */
export function broughtLate(receivedAt: string, now: string): { readonly broughtAt?: string } {
  return Date.parse(now) - Date.parse(receivedAt) > LATE_MS_MIN ? { broughtAt: now } : {}
}
