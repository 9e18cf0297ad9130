import { codes } from '../../schemas/codes.ts'
import type { Outcome } from '../../schemas/outcome.ts'
import type { ReadRegister, WaitingSlip } from '../core/slip-claim.ts'
import type { RowDoubt } from '../core/slip-posterior.ts'
import { identityIn } from '../dialog/slip.ts'

/** What may be typed, for who reviews the first time. */
export const HELP: readonly string[] = [
  'Type the values as they are written, in the order of the registers, or Enter where all is read rightly.',
  'ACCOUNT METER VALUES where the code is not readable, or others are meant than it says.',
  'unreadable: nobody can read it; skip: it waits on; help; quit',
  'back: the slip before, to change what you said; back 54: slip 54, whoever has reviewed it',
]

/** A slip on the screen: why it waits, where its picture lies, whose it is, what was read and what is doubtful in it. */
export function slipLines(slip: WaitingSlip, picture: string): readonly string[] {
  const whose = identityIn(slip.identity)
  return [
    '',
    `Slip ${slip.number} (${whyOf(slip)})`,
    `  picture  ${picture}`,
    whose === null ? '  code     not readable' : `  account  ${whose.account}, meter ${whose.meter}`,
    ...slip.registers.map(registerLine),
  ]
}

const WHY = {
  held: 'not surely read',
  first: 'one of the first',
  audit: 'one of the random share, accepted as it was read',
} as const

function whyOf({ review, heldFor }: WaitingSlip): string {
  if (heldFor === undefined || heldFor === 'UNREADABLE') return WHY[review ?? 'held']
  return `${heldFor}: ${codes[heldFor].meaning}`
}

function registerLine({ register, value, confidence, why }: ReadRegister): string {
  const look = why === undefined ? '' : `  look: ${LOOK[why]}`
  return `  ${register.padEnd(8)} ${value ?? '?'}  ${percent(confidence)}${look}`
}

/** Never more than it is: 0.99999 is not 100 %. */
function percent(confidence: number): string {
  return `${(Math.floor(confidence * 10_000) / 100).toFixed(2)} %`
}

const LOOK: Readonly<Record<RowDoubt, string>> = {
  STRAY_INK: 'something is written beside the boxes',
  BLANK: 'nothing may be written in the boxes',
  JUNK: 'a box may be crossed out, overwritten or blotted, or hold two digits',
  GAP: 'a box behind the first digit may be empty',
  REFUSED: 'as read, it is less than the last reading, more than can be used, or too long',
  CONTRADICTED: 'by the usual use another value is likelier that the boxes could mean',
  UNCERTAIN: 'a digit is not plain',
}

/** What speaks against what was typed, and what a yes makes of it. */
export function doubtLine({ kind, code }: Extract<Outcome, { code: unknown }>): string {
  const then = kind === 'asked' ? '' : ` (then it is ${kind === 'held' ? 'held' : 'refused'})`
  return `  ${codes[code].meaning} ${code}: is it written so? yes${then}, or anything else to type it anew`
}
