/** The code of an error (`ENOENT`, `ERR_SQLITE_ERROR`, PostgreSQL's `42P01`); null: it has none, or is no error. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

/** Whether SQLite says so; its sentence is about the file, and never quotes a value. */
export function isOfSqlite(error: unknown): error is Error & { readonly errcode: unknown } {
  return error instanceof Error && 'errcode' in error
}

/** SQLite's primary result code where somebody else holds the lock; a file of another user, or a spoilt one, has others. */
const BUSY = 5

/** Whether SQLite gave up on a lock because somebody else holds it. */
export function isLockTaken(error: unknown): boolean {
  return isOfSqlite(error) && error.errcode === BUSY
}
