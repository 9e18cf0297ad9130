import type { Branch } from '../core/branch.ts'
import type { Meter } from '../core/facts.ts'
import { windowAt } from '../core/period.ts'
import type { RowSeen } from '../core/slip.ts'
import type { ReadRegister, SlipClaim } from '../core/slip-claim.ts'
import { BOUNDS, readRow } from '../core/slip-posterior.ts'
import type { Known } from '../core/slip-use.ts'

/** The meter that the slip's rows are of, and what its readings are weighed against. */
export interface RowsAbout {
  readonly meter: Meter
  readonly branch: Branch
  /** ISO instant of the drop-box. */
  readonly receivedAt: string
}

/** Reads each row of a slip, with what the registry knows of its register; null: it knows nothing. */
export function readRows({ seen, sureFrom }: SlipClaim, about: RowsAbout | null): readonly ReadRegister[] {
  const bounds = { sureFrom, sureFromBoxes: Math.max(sureFrom, BOUNDS.sureFromBoxes) }
  const labels = labelsOf(seen.rows, about)
  return seen.rows.map((row, at) => {
    const register = labels[at] ?? row.register
    const { value, confidence, why } = readRow(row, knownOf(register, about), bounds)
    return { register, value, confidence, sure: why === null, ...(why !== null && { why }) }
  })
}

/** The code counts its rows, and the meter names them: a meter of T1 and T3 has two. */
function labelsOf(rows: readonly RowSeen[], about: RowsAbout | null): readonly string[] {
  const registers = about?.meter.registers.length === rows.length ? about.meter.registers : rows
  return registers.map(({ register }) => register)
}

function knownOf(label: string, about: RowsAbout | null): Known | null {
  const register = about?.meter.registers.find((one) => one.register === label)
  if (about === null || register === undefined) return null
  const { meter, branch, receivedAt } = about
  return { register, scale: { branch, meter, day: windowAt(branch, receivedAt).day } }
}
