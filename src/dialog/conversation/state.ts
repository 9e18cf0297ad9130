/** What a conversation remembers between two messages (rules 13–15). JSON in the store, small. */
import type { Code } from '../../../schemas/codes.ts'
import type { Delivery, Language } from '../../core/delivery.ts'
import { instantOf, msOf } from '../../core/instant.ts'
import { asksWithoutProposal } from '../../core/rules/consequences.ts'
import type { Facts, StoredConversation } from '../../core/store.ts'
import { isNumeric, type Token } from '../../language/token.ts'
import type { ReadValue } from '../claims/values.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** An opt-out is kept for that long after the last message. */
const OPT_OUT_MS = 3 * 365 * 24 * HOUR_MS

/** The numbers in [brackets] of rules 13 and 15. They hold before anybody knows a branch, so they are the house's. */
export interface ConversationLimits {
  /** The next message completes what is there. */
  readonly goesOnMs: number
  /** A confirming word is good for that long; then an open question is held. */
  readonly confirmMs: number
  readonly repliesAnHourMax: number
}

/** As the rules have them. */
export const conversationLimits: ConversationLimits = {
  goesOnMs: 30 * MINUTE_MS,
  confirmMs: 24 * HOUR_MS,
  repliesAnHourMax: 10,
}

/** An account as the customer named it. */
export interface AccountRef {
  readonly branch: string
  readonly account: string
  /** What the customer wrote, as rule 3 writes it. */
  readonly submitted: string
  readonly isOld: boolean
  /** Whether it is the sender's own. */
  readonly isSenders: boolean
}

/** What a question is about. */
export interface About extends AccountRef {
  /** Serial; null: the meter is what is asked for. */
  readonly meter: string | null
  /** Whether the serial or the sender's phone named it (rule 6). */
  readonly isNamed: boolean
}

/** A question that was asked and not answered yet. */
export interface Open {
  readonly code: Code
  /** null: the account is what is asked for. */
  readonly about: About | null
  /** Accounts that an old number leads to, where it leads to several (rule 5). */
  readonly candidates: readonly Pick<AccountRef, 'branch' | 'account' | 'submitted'>[]
  /** Values whose meter is known. */
  readonly values: readonly ReadValue[]
  /** Numbers whose account or meter is not known yet. */
  readonly tokens: readonly Token[]
  readonly proposal: { readonly meter: string; readonly values: readonly ReadValue[] } | null
  /** Instant of the turn that brought the values; it decides window and period. */
  readonly valuesAt: string
  /** Codes that were answered with yes before this one was asked. */
  readonly confirmed: readonly Code[]
  /** Instant of the turn that asked: a confirming word is good for `confirmMs` from then. */
  readonly askedAt: string
  /** The submission that asked. */
  readonly submission: string
  /** The reply had no room for it: no word is meant for it, until it is asked or its meter is named. */
  readonly isUnasked?: boolean
  /** No reply was left to ask it with (rule 15): no word is meant for it until it is heard, but values still are. */
  readonly isUnheard?: boolean
  /** Another question of its submission went without an answer: an operator gets the submission, whatever this one comes to. */
  readonly isHeld?: boolean
}

/** Whether the customer was asked it: a reply has not room for all. */
export function wasAsked({ isUnasked }: Open): boolean {
  return isUnasked !== true
}

/** Whether the customer heard it, so that a word may be meant for it (rule 14). */
export function wasHeard(open: Open): boolean {
  return wasAsked(open) && open.isUnheard !== true
}

/** Whether a yes answers a question about a known meter (rule 14): one with a proposal, or one about a doubtful value. */
export function takesYes(code: Code, proposal: object | null): boolean {
  return proposal !== null || asksWithoutProposal(code)
}

/** Questions that a confirming word can answer: they were heard, and take a yes. */
export function isConfirmable(open: Open): boolean {
  return wasHeard(open) && isDoubt(open)
}

/** Also where no reply was left for it. */
export function isDoubt(open: Open): boolean {
  return wasAsked(open) && open.about?.meter != null && takesYes(open.code, open.proposal)
}

/** Whether an open question has a reading in it. */
export function holdsReading({ values, tokens }: Open): boolean {
  return values.length > 0 || tokens.some(isNumeric)
}

/** Where a conversation stands. */
export interface State {
  /** Instant of the last turn. */
  readonly at: string
  readonly language: Language
  /** Instants (ms) of the replies of the last hour. */
  readonly replies: readonly number[]
  readonly optedOut: boolean
  readonly open: readonly Open[]
  /** What stays known after a proposal was dropped (rule 14). */
  readonly kept: About | null
}

/** What the store has of the conversation that a delivery goes on with; undefined: it begins one, or has none. */
export function storedBefore({ channel, sender, receivedAt }: Delivery, facts: Facts): StoredConversation | undefined {
  return sender === null ? undefined : facts.conversation(channel, sender, receivedAt)
}

/** The last JSON that was read: a message reads its own to check its shape, and again to go on with it. */
const lastRead: { text: string; json: unknown } = { text: 'null', json: null }

/** What the JSON of a conversation says, to be read and not changed; throws SyntaxError where it is none. */
export function jsonOf(text: string): unknown {
  if (text !== lastRead.text) {
    lastRead.json = JSON.parse(text)
    lastRead.text = text
  }
  return lastRead.json
}

/** A conversation that begins. */
export function newState({ receivedAt, language }: Delivery): State {
  return { at: receivedAt, language, replies: [], optedOut: false, open: [], kept: null }
}

/** The conversation as it stands when a delivery comes in; a new one where there is none. */
export function stateBefore(delivery: Delivery, facts: Facts, { goesOnMs, confirmMs }: ConversationLimits): State {
  const before = storedBefore(delivery, facts)
  if (before === undefined) return newState(delivery)
  const { o = [], r = [], ...rest } = jsonOf(before.state) as Stored
  const age = (at: string) => Date.parse(delivery.receivedAt) - Date.parse(at)
  return {
    at: rest.at,
    language: rest.l ?? 'ru',
    replies: r,
    optedOut: rest.x === 1,
    open: o.filter(({ askedAt }) => age(askedAt) <= confirmMs),
    kept: rest.k === undefined || age(rest.at) > goesOnMs ? null : rest.k,
  }
}

/** The state as it is written: what is empty is left out, for most conversations hold one accepted reading and no more. */
export interface Stored {
  at: string
  /** Language, where it isn't Russian. */
  l?: 'en'
  /** Replies of the last hour. */
  r?: readonly number[]
  /** Opted out. */
  x?: 1
  /** Open questions. */
  o?: readonly Open[]
  /** What is kept. */
  k?: About
}

/**
 * The state as the store keeps it: as long as it goes on, an hour at least, in which replies are counted. `more`: fields
 * that are written with it.
 */
export function stored(
  state: State,
  { goesOnMs, confirmMs }: ConversationLimits,
  more: object = {},
): StoredConversation {
  const written: Stored = { at: state.at }
  if (state.language === 'en') written.l = 'en'
  if (state.replies.length > 0) written.r = state.replies
  if (state.optedOut) written.x = 1
  if (state.open.length > 0) written.o = state.open
  if (state.kept !== null) written.k = state.kept
  const lives = state.optedOut ? OPT_OUT_MS : state.open.length > 0 ? confirmMs : Math.max(HOUR_MS, goesOnMs)
  return {
    state: JSON.stringify({ ...written, ...more }),
    accounts: accountsOf(state),
    isIdle: state.open.length === 0 && state.kept === null && !state.optedOut,
    expiresAt: instantOf(msOf(state.at) + lives),
  }
}

function accountsOf({ open, kept }: State): readonly string[] {
  if (open.length === 0 && kept === null) return []
  const named = [...open.flatMap(({ about, candidates }) => [about, ...candidates]), kept]
  return [...new Set(named.flatMap((one) => (one === null ? [] : [one.account])))]
}

/** The later of two instants: a message that comes late does not wind a conversation back. */
export function later(one: string, other: string): string {
  return one !== other && msOf(one) > msOf(other) ? one : other
}

/** Whether the conversation still goes on at that instant (rule 13). */
export function goesOn(state: State, at: string, { goesOnMs }: ConversationLimits): boolean {
  return state.at === at || Date.parse(at) - Date.parse(state.at) <= goesOnMs
}

/** The replies of the last hour with one more, or null where there were as many as may be (rule 15). */
export function withReply(
  state: State,
  at: string,
  { repliesAnHourMax }: ConversationLimits,
): readonly number[] | null {
  const now = msOf(at)
  const recent = state.replies.length === 0 ? state.replies : state.replies.filter((one) => now - one < HOUR_MS)
  return recent.length >= repliesAnHourMax ? null : [...recent, now]
}
