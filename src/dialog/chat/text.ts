/** A text in a chat: read as an SMS is, with the accounts that the chat is bound to as the sender's. Pure. */
import { type Language, languages } from '../../core/delivery.ts'
import type { Lexed } from '../../language/token.ts'
import { isSameAccount } from '../accounts.ts'
import { converse } from '../conversation/converse.ts'
import type { About } from '../conversation/state.ts'
import type { Part } from '../items-and-events.ts'
import { fromTurn } from './answers.ts'
import { aboutBinding, bindingTurn, boundByReading } from './bind.ts'
import { languageTurn, menuTurn } from './menu.ts'
import type { MenuItem } from './presses.ts'
import { type ChatState, chatLimits } from './state.ts'
import { type ChatMoment, type ChatTurn, chatMessagesIn } from './turn.ts'

/** Answers one text. */
export function textTurn(moment: ChatMoment, text: string, lexed: Lexed): ChatTurn {
  const item = isLeaving(moment, lexed) ? 'cancel' : typedItem(text)
  if (item !== null) return menuTurn(moment, item)
  const language = typedLanguage(text)
  if (language !== null) return languageTurn(moment, language)
  const binding = bindingTurn(moment, lexed)
  if (binding !== null) return binding
  const state = aboutBinding(moment, lexed.tokens)
  const turn = fromTurn(moment, converse({ ...moment, state, lexed }))
  if (lexed.words.help === 0) return turn
  return { ...turn, says: [...turn.says, chatMessagesIn(moment.language).help] }
}

/** «Отмена» where only account and serial were asked for; to a question about a reading it is a no (rule 14). */
function isLeaving({ chat, state }: ChatMoment, { words, tokens }: Lexed): boolean {
  return chat.binding !== null && state.open.length === 0 && words.no > 0 && tokens.length === 0
}

const TYPED: readonly MenuItem[] = ['pass', 'meters', 'sent', 'bind']

/** The label of a menu's button, typed. */
function typedItem(text: string): MenuItem | null {
  const isLabel = (item: MenuItem) => languages.some((one) => isTyped(text, chatMessagesIn(one).labels[item]))
  return TYPED.find(isLabel) ?? null
}

/** The name of a language, as the menu of the other one has it. */
function typedLanguage(text: string): Language | null {
  const shown = languages.find((one) => isTyped(text, chatMessagesIn(one).labels.language))
  return shown === undefined ? null : shown === 'ru' ? 'en' : 'ru'
}

/** In any case, with ё or е. */
function isTyped(text: string, label: string): boolean {
  const plain = (some: string) => some.trim().toLowerCase().replaceAll('ё', 'е')
  return plain(text) === plain(label)
}

/** What any turn with readings in it leaves in the chat: accounts to be bound, and meters that may be corrected. */
export function remembered(moment: ChatMoment, turn: ChatTurn): ChatTurn {
  const bound = boundByReading({ ...moment, chat: turn.chat }, turn.parts)
  const { receivedAt: at } = moment.delivery
  const recent = turn.parts.flatMap((part) => acceptedAbout(part, bound.chat)).map((about) => ({ ...about, at }))
  const others = bound.chat.recent.filter(
    (one) => !recent.some((now) => isSameAccount(now, one) && now.meter === one.meter),
  )
  const chat = { ...bound.chat, recent: [...recent, ...others].slice(0, chatLimits.recentMax) }
  return { ...turn, chat, says: [...turn.says, ...bound.says] }
}

function acceptedAbout(part: Part, { bindings }: ChatState): readonly About[] {
  if (!('verdict' in part) || part.verdict.outcome.kind !== 'accepted') return []
  const { claim, submittedAccount } = part
  const { branch, account } = claim.account
  const isNamed = !claim.flags.includes('NO_SERIAL')
  const isOld = claim.flags.includes('OLD_ACCOUNT')
  const isSenders = bindings.some((one) => isSameAccount(one, { branch, account }))
  return [{ branch, account, submitted: submittedAccount, isOld, isSenders, meter: claim.meter.meter, isNamed }]
}
