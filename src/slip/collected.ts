import { basename, dirname } from 'node:path'
import { instantOf, msOfRfc3339 } from '../core/instant.ts'

/**
 * The instant that a folder's name says, `2026-11-25`; null: it names no day. Midnight UTC: that is the morning of that
 * very day in every zone from Kaliningrad to Kamchatka, before any window closes.
 */
export function collectedIn(folder: string): string | null {
  const ms = msOfRfc3339(`${folder}T00:00:00Z`)
  return ms === null ? null : instantOf(ms)
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
