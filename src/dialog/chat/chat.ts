/** One delivery of a chat: what was done there, what becomes of it, and the message with its buttons (rules 8–15). Pure. */
import type { ChatInput, ChatMessage } from '../../core/chat.ts'
import type { Delivery, Item, Language } from '../../core/delivery.ts'
import type { Account } from '../../core/facts.ts'
import type { Decision, Facts, Lookup } from '../../core/store.ts'
import { lex } from '../../language/lex.ts'
import type { Lexed } from '../../language/token.ts'
import { withFound } from '../accounts.ts'
import type { Open } from '../conversation/state.ts'
import { endOf, isReceipt } from '../conversation/turn-end.ts'
import { formKeys } from '../form-meter.ts'
import type { House } from '../house.ts'
import { answered, chosen, corrected, staleTurn } from './answers.ts'
import { contactTurn, identityTurn } from './bind.ts'
import { correctionRows, FREE_BUTTONS_MAX, freeRows, menuRows, questionRows } from './buttons.ts'
import { captionIn, captionTurn } from './caption.ts'
import { languageTurn, menuTurn, meterTurn, unbindTurn } from './menu.ts'
import { readPress } from './presses.ts'
import { itemText, messageText, questionText } from './render.ts'
import { boundAccounts, chatBefore, storedChat } from './state.ts'
import { remembered, textTurn } from './text.ts'
import { type ChatMoment, type ChatTurn, chatMessagesIn, plainTurn } from './turn.ts'

type Keys = Pick<Lookup, 'accounts' | 'aliases'> & Partial<Pick<Lookup, 'phone'>>

/** What must be looked up for a chat's input; `keysIn`: the same for a text. */
export function chatKeys(input: ChatInput, keysIn: (text: string) => Keys): Keys {
  if (input.kind === 'text') return keysIn(input.text)
  if (input.kind === 'contact') return { ...noKeys, phone: input.phone }
  if ((input.kind !== 'identity' && input.kind !== 'opened') || input.account === null) return noKeys
  const own = formKeys({ account: input.account })
  if (input.kind === 'opened' || input.caption === undefined) return own
  const { accounts, aliases } = keysIn(input.caption)
  return { accounts: [...own.accounts, ...accounts], aliases: [...own.aliases, ...aliases] }
}

const noKeys: Keys = { accounts: [], aliases: [] }

/** Decides what becomes of what was done in a chat. */
export function decideChat(delivery: Delivery, input: ChatInput, facts: Facts, house: House): Decision {
  const lexed = lexedIn(input)
  const moment = momentOf(delivery, { input, lexed }, facts, house)
  const turn = remembered(moment, turnOf(moment, input, lexed))
  const { answer, state, ...left } = endOf(delivery, turn, moment.state)
  const isSilent = lexed !== null && turn.state.optedOut && isReceipt(turn)
  const messages = isSilent ? [] : [messageOf(moment, turn, answer.items)]
  const isInAnswer = input.kind === 'opened' && input.inAnswer === true
  const to = isInAnswer ? null : delivery.sender
  return {
    delivery,
    answer: { ...answer, text: '', messages },
    ...left,
    receipts: to === null ? [] : messages.map((message) => ({ to, message })),
    conversation: delivery.sender === null ? undefined : storedChat(state, turn.chat, house.limits),
  }
}

function lexedIn(input: ChatInput): Lexed | null {
  if (input.kind === 'text') return lex(input.text)
  return input.kind === 'identity' ? captionIn(input) : null
}

/** What was done in the chat; of what was written, its tokens too. */
interface Heard {
  readonly input: ChatInput
  readonly lexed: Lexed | null
}

function momentOf(delivery: Delivery, heard: Heard, facts: Facts, house: House): ChatMoment {
  const { state, chat } = chatBefore(delivery, facts, house.limits)
  const language = chat.language ?? languageIn(heard) ?? state.language
  const own = withFound(facts, foundBy(heard.input, facts))
  const senders = boundAccounts(chat, own)
  return { delivery, facts: own, house, state: { ...state, language }, chat, senders, language }
}

/** A command of a messenger (`/help`) is English whoever gives it, and tells no language. */
function languageIn({ input, lexed }: Heard): Language | null {
  const isCommand = input.kind === 'text' && input.text.startsWith('/')
  return isCommand ? null : (lexed?.language ?? null)
}

/** Accounts that the contact or the bill in it leads to. */
function foundBy(input: ChatInput, facts: Facts): readonly Account[] {
  if (input.kind === 'contact') return facts.byPhone(input.phone)
  const isNamed = input.kind === 'identity' || input.kind === 'opened'
  const aliases = isNamed && input.account !== null ? formKeys({ account: input.account }).aliases : []
  return aliases.flatMap((alias) => facts.byAlias(alias))
}

function turnOf(moment: ChatMoment, input: ChatInput, lexed: Lexed | null): ChatTurn {
  if (input.kind === 'text') return textTurn(moment, input.text, lexed ?? lex(input.text))
  if (input.kind === 'press') return pressTurn(moment, input.press)
  if (input.kind === 'contact') return contactTurn(moment, input.phone)
  if (input.kind === 'identity') return lexed === null ? identityTurn(moment, input) : captionTurn(moment, input, lexed)
  if (input.kind === 'opened') return openedTurn(moment, input)
  return plainTurn(moment, { says: [chatMessagesIn(moment.language).unreadable[input.what]] })
}

function pressTurn(moment: ChatMoment, pressed: string): ChatTurn {
  const press = readPress(pressed)
  if (press === null) return staleTurn(moment)
  if (press.kind === 'menu') return menuTurn(moment, press.item)
  if (press.kind === 'language') return languageTurn(moment, press.language)
  if (press.kind === 'meter') return meterTurn(moment, press.meter)
  if (press.kind === 'unbind') return unbindTurn(moment, press.id)
  if (press.kind === 'choose') return chosen(moment, press.question, press.meter)
  return press.kind === 'fix' ? corrected(moment, press.question) : answered(moment, press.question, press.kind)
}

/** Who opens the chat anew wants to hear from us again. */
function openedTurn(before: ChatMoment, { account, meter }: Extract<ChatInput, { kind: 'opened' }>): ChatTurn {
  const moment = { ...before, state: { ...before.state, optedOut: false } }
  const { welcome } = chatMessagesIn(moment.language)
  const turn = account === null ? plainTurn(moment) : identityTurn(moment, { account, meter })
  return { ...turn, says: [welcome, ...turn.says] }
}

/** What the turn came to, then the question that is open, if no account is to be bound first; under it the buttons. */
function messageOf(before: ChatMoment, turn: ChatTurn, items: readonly Item[]): ChatMessage {
  const { open, language } = turn.state
  const senders = boundAccounts(turn.chat, before.facts)
  const moment: ChatMoment = { ...before, state: turn.state, chat: turn.chat, language, senders }
  const corrections = turn.rows.length > 0 ? [] : correctionRows(moment, items)
  const isBinding = turn.chat.binding !== null
  const questions = questionRows(moment, open, open.length > 1 || corrections.length > 0 || isBinding)
  const rows = freeRows([...questions, ...turn.rows, ...corrections])
  const isWaiting = open.length > 0 || isBinding || turn.rows.length > 0
  return {
    text: messageText(linesOf(moment, turn, items)),
    buttons: [...rows, ...menuRows(chatMessagesIn(language), language, isWaiting)],
  }
}

function linesOf(moment: ChatMoment, { says, state }: ChatTurn, items: readonly Item[]): readonly string[] {
  const isPlain = items.every(({ outcome }) => outcome.kind === 'none' && outcome.code === 'HELP')
  const isSaid = says.length > 0 && items.every(({ outcome }) => outcome.kind === 'none')
  const [open] = state.open
  const choices = open !== undefined && isChoice(open) ? questionRows(moment, [open]).length : 0
  const messages = chatMessagesIn(moment.language)
  const which = messages.whichMeter + (choices > FREE_BUTTONS_MAX ? `\n${messages.moreMeters}` : '')
  const said = (item: Item) => (choices > 0 && asksWhich(item) ? which : itemText(item, moment.language))
  const own = isPlain || isSaid ? [] : [...new Set(items.map(said))]
  if (items.some(({ outcome }) => outcome.kind === 'asked')) return [...says, ...own]
  const question =
    open === undefined || moment.chat.binding !== null ? [] : [choices > 0 ? which : questionText(open, moment)]
  const lines = [...own, ...says, ...question.filter((line) => !says.includes(line))]
  return lines.length > 0 ? lines : [messages.help]
}

function isChoice({ about }: Open): boolean {
  return about?.meter == null
}

function asksWhich({ outcome }: Item): boolean {
  return outcome.kind === 'asked' && (outcome.code === 'ACCOUNT_NEEDED' || outcome.code === 'METER_NEEDED')
}
