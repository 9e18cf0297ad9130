/** What lies in a folder of scans: what is to be read, and what never is. */
import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A folder of scans. */
export interface ScanFolder {
  readonly folder: string
  /** Subfolders by these names are watched too. */
  readonly isDay: (name: string) => boolean
}

const ASIDE = new Set(['done', 'failed'])
const UNFINISHED = /^\.|\.(part|tmp|crdownload|filepart)$/i

/** What is said of what lies in an inbox and is never read. */
export const PASSED_OVER =
  'folders not named like 2026-11-25, links, and names that are no UTF-8 are not read: put the scans elsewhere'

/** The files of a watched folder and of its days, in the order of their names; and how much is passed over there. */
export async function filesIn(
  { folder, isDay }: ScanFolder,
  entriesOf: (folder: string) => Promise<readonly Dirent[]>,
): Promise<{ readonly files: readonly string[]; readonly passedOver: number }> {
  const entries = await entriesOf(folder)
  const days = entries.filter((entry) => entry.isDirectory() && isDay(entry.name))
  const all = entries.filter((entry) => !days.includes(entry)).map((entry) => ({ folder, entry }))
  for (const { name } of days) {
    const day = join(folder, name)
    all.push(...(await entriesOf(day)).map((entry) => ({ folder: day, entry })))
  }
  const files = all.filter(({ entry }) => entry.isFile() && !UNFINISHED.test(entry.name))
  return {
    files: files.map(({ folder, entry }) => join(folder, entry.name)).sort(),
    passedOver: all.filter(({ entry }) => isPassedOver(entry)).length,
  }
}

/** A folder that names no day, a link, or a file whose name is no UTF-8, so that it can't be opened by it. */
function isPassedOver(entry: Dirent): boolean {
  const { name } = entry
  if (entry.isFile()) return name.includes('\uFFFD')
  return !(name.startsWith('.') || ASIDE.has(name))
}

/** How much in an inbox is never read. Throws where it can't be looked at. */
export async function passedOverIn(of: ScanFolder): Promise<number> {
  return (await filesIn(of, (folder) => readdir(folder, { withFileTypes: true }))).passedOver
}
