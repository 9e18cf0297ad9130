/** What happens in a telephone call: inputs as every telephony platform has them, and what is said back. */

/** What happened in a call. */
export type CallInput =
  | { readonly kind: 'started' }
  /** The caller answered a question, or kept silent: both texts are empty then. */
  | {
      readonly kind: 'answered'
      /** Names the question that is answered; null: the platform doesn't say, so it is the one that waits. */
      readonly step: string | null
      /** Keys pressed: `0`–`9`, `*`, `#`. */
      readonly digits: string
      /** What a recogniser made of it. */
      readonly heard: string
    }
  /** The call is over. */
  | { readonly kind: 'ended' }
  /** An operator takes the call over, and asks what is known. */
  | { readonly kind: 'operator' }
  /** No operator took it. */
  | { readonly kind: 'unattended' }

/** Questions' places in the script; Twilio's addresses are named after them. */
export const callSteps = ['account', 'serial', 'meter', 'value', 'confirm'] as const
/** See the list of the same name. */
export type CallStep = (typeof callSteps)[number]

/** What the caller is to answer. */
export interface CallExpectation {
  readonly of: CallStep
  /** Comes back with the answer: so that an answer counts once, and for the question that it was given to. */
  readonly step: string
  /** Of `value`: the register's label. */
  readonly register?: string
  /** Whether speech is listened to; else keys alone. */
  readonly speech: boolean
  /** Keys that complete the answer; null: `#` or a pause does. */
  readonly digits: number | null
  /** Words that a recogniser may expect. */
  readonly hints: readonly string[]
}

/** What is known of the caller when an operator takes over; nothing is ever read to the caller from it. */
export interface CallHandover {
  readonly account: string | null
  /** Full serial. */
  readonly meter: string | null
  /** Register label → value that was said and not accepted yet. */
  readonly values: Readonly<Record<string, string>>
}

/** How a call went, once it is over. */
export const callEnds = ['passed', 'held', 'operator', 'refused', 'abandoned'] as const
/** See the list of the same name. */
export type CallEnd = (typeof callEnds)[number]

/** What is said in a call. */
export interface Spoken {
  /** Sentences in their order, each says one thing. */
  readonly say: readonly string[]
  /** null: the call is over for us. */
  readonly expect: CallExpectation | null
  /** The call goes to an operator, with what is known. */
  readonly transfer?: CallHandover
  /** The call is over for everybody, and this is how it went. */
  readonly closed?: CallEnd
}
