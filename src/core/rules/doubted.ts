import { consequences } from './consequences.ts'
import type { Finding, Hearing, Rule } from './hearing.ts'
import { type Doubt, doubts } from './plausible.ts'
import { onlyRepair } from './repairs.ts'

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
  const repair = onlyRepair(hearing)
  return repair === null ? plain : { kind: 'asked', repair }
}
