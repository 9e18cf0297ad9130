/** Scans and pictures as they are kept in DATA_DIR, until their retention ends. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pictures } from './take.ts'
import { absent, exists, partOf, resultsIn, syncNames, uploadsIn } from './uploads.ts'

/** The folders below DATA_DIR. */
const scansIn = (dir: string) => join(dir, 'slips', 'scans')
const picturesIn = (dir: string) => join(dir, 'slips', 'pictures')

/** SHA-256 of a file, hex; it is read in parts. */
export async function digestOf(file: string): Promise<string> {
  const sum = createHash('sha256')
  for await (const part of createReadStream(file)) sum.update(part as Buffer)
  return sum.digest('hex')
}

/** Keeps a scan by its digest, once whatever it is called and however often it comes; on the disk when this resolves. */
export async function keepScan(dir: string, file: string, digest: string): Promise<void> {
  const folder = scansIn(dir)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept = join(folder, digest)
  if (await exists(kept)) return
  const part = partOf(kept)
  await copyFile(file, part)
  // A copy has the rights of what it is a copy of: others might read it, or we not be let write it to the disk.
  await chmod(part, 0o600)
  const handle = await open(part, 'r+')
  await handle.sync().finally(() => handle.close())
  await rename(part, kept)
  await syncNames(folder)
}

/** Where the picture of a slip lies that waits for review. */
export function pictureFile(dir: string, submissionId: string): string {
  return join(picturesIn(dir), `${submissionId}.png`)
}

/** Pictures for review, one file a slip. */
export function picturesOf(dir: string): Pictures {
  return {
    async keep(submissionId, picture) {
      await mkdir(picturesIn(dir), { recursive: true, mode: 0o700 })
      await writeFile(pictureFile(dir, submissionId), picture, { mode: 0o600 })
    },
    drop: (submissionId) => rm(pictureFile(dir, submissionId), { force: true }),
  }
}

/**
 * Removes scans, pictures, what became of uploads, and what a crash left of one, from before that instant (rule 28); returns
 * how many. Throws where it can't look or remove.
 */
export async function purgeKept(dir: string, before: string): Promise<number> {
  let count = 0
  for (const folder of [
    scansIn(dir),
    picturesIn(dir),
    resultsIn(dir),
    uploadsIn(dir),
    join(uploadsIn(dir), 'failed'),
  ]) {
    const names = (await readdir(folder).catch(absent)) ?? []
    // A whole upload there still waits to be read, however old it is.
    for (const name of folder === uploadsIn(dir) ? names.filter(isUnfinished) : names) {
      const file = join(folder, name)
      // What is written meanwhile gets its own name, and a picture goes where its slip needs no person.
      const found = await stat(file).catch(absent)
      if (found === null || found.mtimeMs >= Date.parse(before)) continue
      await rm(file, { force: true })
      count += 1
    }
  }
  return count
}

function isUnfinished(name: string): boolean {
  return name.endsWith('.part')
}
