import { errorCode, isOfSqlite } from '../../core/error-code.ts'

/** Of SQLite's primary result codes, those after which the same connection works again once the cause is gone. */
const PASSING = new Set([
  5, // BUSY: somebody else holds the lock
  6, // LOCKED
  8, // READONLY
  13, // FULL
  19, // CONSTRAINT
])

/** Of the extended ones: the file was moved away from under the connection. */
const READONLY_DBMOVED = 1032

/** Whether the connection that failed so should be opened anew before its next use. */
function isSpent(error: unknown): boolean {
  if (errorCode(error) === 'ERR_INVALID_STATE') return true
  if (!isOfSqlite(error)) return false
  const code = Number(error.errcode)
  return code === READONLY_DBMOVED || !PASSING.has(code & 0xff)
}

/** A connection that is opened anew, at its next use, after it failed for good. */
export interface Reopening<Opened> {
  use<Result>(work: (opened: Opened) => Result): Result
  /** Closes it for ever. */
  close(): void
}

/** `open` is called at once (it may throw) and again whenever the last connection is spent. */
export function reopening<Opened>(open: () => Opened, shut: (opened: Opened) => void): Reopening<Opened> {
  let opened: Opened | null = open()
  let closed = false
  const drop = () => {
    const spent = opened
    opened = null
    if (spent === null) return
    try {
      shut(spent)
    } catch {
      // It was spent: what closed it before us, or keeps it from closing, is what the caller is told.
    }
  }
  return {
    use(work) {
      if (closed) throw new Error('the store is closed')
      opened ??= open()
      try {
        return work(opened)
      } catch (error) {
        if (isSpent(error)) drop()
        throw error
      }
    },
    close() {
      if (closed) return
      closed = true
      drop()
    },
  }
}
