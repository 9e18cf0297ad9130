import { masked } from '../core/scan-result.ts'
import type { TakenSlip } from '../slip/take.ts'

/**
 * The line of one slip: where it was seen, whose it is, and what became of it. `registers` holds what was read, the best
 * guesses where it is held; `confidence` that all of them are right. Account and meter show their last four digits only.
 */
export function slipLine(file: string, { place, slip, outcome, record }: TakenSlip, full: boolean): string {
  const shown = (text: string) => (full ? text : masked(text))
  const { identity } = slip.seen
  const registers = record?.registers ?? []
  const confidence = registers.reduce((product, one) => product * one.confidence, registers.length > 0 ? 1 : 0)
  return JSON.stringify({
    file,
    page: place.page,
    position: place.position,
    account: identity === null ? null : shown(identity.account),
    meter: identity === null ? null : shown(identity.meter),
    period: identity?.printedFor ?? null,
    outcome: outcome.kind,
    ...('code' in outcome && { code: outcome.code }),
    registers: Object.fromEntries(registers.map(({ register, value }) => [register, value])),
    confidence: rounded(confidence),
    confidences: Object.fromEntries(registers.map((one) => [one.register, rounded(one.confidence)])),
  })
}

function rounded(confidence: number): number {
  return Math.round(confidence * 1e6) / 1e6
}
