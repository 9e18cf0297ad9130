import type { Code, Flag } from './codes.ts'

/** What became of one item (one meter of one submission); every item ends as exactly one of these. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly flags: readonly Flag[] }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'asked' | 'held' | 'rejected' | 'none'; readonly code: Code }

/** The kinds of outcome, as the counter identity adds them up: received = the sum of all. */
export const outcomeKinds = ['accepted', 'duplicate', 'asked', 'held', 'rejected', 'none'] as const

/** One member of the header: `accepted`, `accepted;flags="HIGH NO_SERIAL"`, `asked;code=VERY_HIGH`, `duplicate`. */
export function outcomeMember(outcome: Outcome): string {
  if (outcome.kind === 'accepted') {
    return outcome.flags.length === 0 ? 'accepted' : `accepted;flags="${[...outcome.flags].sort().join(' ')}"`
  }
  return outcome.kind === 'duplicate' ? 'duplicate' : `${outcome.kind};code=${outcome.code}`
}

/** The value of `x-reading-outcome`: a structured-field list (RFC 9651), one member an item, in the order of the text. */
export function outcomeHeader(outcomes: readonly Outcome[]): string {
  return outcomes.map(outcomeMember).join(', ')
}
