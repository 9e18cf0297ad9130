/** Buttons under a question answer that very question, and no other (rule 14). Pure. */
import { isSameAccount } from '../accounts.ts'
import { readGroup } from '../claims/group.ts'
import { aboutOf } from '../conversation/answered.ts'
import { typedWord } from '../conversation/consent.ts'
import { converse, replaces, type Turn } from '../conversation/converse.ts'
import { type About, holdsReading, type Open } from '../conversation/state.ts'
import { circumstances, judgedInTurn, verdictOf } from '../conversation/verdicts.ts'
import { outcomeOf } from '../items-and-events.ts'
import { questionRef } from './presses.ts'
import { asksFor, boundMeter, type ChatMoment, type ChatTurn, chatMessagesIn, meterByRef, plainTurn } from './turn.ts'
import { closedTurn } from './window.ts'

/** «Да, верно» and «Нет» to one question; the others stay open, and behind what a «Нет» leaves to be sent. */
export function answered(moment: ChatMoment, question: string, said: 'yes' | 'no'): ChatTurn {
  const open = openQuestion(moment, question)
  if (open === null) return staleTurn(moment)
  const others = moment.state.open.filter((one) => one !== open)
  if (said === 'no' && open.about !== null && others.length > 0) return dropped(moment, open, open.about)
  const turn = converse({ ...moment, lexed: typedWord(said), state: { ...moment.state, open: [open] } })
  return fromTurn(moment, { ...turn, state: { ...turn.state, open: [...turn.state.open, ...others] } })
}

/** «Исправить»: the values are dropped, and asked for anew. */
export function corrected(moment: ChatMoment, question: string): ChatTurn {
  const open = openQuestion(moment, question)
  if (open?.about == null) return staleTurn(moment)
  // What was asked about came in time, and stays: another value would not.
  const closed = closedTurn(moment, [open.about])
  return closed ?? dropped(moment, open, open.about, [chatMessagesIn(moment.language).correcting])
}

function dropped(moment: ChatMoment, open: Open, about: About, says: readonly string[] = []): ChatTurn {
  const left = { ...moment, state: { ...moment.state, open: moment.state.open.filter((one) => one !== open) } }
  const asks = asksFor(moment, about)
  const waiting = left.state.open.filter(waits)
  const state = { ...asks, open: [...asks.open, ...waiting] }
  const turn = closedTurn(left, [about]) ?? plainTurn(moment, { state, says })
  const cancelled = { outcome: { kind: 'none', code: 'CANCELLED' } } as const
  return { ...turn, parts: [cancelled], chat: { ...moment.chat, binding: null }, settled: [open] }
}

/** The user said by a button which meter the values are of. */
export function chosen(moment: ChatMoment, question: string, ref: string): ChatTurn {
  const open = openQuestion(moment, question)
  const about = meterByRef(moment, ref)
  const account = moment.senders.find((one) => about !== null && isSameAccount(one, about))
  const meter = account?.meters.find((one) => one.meter === about?.meter)
  if (open === null || account === undefined || meter === undefined) return staleTurn(moment)
  return placed(moment, open, boundMeter(account, meter.meter)) ?? staleTurn(moment)
}

/** The values that waited for their account or meter, judged now that it is known; null: the account is gone. */
export function placed(moment: ChatMoment, open: Open, of: About): ChatTurn | null {
  const now = aboutOf({ about: of, code: 'VALUES_NEEDED' }, moment.facts)
  if (now === null) return null
  const about = circumstances(moment, { valuesAt: open.valuesAt, confirmed: [] })
  const parts = readGroup(open.tokens, now.named, now.known)
  const said = judgedInTurn(parts, about, (part, facts) => verdictOf(part, { ...about, facts }))
  const settled = moment.state.open.filter((one) => one === open || said.some((judged) => replaces(judged, one)))
  const others = moment.state.open.filter((one) => !settled.includes(one))
  return fromTurn(moment, {
    parts: said.map(({ part }) => part),
    state: { ...moment.state, open: [...said.flatMap((one) => one.open ?? []), ...others], kept: null },
    settled,
  })
}

/** The question whose account or meter is missing, with a reading in it. */
export function waitingQuestion({ state }: ChatMoment): Open | null {
  return state.open.find(waits) ?? null
}

/** Whether it is a reading of which account or meter is not known. */
function waits(open: Open): boolean {
  return open.about?.meter == null && holdsReading(open)
}

function openQuestion({ state }: ChatMoment, question: string): Open | null {
  return state.open.find((open) => questionRef(open) === question) ?? null
}

/** To a button that has had its time; the question that is open now follows. */
export function staleTurn(moment: ChatMoment): ChatTurn {
  return plainTurn(moment, { says: [chatMessagesIn(moment.language).stale] })
}

/** A turn of the conversation as a turn of the chat: who sends a reading, or answers a question, binds no account meanwhile. */
export function fromTurn({ chat }: ChatMoment, turn: Turn): ChatTurn {
  const isTalk = turn.settled.length === 0 && turn.parts.every((part) => outcomeOf(part).kind === 'none')
  return { ...turn, chat: isTalk ? chat : { ...chat, binding: null }, says: [], rows: [] }
}
