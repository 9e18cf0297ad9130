import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isLockTaken } from '../../core/error-code.ts'

const TAKEN = 'another gateway is running on this DATA_DIR: stop it first, or give this one its own'

/**
 * Takes the data directory for this process, until the returned function gives it back; the operating system gives it
 * back when the process dies, however it dies. A database of its own, for the store's must stay open to readers.
 * Throws where another gateway has it, and with the reason where it can't be taken at all.
 */
export function lockDirectory(dir: string): () => void {
  const lock = new DatabaseSync(join(dir, 'gateway.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    if (!(cause instanceof Error)) throw cause
    throw new Error(isLockTaken(cause) ? TAKEN : `gateway.lock in DATA_DIR cannot be locked: ${cause.message}`, {
      cause,
    })
  }
  return () => {
    if (lock.isOpen) lock.close()
  }
}
