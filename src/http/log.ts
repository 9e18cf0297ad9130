/** The log as the parts below see it: what happened as fields, then a sentence. Levels say what was lost: warn, nothing; error, someone is needed. */
export interface Log {
  info(fields: object, sentence: string): void
  warn(fields: object, sentence: string): void
  error(fields: object, sentence: string): void
}

/** What may be logged of an error: kind, code and place. Its message may quote what a customer wrote, and stays out. */
export function errorFields(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code, errcode, errstr } = error as { code?: unknown; errcode?: unknown; errstr?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    error: error.name,
    ...(typeof code === 'string' && { code }),
    ...(typeof errcode === 'number' && { errcode }),
    // SQLite's own sentence for the number, such as “database or disk is full”; never a value.
    ...(typeof errstr === 'string' && { errstr }),
    at: frames.slice(0, FRAMES_MAX).map((line) => line.trim()),
  }
}

const FRAMES_MAX = 6
