/** A message by text: what becomes of it, what is replied, and which questions the customer heard (rules 8–15). Pure. */
import { answeredAt, type Delivery, type Item } from '../core/delivery.ts'
import type { Decision, Facts } from '../core/store.ts'
import type { Lexed } from '../language/token.ts'
import { accountsOfPhone } from './accounts.ts'
import { converse, type Turn } from './conversation/converse.ts'
import { itemOfOpen } from './conversation/question-item.ts'
import { type Open, type State, stateBefore, stored, wasAsked, wasHeard, withReply } from './conversation/state.ts'
import { endOf, isReceipt } from './conversation/turn-end.ts'
import type { House } from './house.ts'
import { outcomeOf } from './items-and-events.ts'
import { renderItems, type Told } from './render-items.ts'

/** Decides what becomes of a text, and what is replied. */
export function decideText(delivery: Delivery, lexed: Lexed, facts: Facts, house: House): Decision {
  const before = stateBefore(delivery, facts, house.limits)
  const state = { ...before, language: lexed.language ?? before.language }
  const turn = converse({ delivery, lexed, state, facts, house, senders: accountsOfPhone(delivery, facts) })
  const { answer, state: after, ...left } = endOf(delivery, turn, state)
  const replies = withReply(turn.state, answeredAt(delivery), house.limits)
  const isSilent = replies === null || (turn.state.optedOut && isReceipt(turn))
  const again = askedAgain(turn, lexed)
  const said = again === null ? answer.items : [itemOfOpen(again, facts)]
  const told = isSilent ? SILENCE : renderItems(said, state.language)
  const isAll = told.unasked.length === 0 && after.open.every(wasHeard)
  const heard = isAll ? after.open : heardOf(after.open, answer.items, told, again)
  const written: State = isSilent
    ? { ...after, open: unheard(after.open, answer.submissionId) }
    : { ...after, open: heard, replies }
  return {
    delivery,
    answer: { ...answer, text: told.text },
    ...left,
    conversation: delivery.sender === null ? undefined : stored(written, house.limits),
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
function heardOf(
  open: readonly Open[],
  items: readonly Item[],
  { unasked }: Told,
  again: Open | null,
): readonly Open[] {
  const asked = items.filter(({ outcome }) => outcome.kind === 'asked')
  return open.map((one, at) => {
    if (one === again) return { ...one, isUnheard: false }
    const item = asked[at]
    return item === undefined ? one : { ...one, isUnasked: unasked.includes(item), isUnheard: false }
  })
}

/** Those of this submission marked, for nothing is said. */
function unheard(open: readonly Open[], submissionId: string): readonly Open[] {
  return open.map((one) => (one.submission === submissionId ? { ...one, isUnheard: true } : one))
}
