/** Outcomes and open questions as a chat says them: in full, with one register asked for at a time. */
import type { Item, Language } from '../../core/delivery.ts'
import type { Account, Meter } from '../../core/facts.ts'
import { itemOfOpen } from '../conversation/question-item.ts'
import type { Open } from '../conversation/state.ts'
import { listed, messagesIn, sentence } from '../render.ts'
import { tail } from './buttons.ts'
import { type ChatMoment, chatMessagesIn } from './turn.ts'

/** The shortest of the messengers' limits is Telegram's 4,096; what is longer is cut. */
export const MESSAGE_LETTERS_MAX = 4_000

/** What is said about one item. */
export function itemText(item: Item, language: Language): string {
  const isAsked = item.outcome.kind === 'asked'
  const [next] = item.missing
  if (!isAsked || next === undefined || item.meter === null) return sentence(item, messagesIn(language))
  const messages = chatMessagesIn(language)
  const zone = messagesIn(language).zones[next.zone]
  const taken = listed(item.values, messagesIn(language))
  if (taken === '') return messages.value(tail(item.meter), zone)
  return messages.nextValue(tail(item.meter), zone, taken)
}

/** An open question once more. It is not judged again: what was asked is what is asked. */
export function questionText(open: Open, moment: ChatMoment): string {
  return itemText(itemOfOpen(open, moment.facts), moment.language)
}

/** `Свет *5057`. */
export function meterName({ service, meter }: Meter, language: Language): string {
  return `${chatMessagesIn(language).services[service]} ${tail(meter)}`
}

/** `Счёт *0488`, as a line begins. */
export function accountLine({ account }: Pick<Account, 'account'>, language: Language): string {
  const name = chatMessagesIn(language).account(tail(account))
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Lines as one message. */
export function messageText(lines: readonly string[]): string {
  const text = lines.join('\n')
  return text.length <= MESSAGE_LETTERS_MAX ? text : `${text.slice(0, MESSAGE_LETTERS_MAX - 1)}…`
}
