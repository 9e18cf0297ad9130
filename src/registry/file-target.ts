import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isLockTaken } from '../core/error-code.ts'
import type { RegistryTarget, RegistryWriter } from '../core/registry.ts'
import { checksOut, writeGeneration } from './generation.ts'
import { LAYOUT, type Pointer } from './layout.ts'
import { openGenerationFile } from './open-registry.ts'
import { readPointer, removeGenerations, writePointer } from './pointer.ts'

/** The registry of the embedded store as the target of an import: generations in files, and a pointer to one of them. */
export function fileTarget({ dir, id }: { readonly dir: string; readonly id: string }): RegistryTarget {
  let unlock: (() => void) | null = null
  return {
    async lock() {
      unlock = lockImports(dir)
      return unlock !== null
    },
    madeOf: async (digest) => standingPointer(dir, digest),
    async write() {
      const standing = pointerIn(dir)?.file
      removeGenerations(dir, [standing])
      return generationWriter(dir, { name: `registry-${id}.sqlite`, standing })
    },
    async close() {
      unlock?.()
    },
  }
}

/** The generation before stays until the next import, for a gateway that has just read the pointer to it. */
function generationWriter(
  dir: string,
  { name, standing }: { readonly name: string; readonly standing: string | undefined },
): RegistryWriter {
  const generation = writeGeneration(join(dir, name))
  let keep = [standing]
  return {
    add: generation.add,
    async finish({ digest, importedAt }) {
      const counts = generation.finish()
      // From here on a pointer may lead to it, even where what follows fails.
      keep = [standing, name]
      writePointer(dir, { layout: LAYOUT, file: name, digest, ...counts, importedAt })
      removeGenerations(dir, keep)
      return counts
    },
    async abandon() {
      generation.abandon()
      removeGenerations(dir, keep)
    },
  }
}

/** Two imports at once would take each other's files for leftovers. The lock dies with its process; null: another has it. */
function lockImports(dir: string): (() => void) | null {
  const lock = new DatabaseSync(join(dir, 'registry.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return () => lock.close()
  } catch (cause) {
    lock.close()
    if (isLockTaken(cause)) return null
    if (!(cause instanceof Error)) throw cause
    throw new Error(`registry.lock in DATA_DIR cannot be locked: ${cause.message}`, { cause })
  }
}

/** The pointer, where it leads to a whole registry of that file; a spoilt one is mended by importing it again. */
function standingPointer(dir: string, digest: string): Pointer | null {
  const pointer = pointerIn(dir)
  return pointer?.digest === digest && isWhole(join(dir, pointer.file)) ? pointer : null
}

function pointerIn(dir: string): Pointer | null {
  try {
    return readPointer(dir)
  } catch {
    return null
  }
}

function isWhole(file: string): boolean {
  try {
    using database = openGenerationFile(file)
    return checksOut(database)
  } catch {
    return false
  }
}
