import type { RegisterReading } from '../../schemas/events.ts'
import type { Outcome } from '../../schemas/outcome.ts'
import type { Claim, Verdict } from './claim.ts'
import { written } from './decimal.ts'
import type { ShownValue } from './delivery.ts'
import type { Standing } from './facts.ts'
import { flagsOf } from './rules/flags.ts'
import { type Finding, type Hearing, hear, type Rule } from './rules/hearing.ts'
import { rulesInOrder } from './rules/in-order.ts'
import type { Repair } from './rules/repairs.ts'
import { unitOf } from './rules/usual.ts'
import { previousOf, type Weighed } from './rules/weigh.ts'

/**
 * Judges one meter's values (rules 2, 11, 13 and 16–23): pure, and the same claim and facts give the same verdict.
 * `standing` are the standing readings of the claim's account.
 */
export function judge(claim: Claim, standing: readonly Standing[]): Verdict {
  const hearing = hear(claim, standing)
  for (const rule of rulesInOrder) {
    const finding = rule.find(hearing)
    if (finding !== null) return refusal(hearing, rule, finding)
  }
  return {
    outcome: { kind: 'accepted', flags: flagsOf(hearing) },
    period: hearing.window.period,
    registers: registersOf(hearing),
    proposal: null,
    missing: [],
    window: null,
    supersedes: hearing.standing?.eventId ?? null,
    restated: null,
  }
}

function refusal(hearing: Hearing, { says }: Rule, finding: Finding): Verdict {
  const { period, opensOn, closesOn } = hearing.window
  return {
    period,
    registers: registersOf(hearing),
    outcome: outcomeOf(says, finding),
    proposal: finding.repair === undefined ? null : proposalOf(finding.repair),
    missing: (finding.missing ?? []).map(({ register, zone }) => ({ register, zone })),
    window: says === 'OUT_OF_WINDOW' ? { opensOn, closesOn } : null,
    supersedes: null,
    restated: finding.restated ?? null,
  }
}

function outcomeOf(says: Rule['says'], { kind }: Finding): Outcome {
  return kind === 'duplicate' || says === 'duplicate' ? { kind: 'duplicate' } : { kind, code: says }
}

/** What could be put on registers, also where it is no number. */
function registersOf({ claim, assignment, weighed }: Hearing): readonly RegisterReading[] {
  const { service } = claim.meter
  const registers: RegisterReading[] = []
  for (const [at, register] of claim.meter.registers.entries()) {
    const claimed = assignment.values[at]
    if (!claimed) continue
    const { value, used } = weighed.find((one) => one.register === register) ?? { value: claimed.text, used: 0n }
    registers.push({
      ...shown({ register, value }),
      previous: previousOf(register, service),
      consumption: used < 0n ? '0' : written(used),
      unit: unitOf[service],
    })
  }
  return registers
}

function proposalOf({ meter, weighed }: Repair): Verdict['proposal'] {
  return { meter: meter.meter, values: weighed.map(shown) }
}

function shown({ register, value }: Pick<Weighed, 'register' | 'value'>): ShownValue {
  return { register: register.register, zone: register.zone, value }
}
