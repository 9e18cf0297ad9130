import type { Code } from '../../../schemas/codes.ts'
import type { Claim } from '../claim.ts'
import type { Register, Standing } from '../facts.ts'
import { type WindowAt, windowAt } from '../period.ts'
import { type Assignment, assign } from './assign.ts'
import type { Repair } from './repairs.ts'
import { valueText } from './value.ts'
import { type Scale, type Weighed, weigh } from './weigh.ts'

/** All that the rules look at, worked out once. */
export interface Hearing {
  readonly claim: Claim
  readonly window: WindowAt
  /** The standing reading of the same meter and period. */
  readonly standing: Standing | null
  readonly assignment: Assignment
  readonly scale: Scale
  /** In register order: each register with a value that is a number. Rules 17–22 come when all have one. */
  readonly weighed: readonly Weighed[]
}

/** What a rule finds against accepting a claim. */
export interface Finding {
  readonly kind: 'duplicate' | 'asked' | 'held' | 'rejected'
  readonly missing?: readonly Register[]
  readonly repair?: Repair
  /** See `Verdict`. */
  readonly restated?: Standing | null
}

/** A rule: null where it has nothing to say. `says` is its code, or `duplicate`, which has none. */
export interface Rule {
  readonly says: Code | 'duplicate'
  readonly find: (hearing: Hearing) => Finding | null
}

/** Gathers what the rules look at. */
export function hear(claim: Claim, standing: readonly Standing[]): Hearing {
  const window = windowAt(claim.branch, claim.receivedAt)
  const scale = { branch: claim.branch, meter: claim.meter, day: window.day }
  const assignment = assign(claim)
  const weighed: Weighed[] = []
  for (const [at, register] of claim.meter.registers.entries()) {
    const typed = assignment.values[at]?.typed
    if (typed) weighed.push(weigh(register, valueText(typed), scale))
  }
  return { claim, window, standing: standingOf(claim, window.period, standing), assignment, scale, weighed }
}

function standingOf({ account, meter }: Claim, period: string, standing: readonly Standing[]): Standing | null {
  return (
    standing.find(
      (one) =>
        one.meter === meter.meter &&
        one.period === period &&
        one.account === account.account &&
        one.branch === account.branch,
    ) ?? null
  )
}
