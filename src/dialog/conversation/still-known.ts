/** What a conversation still knows where no question is open: account and meter of what was refused (rules 13, 14). Pure. */
import type { Code } from '../../../schemas/codes.ts'
import { isNumeric, type Lexed } from '../../language/token.ts'
import { accountIn } from '../accounts.ts'
import { namesMeter } from '../claims/elements.ts'
import { isFound, type Scene, type Understood } from '../claims/understand.ts'
import { outcomeOf } from '../items-and-events.ts'
import { meterByTail } from '../meters.ts'
import { goesOnAbout } from './answered.ts'
import type { About } from './state.ts'
import { refOf, type Said } from './verdicts.ts'

/** What is refused for values or a serial that the reply asks to send again. */
const UNUSABLE: ReadonlySet<Code> = new Set([
  'METER_MISMATCH',
  'OUT_OF_WINDOW',
  'BAD_VALUE',
  'EXTRA_VALUES',
  'TOO_MANY_DIGITS',
])

/** Account and serial, where one meter's values or its serial alone were refused and are to be sent again. */
export function stillKnown([part, another]: readonly Understood[], [said]: readonly Said[]): About | null {
  if (part === undefined || said === undefined || another !== undefined || !isFound(part)) return null
  const outcome = outcomeOf(said.part)
  return outcome.kind === 'rejected' && UNUSABLE.has(outcome.code) ? refOf(part) : null
}

/**
 * What is still known for a message; null: it names a meter of another account of the sender's. Where no meter is known,
 * the last 4 digits of a serial alone name one, and are no value.
 */
export function knownFor(
  { tokens }: Lexed,
  about: About,
  { facts, senders }: Pick<Scene, 'facts' | 'senders'>,
): Scene['about'] {
  const account = accountIn(facts, about)
  if (account === undefined) return null
  if (!namesMeter(tokens, account) && senders.some((one) => namesMeter(tokens, one))) return null
  const numbers = tokens.filter(isNumeric).map(({ text }) => text)
  const isTail = about.meter === null && meterByTail(account, numbers.join(' ')) !== null
  return goesOnAbout({ about, code: isTail ? 'METER_NEEDED' : 'VALUES_NEEDED' }, facts)
}
