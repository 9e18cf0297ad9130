import type { Claim } from '../../src/core/claim.ts'
import type { Meter, Standing } from '../../src/core/facts.ts'
import { claim, values } from './claims.ts'

/** A row of the judge's table; `proposal` as `proposalText` writes it. */
export interface Row {
  readonly why: string
  readonly claim: Claim
  readonly standing: readonly Standing[]
  readonly outcome: string
  readonly proposal: string | null
}

interface Over extends Partial<Omit<Claim, 'values'>> {
  readonly others?: readonly Meter[]
  readonly standing?: readonly Standing[]
  readonly proposal?: string
}

/** A row from values as `values` reads them, blanks between; what else differs from `claim`'s default is in `over`. */
export function row(why: string, texts: string, outcome: string, over: Over = {}): Row {
  const { standing: stands = [], proposal = null, ...rest } = over
  const typed = texts === '' ? [] : values(...texts.split(' '))
  return { why, claim: claim({ ...rest, values: typed }), standing: stands, outcome, proposal }
}
