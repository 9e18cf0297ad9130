/** What a chat remembers besides its conversation: accounts it is bound to, its language, where its user stands. */
import type { Delivery, Language } from '../../core/delivery.ts'
import type { Account } from '../../core/facts.ts'
import type { Facts, StoredConversation } from '../../core/store.ts'
import { accountIn, isSameAccount } from '../accounts.ts'
import {
  type About,
  type ConversationLimits,
  jsonOf,
  type State,
  type Stored,
  stateBefore,
  stored,
  storedBefore,
} from '../conversation/state.ts'

/** An account that a chat is bound to: it counts as the sender's, as those of a known phone do (rule 6). */
export interface Binding {
  /** Counts from 1 and is never given again, so that an old button can't mean another account. */
  readonly id: number
  readonly branch: string
  readonly account: string
}

/** A meter of which a reading was accepted, and when. */
export type Recent = About & { readonly at: string }

/** What a chat remembers; it outlives its conversations. */
export interface ChatState {
  readonly bindings: readonly Binding[]
  readonly lastId: number
  /** The language that the user chose; null: the one of the messages. */
  readonly language: Language | null
  /** The user is asked for account and serial to be bound; `account`: it is there already. */
  readonly binding: { readonly at: string; readonly account: About | null } | null
  /** What was accepted lately, for corrections. */
  readonly recent: readonly Recent[]
}

/** Bounds of a chat's state. */
export const chatLimits = {
  /** A household with its garage and its parents' flats. */
  bindingsMax: 12,
  recentMax: 6,
  /** Bindings and the chosen language are kept for that long after the last message. */
  livesMs: 3 * 365 * 24 * 3_600_000,
} as const

const fresh: ChatState = { bindings: [], lastId: 0, language: null, binding: null, recent: [] }

/** Conversation and chat as they stand when a delivery comes in. */
export function chatBefore(
  delivery: Delivery,
  facts: Facts,
  limits: ConversationLimits,
): { readonly state: State; readonly chat: ChatState } {
  const state = stateBefore(delivery, facts, limits)
  const before = storedBefore(delivery, facts)
  const { c = {} } = before === undefined ? {} : (jsonOf(before.state) as StoredChat)
  const chat = { ...fresh, ...c }
  const age = (at: string) => Date.parse(delivery.receivedAt) - Date.parse(at)
  const recent = chat.recent.filter(({ at }) => age(at) <= limits.confirmMs)
  const goesOn = chat.binding !== null && age(chat.binding.at) <= limits.goesOnMs
  return { state, chat: { ...chat, recent, binding: goesOn ? chat.binding : null } }
}

/** The conversation as it is written, with the chat's own where it has some. */
export interface StoredChat extends Stored {
  readonly c?: Partial<ChatState>
}

/** Both as the store keeps them; what is as in a new chat is left out. */
export function storedChat(state: State, chat: ChatState, limits: ConversationLimits): StoredConversation {
  const told = Object.entries(chat).filter(([name, value]) => !isEmpty(value) && !(name === 'lastId' && value === 0))
  const base = stored(state, limits, told.length > 0 ? { c: Object.fromEntries(told) } : {})
  const isKept = chat.lastId > 0 || chat.language !== null
  const lives = isKept ? chatLimits.livesMs : told.length > 0 ? Math.max(limits.confirmMs, limits.goesOnMs) : 0
  const expires = Math.max(Date.parse(base.expiresAt), Date.parse(state.at) + lives)
  const named = [...chat.bindings, ...chat.recent, ...(chat.binding?.account ? [chat.binding.account] : [])]
  return {
    state: base.state,
    accounts: [...new Set([...base.accounts, ...named.map(({ account }) => account)])],
    isIdle: base.isIdle === true && !isKept && chat.binding === null,
    expiresAt: new Date(expires).toISOString(),
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0)
}

/** The accounts that the chat is bound to, as the registry has them now. */
export function boundAccounts({ bindings }: ChatState, facts: Facts): readonly Account[] {
  return bindings.flatMap((binding) => accountIn(facts, binding) ?? [])
}

/** The chat bound to one more account; as it was where it is bound to it, or to as many as may be. */
export function bind(chat: ChatState, { branch, account }: Pick<Account, 'branch' | 'account'>): ChatState {
  const isFull = chat.bindings.length >= chatLimits.bindingsMax
  if (isFull || chat.bindings.some((one) => isSameAccount(one, { branch, account }))) return chat
  const id = chat.lastId + 1
  return { ...chat, lastId: id, bindings: [...chat.bindings, { id, branch, account }] }
}

/** Nothing of the account stays in the chat, nor in its open questions. */
export function unbind(chat: ChatState, state: State, id: number): { readonly chat: ChatState; readonly state: State } {
  const gone = chat.bindings.find((one) => one.id === id)
  if (gone === undefined) return { chat, state }
  const isGone = (about: About | null) => about !== null && isSameAccount(about, gone)
  return {
    chat: {
      ...chat,
      bindings: chat.bindings.filter((one) => one !== gone),
      recent: chat.recent.filter((one) => !isGone(one)),
      binding: isGone(chat.binding?.account ?? null) ? null : chat.binding,
    },
    state: {
      ...state,
      open: state.open
        .filter(({ about }) => !isGone(about))
        .map((open) => ({ ...open, candidates: open.candidates.filter((one) => !isSameAccount(one, gone)) })),
      kept: isGone(state.kept) ? null : state.kept,
    },
  }
}
