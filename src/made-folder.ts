import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** What is wanted of a folder that a variable names. */
export const FOLDER_ADVICE = 'must be a folder that the gateway may write, or make'

/** A folder that a variable names, and what it gets where it is made. */
export interface WantedFolder {
  readonly variable: string
  /** Of the folder and of those above it that are missing too; absent: as the process has it. */
  readonly mode?: number
}

/**
 * The folder's absolute path, made with all above it where it is missing; throws an error that names the variable.
 * Node's own recursive way never ends below a folder that takes none (`/proc`).
 */
export function madeFolder(folder: string, { variable, mode = 0o777 }: WantedFolder): string {
  const path = resolve(folder)
  try {
    make(path, mode)
  } catch (cause) {
    throw new Error(`${variable} ${FOLDER_ADVICE}`, { cause })
  }
  return path
}

function make(path: string, mode: number): void {
  if (isFolder(path)) return
  if (!existsSync(dirname(path))) make(dirname(path), mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(path)) throw error
  }
}

/** Whether a folder stands there; throws where that can't be looked at. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
