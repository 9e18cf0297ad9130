import { z } from 'zod'
import type { Account, Meter, Register, Service, Zone } from './facts.ts'
import { BOXES_MAX, type RowLayout } from './slip.ts'

/** A paper slip (form R1) as it is printed: whose it is, and the boxes to write in. */
export interface PrintedSlip {
  readonly account: string
  readonly meter: string
  readonly service: Service
  /** `2026-12`: for which month it is printed; it tells the customer, and decides nothing. */
  readonly period: string
  /** 1 to 3 rows, in register order. */
  readonly rows: readonly PrintedRow[]
}

/** A row as it is printed. */
export interface PrintedRow extends RowLayout {
  readonly zone: Zone
}

/** The supplier's short name, of characters that can be printed and that are no separators of the code. */
export const SupplierName = z
  .string()
  .regex(/^[ "'().,0-9A-Za-z«»А-Яа-яЁё№–-]{1,40}$/, {
    error: 'must be 1 to 40 Russian or Latin letters, digits, spaces and quotation marks',
  })
  .default('ЭНЕРГОСБЫТ')
  .describe("The supplier's short name on paper slips and in their QR code.")

const ROWS_MAX = 3
/** Rule 11 keeps no more of them. */
const DECIMALS_MAX = 3

/** The slip of a meter; null: its dial has more registers or digits than the form has room for. */
export function printedSlip(account: string, { meter, service, registers }: Meter, period: string): PrintedSlip | null {
  if (registers.length < 1 || registers.length > ROWS_MAX) return null
  if (registers.some(({ digits }) => digits > BOXES_MAX)) return null
  const ordered = registers.toSorted((a, b) => (a.register < b.register ? -1 : 1))
  return { account, meter, service, period, rows: ordered.map((one) => rowOf(one, service)) }
}

/** The slips of an account, one for each active meter; null stands for a meter that the form has no room for. */
export function printedSlips({ account, meters }: Account, period: string): readonly (PrintedSlip | null)[] {
  return meters.filter(({ status }) => status === 'ACTIVE').map((meter) => printedSlip(account, meter, period))
}

/** Electricity is billed in whole kWh: its decimals are not asked for. Others lose decimals before they lose digits. */
function rowOf({ register, zone, digits, decimals }: Register, service: Service): PrintedRow {
  const asked = service === 'ELECTRICITY' ? 0 : Math.min(decimals, DECIMALS_MAX, BOXES_MAX - digits)
  return { register, zone, whole: digits, decimals: asked }
}
