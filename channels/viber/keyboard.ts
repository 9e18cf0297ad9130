import { fitting, fittingRows } from '../../src/channel/fitting.ts'
import type { ChatButton, ChatMessage } from '../../src/core/chat.ts'

/** Ends the tracking data of a message that asks for the user's contact. */
export const ASKED_CONTACT = '.contact'

/** Viber's own limits: text, columns of a row of buttons, label of a button. */
const TEXT_MAX = 7_000
const COLUMNS = 6
const LABEL_MAX = 250
/** Buttons that share contacts need version 3 of Viber's API on the user's telephone, from 2016. */
const CONTACT_API_VERSION = 3

/** The body of a message as Viber takes it, without its receiver. `mark` comes back with the user's next message. */
export function viberMessage({ text, buttons }: ChatMessage, senderName: string, mark: string) {
  const asksContact = buttons.flat().some(({ kind }) => kind === 'contact')
  return {
    min_api_version: asksContact ? CONTACT_API_VERSION : 1,
    sender: { name: senderName },
    tracking_data: asksContact ? mark + ASKED_CONTACT : mark,
    type: 'text',
    text: fitting(text, TEXT_MAX),
    ...(buttons.length > 0 && { keyboard: keyboardOf(buttons) }),
  }
}

function keyboardOf(rows: ChatMessage['buttons']) {
  return { Type: 'keyboard', DefaultHeight: false, Buttons: fittingRows(rows).flatMap(rowOf) }
}

/** The columns of a row add up to six: what division leaves goes to the last button. */
function rowOf(row: readonly ChatButton[]) {
  const buttons = row.slice(0, COLUMNS)
  const width = Math.floor(COLUMNS / buttons.length)
  return buttons.map((button, at) => ({
    Columns: at === buttons.length - 1 ? COLUMNS - width * at : width,
    Rows: 1,
    Text: escaped(fitting(button.label, LABEL_MAX)),
    TextSize: 'regular',
    ...(button.kind === 'press'
      ? { ActionType: 'reply', ActionBody: button.press, Silent: true }
      : { ActionType: 'share-phone', ActionBody: 'contact' }),
  }))
}

/** Viber reads labels as HTML. */
function escaped(label: string): string {
  return label.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
