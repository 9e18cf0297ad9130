import { z } from 'zod'
import { jsonBody } from '../../src/channel/bodies.ts'
import type { ChatInput } from '../../src/core/chat.ts'
import type { Language } from '../../src/core/delivery.ts'

/** Ids are numbers of up to 52 bits, and for us names: text. */
const EXACT: ReadonlySet<string> = new Set(['update_id', 'id', 'user_id'])
const Id = z.string().regex(/^-?\d{1,20}$/)

const User = z.object({ id: Id, language_code: z.string().optional() })
const Chat = z.object({ id: Id, type: z.string() })
const File = z.object({ file_id: z.string(), file_size: z.number().optional() })

const Message = z.object({
  chat: Chat,
  /** Seconds since 1970 at which it was sent. */
  date: z.int().nonnegative().optional().catch(undefined),
  from: User.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  contact: z.object({ phone_number: z.string(), user_id: Id.optional() }).optional(),
  /** The same photo in several sizes, the largest last. */
  photo: z.array(File).optional(),
  document: File.extend({ mime_type: z.string().optional() }).optional(),
})
/** A message, as far as it is read here. */
export type TelegramMessage = z.infer<typeof Message>

/** An update of the Bot API, as far as it is read here; every other kind of it has none of the three. */
const Update = z.object({
  update_id: Id,
  message: Message.optional().catch(undefined),
  edited_message: Message.optional().catch(undefined),
  callback_query: z
    .object({
      id: z.string().min(1).max(64),
      from: User,
      data: z.string().optional(),
      message: z.object({ chat: Chat }).optional(),
    })
    .optional()
    .catch(undefined),
})

/** An update, and what was made of the picture in it. */
export type TelegramUpdate = z.infer<typeof Update> & { readonly picture?: ChatInput }

/** The language of the user's own Telegram: English, else Russian. */
export function languageOf({ message, edited_message, callback_query }: TelegramUpdate): Language {
  return (message?.from ?? edited_message?.from ?? callback_query?.from)?.language_code?.startsWith('en') ? 'en' : 'ru'
}

/** Parses an update. */
export const telegramUpdate = jsonBody(Update, EXACT)

/** The file of a message's picture, or null: the largest photo, or a document that is one. */
export function pictureIn({ photo, document }: TelegramMessage): z.infer<typeof File> | null {
  if (document?.mime_type?.startsWith('image/') === true) return document
  return photo?.at(-1) ?? null
}
