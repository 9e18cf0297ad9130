/** What a turn of a chat is decided by, and what it comes to. */
import type { Code } from '../../../schemas/codes.ts'
import type { ChatButton } from '../../core/chat.ts'
import type { Language } from '../../core/delivery.ts'
import type { Account } from '../../core/facts.ts'
import { isSameAccount } from '../accounts.ts'
import type { Message, Turn } from '../conversation/converse.ts'
import type { About, State } from '../conversation/state.ts'
import { asked, circumstances } from '../conversation/verdicts.ts'
import { activeMeters } from '../meters.ts'
import { chatEn } from './messages.en.ts'
import { chatRu } from './messages.ru.ts'
import type { ChatMessages } from './messages.ts'
import { meterRef } from './presses.ts'
import type { ChatState } from './state.ts'

/** All that one turn of a chat is decided by. */
export interface ChatMoment extends Omit<Message, 'lexed'> {
  readonly chat: ChatState
  readonly language: Language
}

/** What a turn of a chat comes to. */
export interface ChatTurn extends Turn {
  readonly chat: ChatState
  /** Lines said after the items' own; the open question follows by itself. */
  readonly says: readonly string[]
  /** Rows of buttons above the question's and the menu's. */
  readonly rows: readonly (readonly ChatButton[])[]
}

/** The sentences of chats in a language. */
export function chatMessagesIn(language: Language): ChatMessages {
  return language === 'en' ? chatEn : chatRu
}

/** A turn with no submission in it; nothing changes but what `changed` says. */
export function plainTurn({ state, chat }: ChatMoment, changed: Partial<ChatTurn> = {}, code: Code = 'HELP'): ChatTurn {
  return { parts: [{ outcome: { kind: 'none', code } }], state, chat, settled: [], says: [], rows: [], ...changed }
}

/** How a meter of a bound account is known: chosen among its own, it is named. null: to be chosen. */
export function boundMeter({ branch, account }: Account, meter: string | null): About {
  return { branch, account, submitted: account, isOld: false, isSenders: true, meter, isNamed: meter !== null }
}

/** The meter that a button named, among those of the bound accounts and those lately accepted; null: none any more. */
export function meterByRef({ senders, chat }: ChatMoment, ref: string): About | null {
  const bound = senders.flatMap((account) => activeMeters(account).map(({ meter }) => boundMeter(account, meter)))
  return (
    [...bound, ...chat.recent].find((one) => one.meter !== null && meterRef({ ...one, meter: one.meter }) === ref) ??
    null
  )
}

/**
 * The values of that meter are asked for first, or which of that account's, or of all bound ones where `about` is null;
 * other questions about it, or about nobody's values, are gone.
 */
export function asksFor(moment: ChatMoment, about: About | null): State {
  const { state, senders } = moment
  const question = asked(circumstances(moment, null), {
    code: about === null ? 'ACCOUNT_NEEDED' : about.meter === null ? 'METER_NEEDED' : 'VALUES_NEEDED',
    about,
    candidates: about === null ? senders.map(({ branch, account }) => ({ branch, account, submitted: account })) : [],
  })
  const isSame = (other: About) => about !== null && isSameAccount(other, about) && other.meter === about.meter
  const others = state.open.filter((open) => open.about?.meter != null && !isSame(open.about))
  return { ...state, open: [question, ...others], kept: null }
}
