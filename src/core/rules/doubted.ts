import type { Finding, Hearing, Rule } from './hearing.ts'
import { type Doubt, doubts } from './plausible.ts'
import { onlyRepair } from './repairs.ts'

/**
 * What comes of a doubt for which rule 21 has no proposal, and of one where the customer has said yes to the values as
 * typed; null: nothing, the yes counts (rule 20).
 */
const consequences: Readonly<Record<Doubt, { readonly plain: Finding; readonly insisted: Finding | null }>> = {
  TOO_MANY_DIGITS: { plain: { kind: 'rejected' }, insisted: { kind: 'rejected' } },
  BELOW_PREVIOUS: { plain: { kind: 'asked' }, insisted: { kind: 'held' } },
  OVER_CAP: { plain: { kind: 'held' }, insisted: { kind: 'held' } },
  VERY_HIGH: { plain: { kind: 'asked' }, insisted: null },
}

/** Rules 17–20, each with rule 21's proposal. */
export const doubted: readonly Rule[] = doubts.map(({ code, fails }) => ({
  says: code,
  find: (hearing) => (fails(hearing.weighed, hearing.scale) ? consequence(code, hearing) : null),
}))

/** A proposal that was taken is judged afresh, but nothing is proposed a second time. */
function consequence(code: Doubt, hearing: Hearing): Finding | null {
  const { plain, insisted } = consequences[code]
  if (hearing.claim.proposalTaken) return plain
  if (hearing.claim.confirmed.includes(code)) return insisted
  const { claim, assignment, scale, weighed } = hearing
  const typed = assignment.values.flatMap((value) => (value?.typed ? [value.typed] : []))
  const repair = onlyRepair({ scale, account: claim.account, typed, weighed })
  return repair === null ? plain : { kind: 'asked', repair }
}
