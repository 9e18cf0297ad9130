/** A folder of a drop-box: the day on which it was emptied. */
const DAY = /^\d{4}-\d\d-\d\d$/

/**
 * The instant that a folder's name says, `2026-11-25`; null: it names no day. Midnight UTC: that is the morning of that
 * very day in every zone from Kaliningrad to Kamchatka, before any window closes.
 */
export function collectedIn(folder: string): string | null {
  if (!DAY.test(folder)) return null
  const at = new Date(`${folder}T00:00:00Z`)
  // `Date` makes 2 March of 30 February.
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(folder) ? null : at.toISOString()
}

/** The earlier of two instants: no drop-box was emptied after now, whatever a folder or a file's time says. */
export function earlier(one: string, other: string): string {
  return Date.parse(one) < Date.parse(other) ? one : other
}
