/** What the intake asks for every delivery: what to look up, and what becomes of it. Pure, for every channel alike. */

import type { Branch } from '../core/branch.ts'
import { answeredAt, type Delivery, type Item } from '../core/delivery.ts'
import type { Decision, Facts, Lookup } from '../core/store.ts'
import { lex } from '../language/lex.ts'
import type { Lexed } from '../language/token.ts'
import { shapeOf } from './accounts.ts'
import { callKeys, decideCall } from './call/call.ts'
import { chatKeys, decideChat } from './chat/chat.ts'
import { accountKeys } from './claims/account-spans.ts'
import { converse, type Turn } from './conversation/converse.ts'
import { understood } from './conversation/legible-state.ts'
import { itemOfOpen } from './conversation/question-item.ts'
import {
  type ConversationLimits,
  conversationLimits,
  later,
  type Open,
  type State,
  stateBefore,
  stored,
  wasAsked,
  wasHeard,
  withReply,
} from './conversation/state.ts'
import { asksAboutReading, heldBeside, isReceipt, settledSubmissions } from './conversation/turn-end.ts'
import { decideForm } from './form.ts'
import { formKeys } from './form-meter.ts'
import type { House } from './house.ts'
import { outcomeOf, settle } from './items-and-events.ts'
import { decideLater } from './judged-later.ts'
import { renderItems, type Told } from './render-items.ts'
import { decideSlip, slipKeys } from './slip.ts'
import { decideSlipReview } from './slip-review.ts'

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
  return {
    lookup: (delivery) => {
      const { channel, deliveryId, sender, phone, said } = delivery
      const keysOf = ({ tokens }: Lexed) => accountKeys(tokens, house.isShaped)
      if ('call' in said) return { channel, deliveryId, sender, phone, ...callKeys(said.call, house) }
      if ('chat' in said)
        return { channel, deliveryId, sender, phone, ...chatKeys(said.chat, (text) => keysOf(lex(text))) }
      return { channel, deliveryId, sender, phone, ...otherKeys(said, (text) => keysOf(read(delivery, text))) }
    },
    decide: (delivery, known) => {
      const { facts, startsAnew } = understood(delivery, known)
      if (delivery.judgedLater === true) return decideLater(delivery, facts, decideNow)
      const decision = decideNow(delivery, facts)
      return startsAnew ? { ...decision, startsAnew } : decision
    },
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

type Keys = Pick<Lookup, 'accounts' | 'aliases'>
type NoConversation = Exclude<Delivery['said'], { readonly chat: unknown } | { readonly call: unknown }>

function otherKeys(said: NoConversation, keysIn: (text: string) => Keys): Keys {
  if ('form' in said) return formKeys(said.form)
  if ('slip' in said) return slipKeys(said.slip)
  return 'slipReview' in said ? formKeys(said.slipReview) : keysIn(said.text)
}

function decideText(delivery: Delivery, lexed: Lexed, facts: Facts, house: House): Decision {
  const before = stateBefore(delivery, facts, house.limits)
  const state = { ...before, language: lexed.language ?? before.language }
  const turn = converse(delivery, lexed, state, facts, house)
  const { answer, readings, events } = settle(delivery, turn.parts)
  const { submissionId, items } = answer
  const replies = withReply(turn.state, answeredAt(delivery), house.limits)
  const isSilent = replies === null || (turn.state.optedOut && isReceipt(turn))
  const again = askedAgain(turn, lexed)
  const said = again === null ? items : [itemOfOpen(again, facts)]
  const told = isSilent ? SILENCE : renderItems(said, state.language)
  const at = later(before.at, answeredAt(delivery))
  const left = heldBeside(turn, state.open)
  const isAll = told.unasked.length === 0 && left.every(wasHeard)
  const open = isSilent ? unheard(left, submissionId) : isAll ? left : heardOf(left, items, told, again)
  const after: State = { ...turn.state, at, open, replies: isSilent ? turn.state.replies : replies }
  return {
    delivery,
    answer: { ...answer, text: told.text },
    readings,
    events,
    conversation: delivery.sender === null ? undefined : stored(after, house.limits),
    settles: settledSubmissions(turn, state.open),
    opens: asksAboutReading(turn, submissionId),
  }
}

const SILENCE: Told = { text: '', unasked: [] }

/** The question that an answer leaves open which is none, such as thanks or «да, наверное»; who asks for help gets that. */
function askedAgain({ parts, state }: Turn, { words }: Lexed): Open | null {
  const isNothing = parts.every((part) => {
    const outcome = outcomeOf(part)
    return outcome.kind === 'none' && outcome.code === 'HELP'
  })
  return isNothing && words.help === 0 ? (state.open.find(wasAsked) ?? null) : null
}

/** The open questions, those marked that the reply had no room for. Those of a turn stand first, in the order of its items. */
function heardOf(open: State['open'], items: readonly Item[], { unasked }: Told, again: Open | null): State['open'] {
  const asked = items.filter(({ outcome }) => outcome.kind === 'asked')
  return open.map((one, at) => {
    if (one === again) return { ...one, isUnheard: false }
    const item = asked[at]
    return item === undefined ? one : { ...one, isUnasked: unasked.includes(item), isUnheard: false }
  })
}

/** Those of this submission marked, for nothing is said. */
function unheard(open: State['open'], submissionId: string): State['open'] {
  return open.map((one) => (one.submission === submissionId ? { ...one, isUnheard: true } : one))
}
