import type { Code } from '../../schemas/codes.ts'
import type { EventChannel } from '../../schemas/events.ts'
import type { Outcome } from '../../schemas/outcome.ts'
import type { CallInput, Spoken } from './call.ts'
import type { ChatInput, ChatMessage } from './chat.ts'
import type { Service, Zone } from './facts.ts'
import type { SlipClaim, SlipReview } from './slip-claim.ts'

/** Languages in which the gateway speaks; each has its catalogues, in `dialog` and beside the pages of a channel. */
export const languages = ['ru', 'en'] as const
/** See the list of the same name. */
export type Language = (typeof languages)[number]

/** What a customer typed into the fields of a form; already trimmed, otherwise as typed. */
export interface FormClaim {
  readonly account: string
  readonly meter: string
  /** Register label → value as typed; empty fields left out. */
  readonly values: Readonly<Record<string, string>>
  /** The customer has seen the question and says: it is right. The codes of the questions that were asked. */
  readonly confirmed: readonly Code[]
  /** Whether the values are the question's proposal, not what was typed; absent: they are what was typed. */
  readonly proposalTaken?: boolean
  /** The serial that was given, where another meter was proposed and taken: `meter` then is that one. */
  readonly askedMeter?: string | null
  /** Id of the submission whose question this one answers; null or absent: of none. */
  readonly answers?: string | null
  /** ISO instant of the submission that brought the values, where this one only confirms them; null or absent: this one did. */
  readonly valuesAt?: string | null
}

/** One message as it came from a channel, authenticated and parsed, not yet understood. */
export interface Delivery {
  /** Folder name of the channel: `sms`, `web-form`. */
  readonly channel: string
  readonly eventChannel: EventChannel
  /** The provider's message id; with the channel it makes the submission unique, for ever. */
  readonly deliveryId: string
  /** ISO instant at which the channel received it. */
  readonly receivedAt: string
  /** ISO instant at which it came to us, where that was well after the channel had received it; absent: at once. */
  readonly broughtAt?: string
  /** Who is talking, as the channel knows them (E.164 phone, chat id): the key of the conversation; null: no conversation. */
  readonly sender: string | null
  /** E.164 phone that the provider vouches for, or null. */
  readonly phone: string | null
  readonly said:
    | { readonly text: string }
    | { readonly form: FormClaim }
    | { readonly chat: ChatInput }
    | { readonly call: CallInput }
    | { readonly slip: SlipClaim }
    | { readonly slipReview: SlipReview }
  readonly language: Language
  /** It brings another delivery again that could not be judged when it came; see judged-later.ts. */
  readonly judgedLater?: true
}

/** ISO instant at which a delivery is answered: who is asked something can answer from then on, not from when he wrote. */
export function answeredAt({ receivedAt, broughtAt }: Pick<Delivery, 'receivedAt' | 'broughtAt'>): string {
  return broughtAt ?? receivedAt
}

/** A value of a register as it is shown back to the customer. */
export interface ShownValue {
  readonly register: string
  readonly zone: Zone
  readonly value: string
}

/** What became of one meter of a submission, with all that a reply in any form needs. */
export interface Item {
  readonly outcome: Outcome
  readonly branch: string | null
  readonly account: string | null
  /** Full serial; a reply shows the last 4 digits only. */
  readonly meter: string | null
  readonly service: Service | null
  /** `2026-11`. */
  readonly period: string | null
  /** Values taken down, or asked about, in register order. */
  readonly values: readonly ShownValue[]
  /** What the question proposes instead. */
  readonly proposal: { readonly meter: string; readonly values: readonly ShownValue[] } | null
  /** Registers that still want a value (FEW_VALUES, VALUES_NEEDED; beside one that is none: BAD_VALUE). */
  readonly missing: readonly { readonly register: string; readonly zone: Zone }[]
  /** Local days between which to send it, `2026-12-15` (OUT_OF_WINDOW refused). */
  readonly window: { readonly opensOn: string; readonly closesOn: string } | null
  /** Of a form's question: ISO instant at which its values came, so that every answer to it brings the same one back. */
  readonly valuesAt?: string
}

/** What the gateway says to one delivery; stored with it, and given again, word for word, to the same delivery. */
export interface Answer {
  /** UUIDv5 of channel and delivery id. */
  readonly submissionId: string
  readonly outcomes: readonly Outcome[]
  /** The reply of a text channel; empty: say nothing. */
  readonly text: string
  /** The reply of a chat, in order; absent elsewhere. */
  readonly messages?: readonly ChatMessage[]
  /** The reply of a call; absent elsewhere. */
  readonly spoken?: Spoken
  readonly items: readonly Item[]
}
