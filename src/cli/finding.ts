/** What `doctor` looked at, whether it is well, and what to do. */
export interface Finding {
  readonly level: 'ok' | 'warn' | 'fail'
  readonly what: string
  readonly says: string
}

/** A finding that something fails. */
export function fail(what: string, says: string): Finding {
  return { level: 'fail', what, says }
}
