import { errorCode } from '../core/error-code.ts'

/** What is said of a file that the operating system would not let us read: `cannot be read (ENOENT)`. Any other error is thrown again. */
export function unreadable(error: unknown, path: string): string {
  if (!(error instanceof Error && 'path' in error && error.path === path)) throw error
  return `cannot be read (${errorCode(error) ?? 'unknown'})`
}
