import { z } from 'zod'
import { jsonBody } from '../../src/channel/bodies.ts'
import type { ChatInput } from '../../src/core/chat.ts'

/** Ids of 64 bits: in a double, two different ones become equal (rule 29). */
export const EXACT: ReadonlySet<string> = new Set(['message_token'])

/** Events that are told from their repetition by the token alone. */
const NEEDS_TOKEN: ReadonlySet<string> = new Set(['message', 'conversation_started'])

/** A user's id is 24 characters of base64; nothing says that it stays so. */
const UserId = z.string().min(1).max(128)
const User = z.object({ id: UserId, name: z.string().nullish(), language: z.string().nullish() })

/** What a customer sends: `text picture contact sticker location url video file`, and whatever comes to them. */
const Message = z.object({
  type: z.string(),
  text: z.string().nullish(),
  /** Address of a picture, file or video. */
  media: z.string().nullish(),
  contact: z.object({ name: z.string().nullish(), phone_number: z.string().nullish() }).nullish(),
  /** What we sent along with our last message. */
  tracking_data: z.string().nullish(),
})
/** A message of a customer, as far as it is read here. */
export type ViberMessage = z.infer<typeof Message>

/**
 * Any event of Viber's REST API, as far as it is read here: `webhook subscribed unsubscribed conversation_started
 * message delivered seen failed client_status action`, and those that are yet to come.
 */
const Event = z
  .object({
    event: z.string().min(1).max(64),
    message_token: z
      .string()
      .regex(/^\d{1,20}$/)
      .optional(),
    /** Milliseconds since 1970 at which it happened. */
    timestamp: z.int().nonnegative().optional().catch(undefined),
    /** Of a message. */
    sender: User.optional().catch(undefined),
    message: Message.optional().catch(undefined),
    /** Of a conversation that was opened. */
    user: User.optional().catch(undefined),
    context: z.string().nullish().catch(undefined),
    /** Of a callback about a message of ours. */
    user_id: UserId.optional().catch(undefined),
  })
  .refine(({ event, message_token }) => message_token !== undefined || !NEEDS_TOKEN.has(event), {
    path: ['message_token'],
  })

/** An event, and what was made of the picture that it points at. */
export type ViberEvent = z.infer<typeof Event> & { readonly picture?: ChatInput }

/** Parses an event; `message_token` keeps its digits. */
export const viberEvent = jsonBody(Event, EXACT)
