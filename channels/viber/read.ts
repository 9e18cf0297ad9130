import { openedBy } from '../../src/channel/deep-link.ts'
import { contactPhone } from '../../src/channel/phone.ts'
import { broughtLate, receivedBy } from '../../src/channel/received-at.ts'
import type { Callback, ChatInput } from '../../src/core/chat.ts'
import type { Delivery } from '../../src/core/delivery.ts'
import { isPress } from '../../src/dialog/chat/presses.ts'
import { ASKED_CONTACT } from './keyboard.ts'
import type { ViberEvent, ViberMessage } from './wire.ts'

/** What a customer did, as a delivery; null for every other event. The event's kind keeps its tokens apart from others'. */
export function deliveryOf(event: ViberEvent, now: string): Delivery | null {
  const user = event.event === 'message' ? event.sender : event.user
  const said = saidIn(event)
  if (said === null || user === undefined) return null
  const receivedAt = receivedBy(event.timestamp, now)
  return {
    channel: 'viber',
    eventChannel: 'VIBER',
    deliveryId: `${event.event}:${event.message_token}`,
    receivedAt,
    ...broughtLate(receivedAt, now),
    sender: user.id,
    phone: null,
    said: { chat: said },
    language: user.language?.toLowerCase().startsWith('en') ? 'en' : 'ru',
  }
}

function saidIn(event: ViberEvent): ChatInput | null {
  if (event.event === 'conversation_started') return openedBy(event.context ?? '', true)
  if (event.event !== 'message' || event.message === undefined) return null
  return event.picture ?? messageInput(event.message, event.sender?.name)
}

/** A link that a customer shares comes as `url`, its address in `media`; there is nothing in it for us. */
function messageInput(message: ViberMessage, senderName: string | null | undefined): ChatInput {
  if (message.type === 'text') return textInput(message.text ?? '')
  if (message.type === 'contact') return contactInput(message, senderName)
  return { kind: 'unreadable', what: message.type === 'picture' ? 'picture' : 'other' }
}

/** A pressed button comes back as the text that we put behind it. */
function textInput(text: string): ChatInput {
  return isPress(text) ? { kind: 'press', press: text } : { kind: 'text', text }
}

/**
 * Viber doesn't say whose contact it is. The button that we ask with sends the user's own under the user's own name; a
 * card out of the address book goes without our asking, or under another name.
 */
function contactInput({ contact, tracking_data }: ViberMessage, senderName: string | null | undefined): ChatInput {
  const phone = contactPhone(contact?.phone_number ?? '')
  const isAsked = tracking_data?.endsWith(ASKED_CONTACT) ?? false
  const isOwnName = !contact?.name || contact.name.trim() === senderName?.trim()
  return phone !== null && isAsked && isOwnName ? { kind: 'contact', phone } : { kind: 'unreadable', what: 'other' }
}

/** What Viber tells of a message of ours. `seen` says no more than `delivered`. */
export function callbackOf({ event, message_token: providerId, user_id: to }: ViberEvent): Callback | null {
  if (providerId === undefined) return null
  if (event === 'failed') return { kind: 'failed', providerId }
  if ((event === 'delivered' || event === 'seen') && to !== undefined) return { kind: 'reached', to, providerId }
  return null
}
