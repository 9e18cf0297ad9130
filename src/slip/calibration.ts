import type { SlipComparison } from '../core/slip-claim.ts'
import { comparable, isSameReading } from '../dialog/slip-review.ts'

/** Readings of one range of confidence, and how many of them a person read alike. */
export interface Reliability {
  /** From this confidence on, up to the next range. */
  readonly from: number
  readonly read: number
  readonly agreed: number
}

/** What clerks' decisions say of recognition. */
export interface Calibration {
  readonly ranges: readonly Reliability[]
  /** Readings that were compared, of all ranges. */
  readonly compared: number
  /** The lowest bound from which on nobody disagreed; null: too few were compared, or even the surest was wrong. */
  readonly sureFrom: number | null
  /** Readings from that bound on. */
  readonly above: number
  /** So many of them may be wrong all the same, at most, with 95 % confidence: 3 / n, where none of n was. */
  readonly errorMax: number
}

const RANGES = [0, 0.5, 0.9, 0.99, 0.995, 0.999, 0.9995, 0.9999] as const
/** Fewer say nothing of one error in a thousand. */
export const COMPARED_LEAST = 300
/** What may be proposed; nothing below the first, whatever luck the first slips had. */
const BOUNDS = [0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999, 0.99995, 0.99999] as const

interface Compared {
  readonly confidence: number
  readonly agreed: boolean
}

/** Compares what was read with what people read. What nobody can read was rightly not believed, and wrongly where it was. */
export function calibrationOf(comparisons: readonly SlipComparison[]): Calibration {
  const compared = comparisons.flatMap(({ registers, values }): Compared[] =>
    comparable(registers, values).map(({ register, value, confidence }) => ({
      confidence,
      agreed: isSameReading(value, values?.[register]),
    })),
  )
  const ranges = RANGES.map((from, at) => {
    const within = compared.filter(({ confidence }) => confidence >= from && confidence < (RANGES[at + 1] ?? 2))
    return { from, read: within.length, agreed: within.filter(({ agreed }) => agreed).length }
  })
  const sureFrom = compared.length < COMPARED_LEAST ? null : lowestBound(compared)
  const above = sureFrom === null ? 0 : compared.filter(({ confidence }) => confidence >= sureFrom).length
  return { ranges, compared: compared.length, sureFrom, above, errorMax: above === 0 ? 1 : Math.min(1, 3 / above) }
}

/** Above whatever was wrong. */
function lowestBound(compared: readonly Compared[]): number | null {
  const wrong = compared.filter(({ agreed }) => !agreed)
  return BOUNDS.find((bound) => wrong.every(({ confidence }) => confidence < bound)) ?? null
}
