import type { Readable } from 'node:stream'

/** What a command may use of the world: results go to stdout, everything else to stderr, one line a call. */
export interface CliContext {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: (line: string) => void
  readonly stderr: (line: string) => void
  /** What is piped in, for commands given `-`; absent: the process's own. */
  readonly stdin?: Readable
  /** Directory that relative file names start from. */
  readonly cwd: string
  /** Ends a command that follows something, or takes long; absent: the operator's SIGINT or SIGTERM does. */
  readonly until?: AbortSignal
}
