import { basename, dirname } from 'node:path'

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

/** Whether a folder is named after a day. */
export const isDay = (folder: string): boolean => collectedIn(folder) !== null

/**
 * When the drop-box of a file was emptied: as the name of its folder says, else that instant; but never after now, whatever
 * they say. ISO instants.
 */
export function emptiedAt(file: string, otherwise: string, now: string): string {
  const said = collectedIn(basename(dirname(file))) ?? otherwise
  return Date.parse(said) < Date.parse(now) ? said : now
}
