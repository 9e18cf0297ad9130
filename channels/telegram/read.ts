import { openedBy } from '../../src/channel/deep-link.ts'
import { contactPhone } from '../../src/channel/phone.ts'
import { broughtLate, receivedBy } from '../../src/channel/received-at.ts'
import type { ChatInput } from '../../src/core/chat.ts'
import type { Delivery } from '../../src/core/delivery.ts'
import { CONTACT_PRESS } from './keyboard.ts'
import { languageOf, pictureIn, type TelegramMessage, type TelegramUpdate } from './wire.ts'

/** What a customer did, as a delivery; null for every other update: edits, channels, groups, members that come and go. */
export function deliveryOf(update: TelegramUpdate, now: string): Delivery | null {
  const { message, callback_query: query, update_id } = update
  const chat = message?.chat ?? query?.message?.chat
  const user = message?.from ?? query?.from
  const said = saidIn(update)
  if (said === null || user === undefined || chat === undefined || chat.type !== 'private') return null
  const receivedAt = receivedBy(message?.date === undefined ? undefined : message.date * 1_000, now)
  return {
    channel: 'telegram',
    eventChannel: 'TELEGRAM',
    deliveryId: update_id,
    receivedAt,
    ...broughtLate(receivedAt, now),
    sender: chat.id,
    phone: null,
    said: { chat: said },
    language: languageOf(update),
  }
}

function saidIn({ message, callback_query, picture }: TelegramUpdate): ChatInput | null {
  if (message !== undefined) return picture ?? messageInput(message)
  const press = callback_query?.data
  return press === undefined || press === CONTACT_PRESS ? null : { kind: 'press', press }
}

function messageInput(message: TelegramMessage): ChatInput {
  const { text, contact } = message
  if (text !== undefined) return textInput(text)
  if (contact !== undefined) return contactInput(contact, message.from?.id)
  return { kind: 'unreadable', what: pictureIn(message) === null ? 'other' : 'picture' }
}

/** `/start` opens a chat; behind it stands what the deep link carried. */
function textInput(text: string): ChatInput {
  const start = /^\/start(?:@\w+)?(?:\s+(\S+))?\s*$/.exec(text)
  return start === null ? { kind: 'text', text } : openedBy(start[1] ?? '', false)
}

/** Only a user's own contact carries the user's own id; a card out of the address book is somebody else's. */
function contactInput({ phone_number, user_id }: NonNullable<TelegramMessage['contact']>, from?: string): ChatInput {
  const phone = contactPhone(phone_number)
  const isOwn = user_id !== undefined && user_id === from
  return phone !== null && isOwn ? { kind: 'contact', phone } : { kind: 'unreadable', what: 'other' }
}
