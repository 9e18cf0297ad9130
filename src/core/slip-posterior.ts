import type { RowSeen } from './slip.ts'
import { expectationOf, type Known } from './slip-use.ts'
import { type Spelling, type Spelt, spellingOf } from './slip-values.ts'

/** Why a row waits for a person, in order of precedence. */
export type RowDoubt = 'STRAY_INK' | 'BLANK' | 'JUNK' | 'GAP' | 'REFUSED' | 'CONTRADICTED' | 'UNCERTAIN'

/** What a row says, and whether a person has to look at it. */
export interface RowReading {
  /** `4557`, `4557.3`; null: no box could hold a digit. */
  readonly value: string | null
  /** Probability of `value`, 0 to 1. */
  readonly confidence: number
  /** null: sure. */
  readonly why: RowDoubt | null
}

/** From which confidence on a value is believed without a person. */
export interface Bounds {
  readonly sureFrom: number
  /** Where the registry knows nothing of the register: the boxes alone must be surer. */
  readonly sureFromBoxes: number
}
/** Most readings that pass are far surer: of 2,964 lab slips over the bound ten were wrong. See `src/slip/training/README.md`. */
export const BOUNDS: Bounds = { sureFrom: 0.99, sureFromBoxes: 0.999 }

/** So much of the boxes' likelihood may fall on blank or gap; beyond it a person looks. */
const DISORDER_MAX = 0.05
/** So much on junk: the net is taught on much of it and sees a little in any untidy digit, and in real junk little else. */
const JUNK_MAX = 0.07
/**
 * A straight line through the logarithm of the odds, by what came true on some 6,000 rows of lab slips where it matters, from
 * odds of 12 to 1 on. See `src/slip/training/README.md`.
 */
const CALIBRATION = { offset: -0.2, slope: 1.27 }

/** A value with what speaks for it: its boxes, and boxes and registry together. */
interface Candidate extends Spelt {
  readonly mass: number
  readonly refused: boolean
}

/**
 * Reads a row with the registry's knowledge: p(value) ∝ Π p(digit in box) × p(use). The high digits are nearly known
 * before anyone looks, so only the last ones must be read well. The value is always what the boxes say first: the registry
 * makes it sure or doubtful, never another. Values that the rules refuse keep the little mass that such readings have in
 * life: nobody is ever sure of one, and it makes its neighbours less sure. `known` is null where the registry doesn't know
 * the register.
 */
export function readRow(row: RowSeen, known: Known | null, bounds: Bounds = BOUNDS): RowReading {
  const spelling = spellingOf(row)
  const candidates = spelling.values.map((spelt) => candidateOf(spelt, known))
  const best = candidates[0] ?? null
  const confidence = best === null ? 0 : confidenceIn(best, candidates, spelling)
  const sureFrom = known === null ? bounds.sureFromBoxes : bounds.sureFrom
  const why = rowDoubt(row, spelling) ?? valueDoubt(best, candidates) ?? (confidence < sureFrom ? 'UNCERTAIN' : null)
  return { value: best?.value ?? null, confidence, why }
}

/** The calibrated probability of what the boxes say first. */
function confidenceIn(best: Candidate, candidates: readonly Candidate[], spelling: Spelling): number {
  const total = candidates.reduce((sum, { mass }) => sum + mass, 0)
  if (total === 0) return 0
  const { blank, gap, junk } = spelling
  const order = disorderOf(spelling) !== null ? Math.max(0, 1 - blank - gap - junk) : 1
  return order * calibrated(Math.min(1, best.mass / total))
}

function calibrated(probability: number): number {
  const { offset, slope } = CALIBRATION
  return 1 / (1 + Math.exp(-offset - slope * Math.log(probability / (1 - probability))))
}

function candidateOf(spelt: Spelt, known: Known | null): Candidate {
  if (known === null) return { ...spelt, mass: spelt.likelihood, refused: false }
  const { density, refused } = expectationOf(spelt.value, known)
  return { ...spelt, mass: spelt.likelihood * density, refused }
}

/** What is wrong with the row as a whole. */
function rowDoubt({ strayInk }: RowSeen, spelling: Spelling): RowDoubt | null {
  return strayInk ? 'STRAY_INK' : disorderOf(spelling)
}

/** What keeps its boxes from being read as digits; within the limits the digits decide. */
function disorderOf({ blank, gap, junk }: Spelling): RowDoubt | null {
  if (blank > DISORDER_MAX) return 'BLANK'
  if (junk > JUNK_MAX) return 'JUNK'
  return gap > DISORDER_MAX ? 'GAP' : null
}

function valueDoubt(best: Candidate | null, candidates: readonly Candidate[]): RowDoubt | null {
  if (best === null) return 'BLANK'
  if (best.refused) return 'REFUSED'
  return candidates.some(({ mass }) => mass > best.mass) ? 'CONTRADICTED' : null
}
