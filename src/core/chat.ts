/** What is said in chats (Viber, Telegram): inputs as every messenger has them, and messages with buttons. */

/** What a user did in a chat. */
export type ChatInput =
  | { readonly kind: 'text'; readonly text: string }
  /** Pressed a button of ours; `press` is what we put behind it. */
  | { readonly kind: 'press'; readonly press: string }
  /** Shared the own contact; the messenger vouches that it is the sender's. E.164. */
  | { readonly kind: 'contact'; readonly phone: string }
  /** A bill's QR was read, from a picture or a deep link; as rule 3 writes them. */
  | {
      readonly kind: 'identity'
      readonly account: string
      readonly meter: string | null
      /** What was written under the picture; absent: nothing. */
      readonly caption?: string
    }
  /** Opened the chat, perhaps by a deep link that says which account and meter. */
  | {
      readonly kind: 'opened'
      readonly account: string | null
      readonly meter: string | null
      /** The channel says the welcome in its HTTP answer (Viber); absent or false: it leaves as every other message does. */
      readonly inAnswer?: boolean
    }
  /** A picture in which no bill's QR could be read; a sticker, a place, a video. */
  | { readonly kind: 'unreadable'; readonly what: 'picture' | 'other' }

/** A button under a message. */
export type ChatButton =
  /** `press` comes back as it is: at most 64 bytes, for Telegram carries no more. */
  | { readonly kind: 'press'; readonly label: string; readonly press: string }
  /** Asks for the user's own contact. */
  | { readonly kind: 'contact'; readonly label: string }

/** One message to a chat. */
export interface ChatMessage {
  readonly text: string
  /** Rows of buttons; empty: none. */
  readonly buttons: readonly (readonly ChatButton[])[]
}

/** A message on its way to a chat, in the store until the messenger has taken it. */
export interface Receipt {
  /** Counts from 1; order of `seq` is the order for each recipient. */
  readonly seq: number
  readonly channel: string
  /** The chat, as the messenger names it. */
  readonly to: string
  readonly message: ChatMessage
  /** What the store kept of the message is not understood: it is empty here, and given up unsent. */
  readonly isUnreadable?: true
  readonly submissionId: string
  /** Failed attempts so far. */
  readonly tries: number
}

/** What a messenger said to a receipt. */
export type Sent =
  /** Taken; `providerId` names it in later callbacks. */
  | { readonly kind: 'taken'; readonly providerId: string | null }
  /** To be tried again, not before `afterMs` where the messenger says so. */
  | {
      readonly kind: 'later'
      readonly why: string
      readonly afterMs: number | null
      /** Its answer did not come: it may have taken the message. The receipt stays handed out, for `noteReached` to end. */
      readonly inDoubt?: boolean
    }
  /** Never: blocked, not subscribed, malformed. */
  | { readonly kind: 'never'; readonly why: string }

/** What a messenger tells later of a message that it had taken. */
export type Callback =
  /** It did not arrive, and will not. */
  | { readonly kind: 'failed'; readonly providerId: string }
  /** A message reached that chat; of which receipt the messenger does not say where its answer to the sending was lost. */
  | { readonly kind: 'reached'; readonly to: string; readonly providerId: string }

/** A messenger as the sender of receipts knows it. */
export interface ChatMessenger {
  /** Sends one message; never rejects. Its `why` is a word for logs and metrics, nothing personal. */
  readonly send: (receipt: Receipt) => Promise<Sent>
  /** Messages to one chat that may go unanswered within the window, where the messenger has such a limit. */
  readonly unanswered: { readonly most: number; readonly windowMs: number } | null
}
