/** Scans and pictures as they are kept in DATA_DIR, until their retention ends. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { absent, exists, writeDurably } from './files.ts'
import type { Pictures } from './take.ts'
import { resultsIn, uploadsIn } from './uploads.ts'

/** The folders below DATA_DIR. */
const scansIn = (dir: string) => join(dir, 'slips', 'scans')
const picturesIn = (dir: string) => join(dir, 'slips', 'pictures')

/** SHA-256 of a file, hex; it is read in parts. */
export async function digestOf(file: string): Promise<string> {
  const sum = createHash('sha256')
  for await (const part of partsOf(file)) sum.update(part)
  return sum.digest('hex')
}

/** Opens the file when its first part is asked for: an error before that would be nobody's. */
async function* partsOf(file: string): AsyncGenerator<Buffer> {
  yield* createReadStream(file)
}

/** Keeps a scan by its digest, once whatever it is called and however often it comes; on the disk when this resolves. */
export async function keepScan(dir: string, file: string, digest: string): Promise<void> {
  if (await exists(join(scansIn(dir), digest))) return
  await writeDurably(scansIn(dir), digest, partsOf(file))
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
