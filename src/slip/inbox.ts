/** Watched folders: a scan that has stopped growing is read, and moved beside itself to `done` or `failed`. */
import type { Dirent } from 'node:fs'
import { lstat, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode } from '../core/error-code.ts'
import { type ScanResult, type SlipResult, slipResult } from '../core/scan-result.ts'
import { absent, exists } from './files.ts'
import { filesIn, type ScanFolder } from './inbox-files.ts'
import type { Scanned } from './scan.ts'

/** A folder that is watched. */
export interface Watched extends ScanFolder {
  /** When the drop-box of that file was emptied, ISO instant; `changedAt`: when the file was written. */
  readonly receivedAt: (file: string, changedAt: string) => string
  /** Files that were read are removed instead of moved: their originals are kept elsewhere. */
  readonly removesDone: boolean
  /** Keeps what became of a file, before it is put away; absent: nobody asks. */
  readonly keepResult?: (file: string, result: ScanResult) => Promise<void>
}

/** What watching needs. */
export interface InboxParts {
  readonly watched: readonly Watched[]
  readonly scan: (file: string, receivedAt: string) => AsyncIterable<Scanned>
  /** Waits; resolves at once when the signal comes. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>
  readonly log: InboxLog
}

/** What is told of files: counts, never names, which may hold a customer's. */
export interface InboxLog {
  read(counts: { readonly pages: number; readonly slips: number; readonly problems: number }): void
  /** It comes again at a later look. */
  putOff(error: unknown): void
  /** A folder can't be read now; told once, until it can be. */
  folderAway(error: unknown): void
  /** So much lies there that is never read (isPassedOver); told when it has become more. */
  passedOver(count: number): void
}

const LOOK_MS = 2_000
/** So many looks at the same size and time make a file whole: copies over a network pause for less. */
const WHOLE_LOOKS = 2
/** A TIFF is whole after each page, and a scanner may write one after the other into it: those to come would never be read. */
const TIFF_LOOKS = 6
const TIFF = /\.tiff?$/i
/** Where we failed, not the file: it is left where it is for so many looks. */
const REST_LOOKS = 15
/** Behind the name of a file that failed: the file that says why. */
const REASON = '.reason.txt'

/** Watches until it is closed; closing waits for the slip in hand, the file is taken up again at the next start. */
export function watchInbox(parts: InboxParts): { close(): Promise<void> } {
  const stop = new AbortController()
  const seen = new Map<string, { readonly mark: string; readonly looks: number }>()
  const rests = createRests()
  const entriesOf = readerOfFolders(parts.log)
  const passedBefore = new Map<Watched, number>()
  const running = loop()
  return {
    async close() {
      stop.abort()
      await running
    },
  }

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      for (const watched of parts.watched) await look(watched).catch(parts.log.putOff)
      await parts.wait(LOOK_MS, stop.signal)
    }
  }

  async function look(watched: Watched): Promise<void> {
    const { files, passedOver } = await filesIn(watched, entriesOf)
    if (passedOver > (passedBefore.get(watched) ?? 0)) parts.log.passedOver(passedOver)
    passedBefore.set(watched, passedOver)
    for (const file of files) {
      if (stop.signal.aborted) return
      const is = await lookOf(file)
      if (is === null) continue
      const before = seen.get(file)
      const looks = before?.mark === is.mark ? before.looks + 1 : 1
      seen.set(file, { mark: is.mark, looks })
      if (looks >= (TIFF.test(file) ? TIFF_LOOKS : WHOLE_LOOKS) && !rests.goesOn(file)) await take(file, watched, is)
    }
  }

  async function take(file: string, watched: Watched, { mark, changedAt }: Look): Promise<void> {
    try {
      const read = await readThrough(parts.scan(file, watched.receivedAt(file, changedAt)), stop.signal)
      // One that went on growing was not read to its end, one that was renamed is read under its new name, and what another
      // gateway has put away meanwhile it tells of.
      if (read === null || (await lookOf(file))?.mark !== mark) return
      const { pages, result } = read
      parts.log.read({ pages, slips: result.slips.length, problems: result.problems.length })
      await watched.keepResult?.(file, result)
      await putAside(file, result.problems, watched)
      seen.delete(file)
    } catch (error) {
      if (errorCode(error) === 'ENOENT' && !(await exists(file))) return
      rests.begin(file)
      parts.log.putOff(error)
    }
  }
}

/** null: it was stopped in the middle. */
async function readThrough(
  scanned: AsyncIterable<Scanned>,
  stop: AbortSignal,
): Promise<{ readonly pages: number; readonly result: ScanResult } | null> {
  const problems: string[] = []
  const slips: SlipResult[] = []
  let pages = 0
  for await (const one of scanned) {
    if (stop.aborted) return null
    if (one.kind === 'problem') problems.push(one.problem)
    else if (one.kind === 'page') pages++
    else slips.push(slipResult(one.slip.place, one.slip.slip.seen.identity, one.slip.outcome))
  }
  // Threads that were stopped end their pages with problems that are none of the file's.
  if (stop.aborted) return null
  return { pages, result: { status: problems.length === 0 ? 'done' : 'failed', problems, slips } }
}

/** Reads folders. One that can't be read now has nothing in it: it keeps nobody from the others, and is told of once. */
function readerOfFolders(log: InboxLog): (folder: string) => Promise<readonly Dirent[]> {
  const away = new Set<string>()
  return async (folder) => {
    try {
      const entries = await readdir(folder, { withFileTypes: true })
      away.delete(folder)
      return entries
    } catch (error) {
      if (!away.has(folder)) log.folderAway(error)
      away.add(folder)
      return []
    }
  }
}

/** How long files are left alone that we failed at, counted in looks. */
function createRests(): { begin(file: string): void; goesOn(file: string): boolean } {
  const looksLeft = new Map<string, number>()
  return {
    begin: (file) => void looksLeft.set(file, REST_LOOKS),
    goesOn(file) {
      const left = (looksLeft.get(file) ?? 0) - 1
      if (left > 0) looksLeft.set(file, left)
      else looksLeft.delete(file)
      return left > 0
    },
  }
}

/** How a file looks: it is whole while that stays the same. */
interface Look {
  readonly mark: string
  /** ISO instant. */
  readonly changedAt: string
}

/** null: it is gone. */
async function lookOf(file: string): Promise<Look | null> {
  const is = await stat(file).catch(() => null)
  return is === null ? null : { mark: `${is.size} ${is.mtimeMs}`, changedAt: is.mtime.toISOString() }
}

/** A file of which anything could not be read fails, with the reasons beside it; the slips that could are taken. */
async function putAside(file: string, problems: readonly string[], { removesDone }: Watched): Promise<void> {
  if (problems.length === 0 && removesDone) return rm(file, { force: true })
  const folder = join(dirname(file), problems.length === 0 ? 'done' : 'failed')
  await mkdir(folder, { recursive: true })
  const place = await freePlace(folder, shortened(basename(file)))
  if (problems.length > 0) await writeReason(place + REASON, problems)
  await rename(file, place)
}

/** Never through a link that somebody who may write in the inbox has left there: it would lead to a file of ours. */
async function writeReason(place: string, problems: readonly string[]): Promise<void> {
  await rm(place, { force: true })
  await writeFile(place, `${problems.join('\n')}\n`, { flag: 'wx' })
}

/** File systems end a name after 255 bytes: this leaves room for a number before it and for the reason behind it. */
const NAME_BYTES_MAX = 230

/** The end of a name that is too long: what tells scans apart stands there. */
function shortened(name: string): string {
  const bytes = Buffer.from(name)
  if (bytes.length <= NAME_BYTES_MAX) return name
  return bytes.subarray(-NAME_BYTES_MAX).toString().replace(CUT_LETTER, '')
}

const CUT_LETTER = /^\uFFFD+/

async function freePlace(folder: string, name: string): Promise<string> {
  for (let n = 0; ; n++) {
    const place = join(folder, n === 0 ? name : `${n}-${name}`)
    if (!(await exists(place))) return place
  }
}

/**
 * Removes from `done` what was put there before that instant (rule 28), and returns how many. What failed stays: a person has
 * to look at it. Throws where it can't look or remove.
 */
export async function purgeDone(of: ScanFolder, before: string): Promise<number> {
  let count = 0
  for (const done of await placesOf(of, 'done')) {
    for (const name of (await readdir(done).catch(absent)) ?? []) {
      const file = join(done, name)
      const is = await lstat(file).catch(absent)
      // A file keeps its own time when it is moved; what changes then is the time of its entry.
      if (is === null || !is.isFile() || is.ctimeMs >= Date.parse(before)) continue
      await rm(file, { force: true })
      count += 1
    }
  }
  return count
}

/** How many scans lie in `failed` of an inbox and of its days: they wait for a person. Throws where it can't be read. */
export async function failedScans(folder: string): Promise<number> {
  const places = await placesOf({ folder, isDay: () => true }, 'failed')
  const names = await Promise.all(places.map((place) => readdir(place).catch(absent)))
  return names.flatMap((of) => of ?? []).filter((name) => !name.startsWith('.') && !name.endsWith(REASON)).length
}

/** Where files of an inbox and of its days are put aside, whether there is such a folder or not. */
async function placesOf({ folder, isDay }: ScanFolder, aside: 'done' | 'failed'): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const days = entries.filter((entry) => entry.isDirectory() && isDay(entry.name)).map(({ name }) => join(folder, name))
  return [folder, ...days].map((one) => join(one, aside))
}
