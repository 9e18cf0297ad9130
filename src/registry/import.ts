import { createHash } from 'node:crypto'
import { createReadStream, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Branches } from '../core/branch.ts'
import { type Counts, writeGeneration } from './generation.ts'
import { LAYOUT, type Pointer } from './layout.ts'
import { readPointer, removeGenerations, writePointer } from './pointer.ts'
import { collectProblems, type Problems } from './problems.ts'
import { readRegistry } from './read-registry.ts'

/** What an import needs to know of the world. */
export interface ImportRequest {
  /** Path of the registry file; read twice. */
  readonly file: string
  /** The data directory; it exists. */
  readonly dir: string
  readonly branches: Branches
  /** Letters and digits that no import had before. */
  readonly id: string
  /** ISO instant. */
  readonly now: string
}

/** How an import ended. Only `imported` changed anything. */
export type Imported =
  | { readonly kind: 'imported' | 'unchanged'; readonly counts: Counts }
  | { readonly kind: 'bad'; readonly problems: Problems }
  | { readonly kind: 'busy' | 'moving' }

/** Bad rows that are named one by one. */
const PROBLEMS_LISTED_MAX = 1000
const CHUNK_BYTES = 65_536

/**
 * Imports a registry file, all or nothing, into a generation of its own, and switches to it; a gateway goes on reading
 * the old one meanwhile. `busy`: another import is running. `moving`: the file changed while it was read. Throws where
 * the file can't be read or the disk not be written; then nothing has changed either.
 */
export async function importRegistry(request: ImportRequest): Promise<Imported> {
  const unlock = lockImports(request.dir)
  if (unlock === null) return { kind: 'busy' }
  try {
    const standing = standingPointer(request.dir)
    const digest = await digestOf(request)
    if (standing?.digest === digest) return { kind: 'unchanged', counts: standing }
    removeGenerations(request.dir, [standing?.file])
    return await build(request, { digest, standing })
  } finally {
    unlock()
  }
}

async function build(
  request: ImportRequest,
  { digest, standing }: { digest: string; standing: Pointer | null },
): Promise<Imported> {
  const name = `registry-${request.id}.sqlite`
  const problems = collectProblems(PROBLEMS_LISTED_MAX)
  const stageFile = join(request.dir, `registry-${request.id}.stage`)
  const writer = writeGeneration(join(request.dir, name))
  let counts: Counts | null = null
  try {
    const read = await readRegistry(bytesOf(request.file), { ...request, stageFile, problems, writer })
    if (problems.count > 0) return { kind: 'bad', problems }
    if (withContext(read, request.branches) !== digest) return { kind: 'moving' }
    counts = writer.finish()
    writePointer(request.dir, { layout: LAYOUT, file: name, digest, ...counts, importedAt: request.now })
    return { kind: 'imported', counts }
  } finally {
    if (counts === null) writer.abandon()
    rmSync(stageFile, { force: true })
    removeGenerations(request.dir, counts === null ? [standing?.file] : [standing?.file, name])
  }
}

/** Two imports at once would take each other's files for leftovers. The lock dies with its process. */
function lockImports(dir: string): (() => void) | null {
  const lock = new DatabaseSync(join(dir, 'registry.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return () => lock.close()
  } catch {
    lock.close()
    return null
  }
}

/** The pointer, where it leads to something; else the import starts from nothing. */
function standingPointer(dir: string): Pointer | null {
  try {
    const pointer = readPointer(dir)
    return pointer !== null && existsSync(join(dir, pointer.file)) ? pointer : null
  } catch {
    return null
  }
}

async function digestOf({ file, branches }: ImportRequest): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of bytesOf(file)) hash.update(chunk)
  return withContext(hash.digest('hex'), branches)
}

/** The same rows may be right under one branches file and wrong under another. */
function withContext(digest: string, branches: Branches): string {
  const patterns = branches.map(({ id, accountPattern }) => [id, accountPattern])
  return createHash('sha256')
    .update(JSON.stringify([LAYOUT, patterns, digest]))
    .digest('hex')
}

function bytesOf(file: string): AsyncIterable<Buffer> {
  return createReadStream(file, { highWaterMark: CHUNK_BYTES })
}
