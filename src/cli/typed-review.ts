import { checkDigits } from '../core/check-digits.ts'
import { isValue } from '../core/rules/value.ts'
import type { SlipReview, WaitingSlip } from '../core/slip-claim.ts'
import { identityIn } from '../dialog/slip.ts'
import { aliasKey, isUnifiedAccount } from '../language/normalise.ts'
import { HELP } from './review-screen.ts'

/** What a clerk typed of a slip. */
export type Typed =
  | { readonly kind: 'quit' }
  | { readonly kind: 'skip' }
  /** `to`: the slip's number; null: the one before. */
  | { readonly kind: 'back'; readonly to: number | null }
  /** `why`: lines for the screen. */
  | { readonly kind: 'unclear'; readonly why: readonly string[] }
  | { readonly kind: 'review'; readonly review: SlipReview }

const LABELS = ['T1', 'T2', 'T3']

/**
 * A line of a clerk: `skip`, `unreadable`, `back` or `back 54`, `help`, `quit`, an empty one for the guesses, or one value a
 * register, `T1 4557` or `4557`; before them `ACCOUNT METER` where the slip's code can't be read, or others are meant than it
 * says; the account with its check digits or without.
 */
export function typedReview(line: string, slip: WaitingSlip): Typed {
  const words = line.trim().split(/\s+/)
  const [word = ''] = words
  if (/^(quit|q)$/i.test(word)) return { kind: 'quit' }
  if (/^(skip|s)$/i.test(word)) return { kind: 'skip' }
  const back = backIn(line)
  if (back !== null) return back
  if (/^(help|h|\?)$/i.test(word)) return { kind: 'unclear', why: HELP }
  const known = identityIn(slip.identity)
  if (/^(unreadable|u)$/i.test(word)) return review(slip, known ?? { account: '', meter: '' }, null)
  if (word === '') return known === null ? needsIdentity : guessed(slip, known)
  const values = known === null ? null : valuesIn(words, slip)
  return known !== null && values !== null ? review(slip, known, values) : named(words, slip)
}

/** `back`, or `back 54`; null: the line says something else. */
export function backIn(line: string): Extract<Typed, { kind: 'back' }> | null {
  const said = BACK.exec(line)
  if (said === null) return null
  return { kind: 'back', to: said[1] === undefined ? null : Number(said[1]) }
}

const BACK = /^\s*(?:back|b)(?:\s+(\d{1,9}))?\s*$/i

/** `ACCOUNT METER VALUES`. Also where the code is readable: it may be of a meter that was replaced, or lead to several accounts. */
function named([account, meter, ...rest]: readonly string[], slip: WaitingSlip): Typed {
  if (account === undefined || meter === undefined || rest.length === 0)
    return slip.identity === '' ? needsIdentity : needsValues(slip)
  const whose = whoseOf(account, meter)
  if (whose === 'mistyped') return mistyped
  const values = valuesIn(rest, slip)
  return values === null ? needsValues(slip) : review(slip, whose, values)
}

const unclear = (why: string): Typed => ({ kind: 'unclear', why: [`  ${why}`] })
const needsIdentity = unclear('its code is not readable: type ACCOUNT METER VALUES, or unreadable')
const mistyped = unclear('its check digits say otherwise: type ACCOUNT METER VALUES anew')

function needsValues({ registers }: WaitingSlip): Typed {
  const labels = registers.length === 0 ? '' : ` (${registers.map(({ register }) => register).join(', ')})`
  return unclear(`one value a register${labels}, please, in digits, behind ACCOUNT METER if others are meant; or help`)
}

interface Whose {
  readonly account: string
  readonly meter: string
}

/** As printed, an account may end with its check digits: `5012345678-88`. They are none of an ЕЛС, which ends so itself. */
function whoseOf(account: string, meter: string): Whose | 'mistyped' {
  const [, bare, digits] = CHECKED.exec(account) ?? []
  if (bare === undefined || isUnifiedAccount(aliasKey(bare))) return { account, meter }
  return digits === checkDigits(bare, meter) ? { account: bare, meter } : 'mistyped'
}

const CHECKED = /^(.*\d)-(\d{2})$/

function review({ submissionId, registers }: WaitingSlip, whose: Whose, values: SlipReview['values']): Typed {
  return { kind: 'review', review: { reviews: submissionId, read: registers, ...whose, values, confirmed: [] } }
}

function guessed(slip: WaitingSlip, whose: Whose): Typed {
  const values = slip.registers.flatMap(({ register, value }) => (value === null ? [] : [[register, value] as const]))
  if (values.length === 0 || values.length < slip.registers.length) return needsValues(slip)
  return review(slip, whose, Object.fromEntries(values))
}

/** Labels win, each with one value; without them the order is that of the registers. A slip without rows takes up to three values. */
function valuesIn(words: readonly string[], { registers }: WaitingSlip): Readonly<Record<string, string>> | null {
  const labels = registers.length > 0 ? registers.map(({ register }) => register) : LABELS
  const values: Record<string, string> = {}
  let label: string | undefined
  for (const word of words) {
    const upper = word.toUpperCase().replace('Т', 'T')
    if (LABELS.includes(upper)) label = upper
    else if (!isValue(word)) return null
    else {
      const register = label ?? labels.find((one) => values[one] === undefined)
      if (register === undefined || values[register] !== undefined) return null
      values[register] = word.replace(',', '.')
      label = undefined
    }
  }
  const count = Object.keys(values).length
  return count === 0 || label !== undefined || (registers.length > 0 && count !== registers.length) ? null : values
}
