import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../core/error-code.ts'
import { syncFile } from './generation.ts'
import { Pointer } from './layout.ts'

const POINTER = 'registry.json'
/** Generations, those being built, and what SQLite may put beside them. */
const GENERATION = /^registry-[\w-]+\.sqlite(\.building)?(-journal)?$/

/** Where the pointer stands in a data directory. */
export function pointerFile(dir: string): string {
  return join(dir, POINTER)
}

/** The pointer; null: nothing was ever imported. Throws where there is one that can't be read. */
export function readPointer(dir: string): Pointer | null {
  let text: string
  try {
    text = readFileSync(pointerFile(dir), 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
  return Pointer.parse(JSON.parse(text))
}

/** Switches to a generation that is on disk: at any moment, also after a crash, the old pointer or the new one is read. */
export function writePointer(dir: string, pointer: Pointer): void {
  const next = `${pointerFile(dir)}.next`
  writeFileSync(next, `${JSON.stringify(pointer)}\n`, { flush: true })
  // The generation's own name first: the pointer must never outlive what it points to.
  syncFile(dir)
  renameSync(next, pointerFile(dir))
  syncFile(dir)
}

/** Removes every generation but those to keep, half-built ones too; a gateway that has one open keeps it. */
export function removeGenerations(dir: string, keep: readonly (string | undefined)[]): void {
  for (const name of readdirSync(dir)) if (GENERATION.test(name) && !keep.includes(name)) rmSync(join(dir, name))
}
