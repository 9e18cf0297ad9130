/** Folders that variables name: whether they will do, and how they are made. */

import { accessSync, constants, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

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

/** Whether the folder can be written or, where it is missing, made: its nearest existing parent decides. */
export function canBeWritten(folder: string): boolean {
  const path = nearestExisting(folder)
  try {
    accessSync(path, constants.W_OK)
    return isFolder(path)
  } catch {
    return false
  }
}

/** Whether a folder is there, or could stand there. */
export function canBeFolder(path: string): boolean {
  return isFolder(nearestExisting(path))
}

/** The path itself, else the nearest above it that is there. */
function nearestExisting(folder: string): string {
  const path = resolve(folder)
  return existsSync(path) || path === dirname(path) ? path : nearestExisting(dirname(path))
}

/** Where a folder really is, by whatever links it is named; one that is still to be made is where it is named. */
export function realPlace(folder: string): string {
  const path = resolve(folder)
  if (existsSync(path)) return realpathSync(path)
  return path === dirname(path) ? path : join(realPlace(dirname(path)), basename(path))
}
