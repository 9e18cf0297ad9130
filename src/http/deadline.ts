/** The promise's own end, or a rejection with `LateError` after `ms`. What comes later is dropped. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new LateError()), ms)
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** A part that did not answer in time. */
export class LateError extends Error {
  override readonly name = 'LateError'
  readonly code = 'NO_ANSWER_IN_TIME'
}
