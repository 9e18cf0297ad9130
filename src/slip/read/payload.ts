import { checkDigits } from '../../core/check-digits.ts'
import { BOXES_MAX, type RowLayout, type SlipIdentity } from '../../core/slip.ts'

/** What the code of a slip says: whose it is, and the boxes of each row. */
export interface Payload {
  readonly identity: SlipIdentity
  readonly rows: readonly RowLayout[]
}

/** Form R1: 1 to 3 registers, and no row is without a whole digit. */
const REGISTERS = /^[1-8]\d(,[1-8]\d){0,2}$/
const PERIOD = /^(0[1-9]|1[0-2])(\d{4})$/
/** Anybody can print a code: with control characters in it, the number would play with the terminal of who reviews it. */
const ACCOUNT_OR_SERIAL = /^[^|\p{C}]{1,40}$/u

/** Reads a slip's code (form R1); null: another code, or one whose check digits are wrong. */
export function payloadOf(text: string): Payload | null {
  const [header, ...parts] = text.split('|')
  if (header !== 'ST00012') return null
  const fields = new Map(parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]))
  const field = (name: string): string => fields.get(name) ?? ''
  const account = field('PersAcc')
  const meter = field('CounterId')
  const rows = layoutOf(field('Regs'))
  const period = PERIOD.exec(field('PaymPeriod'))
  if (field('Form') !== 'R1' || rows === null || period === null) return null
  if (!ACCOUNT_OR_SERIAL.test(account) || !ACCOUNT_OR_SERIAL.test(meter) || !/\d/.test(account + meter)) return null
  if (field('Chk') !== checkDigits(account, meter)) return null
  return { identity: { account, meter, printedFor: `${period[2]}-${period[1]}` }, rows }
}

function layoutOf(text: string): RowLayout[] | null {
  if (!REGISTERS.test(text)) return null
  const rows = text
    .split(',')
    .map((pair, k) => ({ register: `T${k + 1}`, whole: Number(pair[0]), decimals: Number(pair[1]) }))
  return rows.some(({ whole, decimals }) => whole + decimals > BOXES_MAX) ? null : rows
}
