import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Something that befalls a data directory while a gateway works in it. */
export interface Misfortune {
  /** Why it can't be brought about on this machine, as an end of the test's title; null: it can. */
  readonly missing: string | null
  /** Before the gateway starts. */
  prepare(dir: string): void
  /** Strikes; the returned function takes it away again. */
  strike(dir: string): () => void
  /** After the gateway has ended. */
  tidy(dir: string): void
}

const MEGABYTE = 1024 * 1024

/** A file system of 48 MB in memory (with less than 32 the gateway is not ready), filled to its last byte. */
export const fullDisk: Misfortune = {
  missing: works('mount', ['-t', 'tmpfs', 'tmpfs'], 'umount', []) ? null : ' (skipped: only root may mount)',
  prepare: (dir) => ran('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', dir]),
  strike(dir) {
    const filler = join(dir, 'filler')
    fill(filler)
    return () => rmSync(filler)
  },
  tidy: (dir) => ran('umount', ['--lazy', dir]),
}

/** The store's files, immutable: what is open can't be written any more, and nothing can be opened for writing. */
export const readOnlyFiles: Misfortune = {
  missing: works('chattr', ['+i'], 'chattr', ['-i']) ? null : ' (skipped: files can’t be made immutable here)',
  prepare: () => undefined,
  strike(dir) {
    const files = ['gateway.sqlite', 'gateway.sqlite-wal']
      .map((name) => join(dir, name))
      .filter((file) => existsSync(file))
    ran('chattr', ['+i', ...files])
    return () => ran('chattr', ['-i', ...files])
  },
  tidy: () => undefined,
}

/** A connection of somebody else who holds the database's only write lock. */
export const lockedStore: Misfortune = {
  missing: null,
  prepare: () => undefined,
  strike(dir) {
    const other = new DatabaseSync(join(dir, 'gateway.sqlite'), { timeout: 5_000 })
    other.exec('BEGIN EXCLUSIVE')
    return () => other.close()
  },
  tidy: () => undefined,
}

function fill(file: string): void {
  const descriptor = openSync(file, 'w')
  try {
    for (let size = MEGABYTE; size >= 1; ) {
      try {
        writeSync(descriptor, Buffer.alloc(size))
      } catch {
        size = Math.floor(size / 2)
      }
    }
  } finally {
    closeSync(descriptor)
  }
}

/** Whether both commands succeed on a fresh folder. */
function works(make: string, makeArgs: readonly string[], undo: string, undoArgs: readonly string[]): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'gateway-try-'))
  writeFileSync(join(dir, 'file'), '')
  const target = make === 'mount' ? dir : join(dir, 'file')
  const made = spawnSync(make, [...makeArgs, target]).status === 0
  const undone = made && spawnSync(undo, [...undoArgs, target]).status === 0
  rmSync(dir, { recursive: true, force: true })
  return made && undone
}

function ran(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}: ${error?.message ?? stderr}`)
}
