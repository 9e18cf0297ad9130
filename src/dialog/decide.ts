/**
 * What the intake asks for every delivery: what to look up, and what becomes of it. Pure, for every channel alike.
 *
 * The way of a text:
 *
 *   text.ts                          the conversation as the store has it; what it becomes; what is replied
 *   ├ conversation/converse.ts       one turn: numbers, or a yes, a no, a stop
 *   │ ├ conversation/consent.ts        whether it is a yes or a no, and to which question
 *   │ ├ conversation/answered.ts       which question the numbers answer; where that is whose they are: answered-account.ts
 *   │ │ └ claims/understand.ts           what they claim: account-spans.ts finds the accounts in a text, and
 *   │ │   └ claims/group.ts              of each account elements.ts the serials, segments.ts what belongs to which meter,
 *   │ │                                  values.ts the values of a meter
 *   │ ├ conversation/verdicts.ts       each claim judged (core/judge.ts), or asked about
 *   │ └ conversation/still-known.ts    what the next message need not say again, though this one was refused
 *   ├ conversation/turn-end.ts       what the turn leaves (items-and-events.ts), and questions that nobody answers any more
 *   └ render-items.ts                the reply, in the words of messages.ru.ts and messages.en.ts
 *
 * A chat (`chat`) takes its texts the same way, and has buttons, bills and accounts of its own; a call (`call`) is a script
 * of questions, whose values verdicts.ts judges. Forms and slips name account and meter in fields: form-meter.ts finds
 * them. Before all of that legible-state.ts looks whether what the store has of the conversation can be read.
 */
import type { Branch } from '../core/branch.ts'
import type { Delivery } from '../core/delivery.ts'
import type { Decision, Facts, Lookup } from '../core/store.ts'
import { lex } from '../language/lex.ts'
import type { Lexed } from '../language/token.ts'
import { shapeOf } from './accounts.ts'
import { callKeys, decideCall } from './call/call.ts'
import { chatKeys, decideChat } from './chat/chat.ts'
import { accountKeys } from './claims/account-spans.ts'
import { legibleState } from './conversation/legible-state.ts'
import { type ConversationLimits, conversationLimits } from './conversation/state.ts'
import { decideForm } from './form.ts'
import { formKeys } from './form-meter.ts'
import type { House } from './house.ts'
import { decideLater } from './judged-later.ts'
import { decideSlip, slipKeys } from './slip.ts'
import { decideSlipReview } from './slip-review.ts'
import { decideText } from './text.ts'

/** The dialog as the intake knows it: reads and decides deliveries of every channel. */
export interface Dialog {
  readonly lookup: (delivery: Delivery) => Lookup
  readonly decide: (delivery: Delivery, facts: Facts) => Decision
}

/**
 * Texts whose tokens are kept, more than wait for a batch at a time; then all are forgotten, and one still wanted is read
 * again. A weak map would need no bound, but every collection of young memory would walk it.
 */
const LEXED_MAX = 4_096

/** What the dialog is made of. */
export interface DialogParts {
  readonly branches: readonly Branch[]
  /** Absent: as the rules have them. */
  readonly limits?: ConversationLimits
}

/** The tokens of a text are kept between `lookup` and `decide`; those of the few chats are read again. */
export function createDialog({ branches, limits = conversationLimits }: DialogParts): Dialog {
  const house: House = {
    branches: new Map(branches.map((branch) => [branch.id, branch])),
    isShaped: shapeOf(branches),
    limits,
  }
  const lexedOf = new Map<Delivery, Lexed>()
  const read = (delivery: Delivery, text: string): Lexed => {
    const known = lexedOf.get(delivery)
    if (known !== undefined) return known
    const lexed = lex(text)
    if (lexedOf.size >= LEXED_MAX) lexedOf.clear()
    lexedOf.set(delivery, lexed)
    return lexed
  }
  const keysIn = ({ tokens }: Lexed) => accountKeys(tokens, house.isShaped)
  return {
    lookup: (delivery) => {
      const { channel, deliveryId, sender, phone } = delivery
      return { channel, deliveryId, sender, phone, ...keysOf(delivery) }
    },
    decide: (delivery, known) => {
      const { facts, startsAnew } = legibleState(delivery, known)
      if (delivery.judgedLater === true) return decideLater(delivery, facts, decideNow)
      const decision = decideNow(delivery, facts)
      return startsAnew ? { ...decision, startsAnew } : decision
    },
  }

  function keysOf(delivery: Delivery): Pick<Lookup, 'accounts' | 'aliases'> {
    const { said } = delivery
    if ('form' in said) return formKeys(said.form)
    if ('call' in said) return callKeys(said.call, house)
    if ('chat' in said) return chatKeys(said.chat, (text) => keysIn(lex(text)))
    if ('slip' in said) return slipKeys(said.slip)
    if ('slipReview' in said) return formKeys(said.slipReview)
    return keysIn(read(delivery, said.text))
  }

  function decideNow(delivery: Delivery, facts: Facts): Decision {
    const { said } = delivery
    if ('form' in said) return decideForm(delivery, said.form, facts, house)
    if ('call' in said) return decideCall(delivery, said.call, facts, house)
    if ('chat' in said) return decideChat(delivery, said.chat, facts, house)
    if ('slip' in said) return decideSlip(delivery, said.slip, facts, house)
    if ('slipReview' in said) return decideSlipReview(delivery, said.slipReview, facts, house)
    const lexed = read(delivery, said.text)
    lexedOf.delete(delivery)
    return decideText(delivery, lexed, facts, house)
  }
}
