import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Takes the data directory for this process, until the returned function gives it back; the operating system gives it
 * back when the process dies, however it dies. A database of its own, for the store's must stay open to readers.
 * Throws where another gateway has it.
 */
export function lockDirectory(dir: string): () => void {
  const lock = new DatabaseSync(join(dir, 'gateway.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    throw new Error('another gateway is running on this DATA_DIR: stop it first, or give this one its own', { cause })
  }
  return () => {
    if (lock.isOpen) lock.close()
  }
}
