import type { Code } from '../../../schemas/codes.ts'
import type { Finding } from './hearing.ts'
import type { Doubt } from './plausible.ts'

interface Consequence {
  /** Where rule 21 has no proposal. */
  readonly plain: Finding
  /** Where the customer has said yes to the values as typed; null: the yes counts, and the doubt is over (rule 20). */
  readonly insisted: Finding | null
}

/** What comes of each doubt. */
export const consequences: Readonly<Record<Doubt, Consequence>> = {
  TOO_MANY_DIGITS: { plain: { kind: 'rejected' }, insisted: { kind: 'rejected' } },
  BELOW_PREVIOUS: { plain: { kind: 'asked' }, insisted: { kind: 'held' } },
  OVER_CAP: { plain: { kind: 'held' }, insisted: { kind: 'held' } },
  VERY_HIGH: { plain: { kind: 'asked' }, insisted: null },
}

const byCode: Readonly<Partial<Record<Code, Consequence>>> = consequences

/** Whether a doubt is asked about where there is no proposal: a yes is then said to the values as typed. */
export function asksWithoutProposal(code: Code): boolean {
  return byCode[code]?.plain.kind === 'asked'
}

/** Whether more than a refusal comes of insisting on the values as typed. */
export function mayInsist(code: Code): boolean {
  const consequence = byCode[code]
  return consequence !== undefined && consequence.insisted?.kind !== 'rejected'
}
