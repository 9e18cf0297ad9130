/** What somebody does in a messenger, whichever it is. */
export type Deed =
  /** Opens the chat; `link`: what the deep link carried, empty: nothing. */
  | { readonly kind: 'open'; readonly link: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Presses a button of ours. */
  | { readonly kind: 'press'; readonly press: string }
  /** Presses the button that shares the own contact; `phone` in E.164. */
  | { readonly kind: 'contact'; readonly phone: string }
  /** Sends the photo of the sample bill. */
  | { readonly kind: 'bill' }

/** What the gateway said to a deed at once. */
export interface Done {
  readonly status: number
  /** As `x-reading-outcome` has it; empty: no message was in it. */
  readonly outcome: string
}

/** A button as its user sees it. */
export interface ShownButton {
  readonly label: string
  /** What comes back when it is pressed; null: it shares the contact. */
  readonly press: string | null
}

/** A message as its user sees it. */
export interface Shown {
  readonly messenger: MessengerName
  readonly user: string
  readonly text: string
  readonly rows: readonly (readonly ShownButton[])[]
  /** Under the message, or in the place of the telephone's keyboard. */
  readonly place: 'message' | 'keyboard'
}

/** The messengers that are played; each is its channel's name. */
export type MessengerName = 'viber' | 'telegram'

/** A messenger with its users, as far as a bot of ours knows it. */
export interface PlayedMessenger {
  /** Does that for the user, and tells the gateway as the messenger's server would. */
  readonly play: (user: string, deed: Deed) => Promise<Done>
  /** Every message that came to its users, in order. */
  readonly shown: () => readonly Shown[]
  readonly close: () => Promise<void>
}

/** What a messenger is played with. */
export interface PlayedParts {
  /** Where the gateway listens. */
  readonly url: () => string
  readonly token: string
  /** The picture of the sample bill, PNG. */
  readonly bill: Buffer
  /** Names the first event; each further one counts on. */
  readonly firstId: bigint
}
