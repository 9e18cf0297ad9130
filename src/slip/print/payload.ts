import encodeQR from 'qr'
import { checkDigits } from '../../core/check-digits.ts'
import type { PrintedSlip } from '../../core/printed-slip.ts'

/** What a slip's code says, in the style of GOST R 56042: fields in this order, and nothing personal but the account. */
export function slipPayload({ account, meter, period, rows }: PrintedSlip, supplier: string): string {
  const [year = '', month = ''] = period.split('-')
  return [
    'ST00012',
    `Name=${supplier}`,
    `PersAcc=${account}`,
    `CounterId=${meter}`,
    `PaymPeriod=${month}${year}`,
    'TechCode=02',
    'Form=R1',
    `Regs=${rows.map(({ whole, decimals }) => `${whole}${decimals}`).join(',')}`,
    `Chk=${checkDigits(account, meter)}`,
  ].join('|')
}

/** The modules of the code's symbol, row by row, without a quiet zone: one byte segment of UTF-8, error correction M. */
export function codeModules(payload: string): readonly (readonly boolean[])[] {
  // The encoder insists on a border of one module at least.
  const bordered = encodeQR(payload, 'raw', { ecc: 'medium', encoding: 'byte', border: 1 })
  return bordered.slice(1, -1).map((row) => row.slice(1, -1))
}
