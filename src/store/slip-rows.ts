import type { ReviewedSlip, ReviewReason, SlipComparison, SlipRecord, WaitingSlip } from '../core/slip-claim.ts'

/** What is kept of a slip, of its column. */
export function slipRead(record: string): SlipRecord {
  return JSON.parse(record) as SlipRecord
}

/** A slip that waits for a person, of its row. */
export function waitingSlipRead([number, record]: readonly [number: number | string, record: string]): WaitingSlip {
  return { ...slipRead(record), number: Number(number) }
}

/** The slip of that number that a person has decided on, of its row. */
export function reviewedSlipRead(
  number: number,
  [record, verdict]: readonly [record: string, verdict: string],
): ReviewedSlip {
  return { ...slipRead(record), number, values: valuesRead(verdict) }
}

/** What was read of a slip and what a person read on it, of its row. */
export function comparisonRead([review, record, verdict]: readonly [
  review: ReviewReason,
  record: string,
  verdict: string,
]): SlipComparison {
  return { review, registers: slipRead(record).registers, values: valuesRead(verdict) }
}

function valuesRead(verdict: string): ReviewedSlip['values'] {
  return JSON.parse(verdict) as ReviewedSlip['values']
}
