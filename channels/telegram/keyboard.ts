import { fitting, fittingRows } from '../../src/channel/fitting.ts'
import type { ChatButton, ChatMessage } from '../../src/core/chat.ts'

/** Behind a button for the contact that stands among others: buttons under a message can't ask for it themselves. */
export const CONTACT_PRESS = '!contact'

/** The Bot API's limits: text; buttons in a row. */
const TEXT_MAX = 4_096
const ROW_MAX = 8

/** A message as `sendMessage` takes it, without its chat. */
export function telegramMessage({ text, buttons }: ChatMessage) {
  return { text: fitting(text, TEXT_MAX), ...(buttons.length > 0 && { reply_markup: markupOf(buttons) }) }
}

/** Only a keyboard in the place of the telephone's own can ask for the contact, and that one knows no presses. */
function markupOf(rows: ChatMessage['buttons']) {
  const only = rows.flat()
  if (only.every(({ kind }) => kind === 'contact')) return contactKeyboard(only[0]?.label ?? '')
  return { inline_keyboard: fittingRows(rows).map((row) => row.slice(0, ROW_MAX).map(inlineButton)) }
}

function inlineButton(button: ChatButton) {
  return { text: button.label, callback_data: button.kind === 'press' ? button.press : CONTACT_PRESS }
}

/** The keyboard that asks for the user's own contact, and goes when it was given. */
export function contactKeyboard(label: string) {
  return { keyboard: [[{ text: label, request_contact: true }]], one_time_keyboard: true, resize_keyboard: true }
}
