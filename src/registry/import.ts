import { createHash, hash } from 'node:crypto'
import { createReadStream, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Branches } from '../core/branch.ts'
import type { RegistryCounts, RegistryTarget } from '../core/registry.ts'
import { fileTarget } from './file-target.ts'
import { LAYOUT } from './layout.ts'
import { collectProblems, type Problems } from './problems.ts'
import { readRegistry } from './read-registry.ts'

/** What an import needs to know of the world. */
export interface ImportRequest {
  /** Path of the registry file; read twice. */
  readonly file: string
  /** The data directory; it exists. Rows wait there until all of an account can be seen. */
  readonly dir: string
  readonly branches: Branches
  /** Letters and digits that no import had before. */
  readonly id: string
  /** ISO instant. */
  readonly now: string
  /** Where it goes; absent: into files in `dir`, for the embedded store. */
  readonly target?: RegistryTarget
}

/** How an import ended. Only `imported` changed anything. */
export type Imported =
  | { readonly kind: 'imported' | 'unchanged'; readonly counts: RegistryCounts }
  | { readonly kind: 'bad'; readonly problems: Problems }
  | { readonly kind: 'busy' | 'moving' }

/** Bad rows that are named one by one. */
const PROBLEMS_LISTED_MAX = 1000
const CHUNK_BYTES = 65_536

/**
 * Imports a registry file, all or nothing, beside the registry in use, and switches to it; gateways go on reading the
 * old one meanwhile. `busy`: another import is running. `moving`: the file changed while it was read. Throws where the
 * file can't be read or the target not be written; then nothing has changed either.
 */
export async function importRegistry(request: ImportRequest): Promise<Imported> {
  const target = request.target ?? fileTarget(request)
  try {
    if (!(await target.lock())) return { kind: 'busy' }
    const digest = await digestOf(request)
    const standing = await target.madeOf(digest)
    if (standing !== null) return { kind: 'unchanged', counts: standing }
    removeStages(request.dir)
    return await build(request, { target, digest })
  } finally {
    await target.close()
  }
}

async function build(
  request: ImportRequest,
  { target, digest }: { target: RegistryTarget; digest: string },
): Promise<Imported> {
  const problems = collectProblems(PROBLEMS_LISTED_MAX)
  const stageFile = join(request.dir, `registry-${request.id}.stage`)
  const writer = await target.write()
  let counts: RegistryCounts | null = null
  try {
    const read = await readRegistry(bytesOf(request.file), { ...request, stageFile, problems, writer })
    if (problems.count > 0) return { kind: 'bad', problems }
    if (withContext(read, request.branches) !== digest) return { kind: 'moving' }
    counts = await writer.finish({ digest, importedAt: request.now })
    return { kind: 'imported', counts }
  } finally {
    if (counts === null) await writer.abandon()
    rmSync(stageFile, { force: true })
  }
}

/** Removes where the rows of killed imports waited. */
function removeStages(dir: string): void {
  for (const name of readdirSync(dir)) if (/^registry-[\w-]+\.stage(-journal)?$/.test(name)) rmSync(join(dir, name))
}

async function digestOf({ file, branches }: ImportRequest): Promise<string> {
  const sum = createHash('sha256')
  for await (const chunk of bytesOf(file)) sum.update(chunk)
  return withContext(sum.digest('hex'), branches)
}

/** The same rows may be right under one branches file and wrong under another. */
function withContext(digest: string, branches: Branches): string {
  const patterns = branches.map(({ id, accountPattern }) => [id, accountPattern])
  return hash('sha256', JSON.stringify([LAYOUT, patterns, digest]), 'hex')
}

function bytesOf(file: string): AsyncIterable<Buffer> {
  return createReadStream(file, { highWaterMark: CHUNK_BYTES })
}
