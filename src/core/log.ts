import { errorCode } from './error-code.ts'

/**
 * The log as every part sees it, and pino fits: what happened as fields, then a sentence. Levels say what was lost: warn,
 * nothing; error, someone is needed. No line holds anything of a customer (rule 26).
 */
export interface Log {
  debug(fields: object, sentence: string): void
  info(fields: object, sentence: string): void
  warn(fields: object, sentence: string): void
  error(fields: object, sentence: string): void
}

/** What may be logged of an error: kind, code and place. Its message may quote what a customer wrote, and stays out. */
export function errorFields(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error }
  const { errcode, errstr } = error as { errcode?: unknown; errstr?: unknown }
  const code = errorCode(error)
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    error: error.name,
    ...(code !== null && { code }),
    ...(typeof errcode === 'number' && { errcode }),
    // SQLite's own sentence for the number, such as “database or disk is full”; never a value.
    ...(typeof errstr === 'string' && { errstr }),
    at: frames.slice(0, FRAMES_MAX).map((line) => line.trim()),
  }
}

const FRAMES_MAX = 6
