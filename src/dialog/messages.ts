import type { Code } from '../../schemas/codes.ts'
import type { Zone } from '../core/facts.ts'

/** What a sentence about one meter may say; never an account, a name, an address or a previous reading (rule 15). */
export interface Words {
  /** `*5057`: the last 4 digits of the serial; empty where no meter is known. */
  readonly meter: string
  /** `56311` or `день 30035, ночь 44105`. */
  readonly values: string
  /** The same of the proposal, or `счётчик *0111` where only the meter is another; empty where there is none. */
  readonly proposal: string
  /** Whether the proposal is that only the meter was mistaken. */
  readonly isOtherMeter: boolean
  /** Zones that want a value, `день, ночь`; empty for a meter with one register. */
  readonly missing: string
  /** `ноябрь`. */
  readonly month: string
  readonly outOfWindow: boolean
  readonly oldAccount: boolean
  /** `с 15 по 25 декабря`; empty where it does not matter. */
  readonly window: string
  /** How many values the meter wants; 0: unknown. */
  readonly wanted: number
}

type Sentence = (words: Words) => string

/** Every sentence of the gateway in one language. A sentence fits one SMS part of 70 characters where it can. */
export interface Messages {
  readonly zones: Readonly<Record<Zone, string>>
  readonly decimalMark: ',' | '.'
  /** Names of the months as they follow «за». */
  readonly months: readonly string[]
  /** `с 15 по 25 декабря`. */
  readonly window: (fromDay: number, toDay: number, month: number) => string
  /** A proposal that only the meter was mistaken: `*0111`. */
  readonly otherMeter: (meter: string) => string
  readonly accepted: Sentence
  readonly duplicate: Sentence
  readonly asked: Readonly<Partial<Record<Code, Sentence>>>
  readonly held: Readonly<Partial<Record<Code, Sentence>>>
  readonly rejected: Readonly<Partial<Record<Code, Sentence>>>
  readonly none: Readonly<Partial<Record<Code, Sentence>>>
  /** To an old account number: where the new one stands. */
  readonly newAccount: string
  /** Several meters in one sentence each: `*5057 56311; *0111 44105`. */
  readonly acceptedAll: (meters: string, month: string) => string
  readonly duplicateAll: (meters: string, month: string) => string
  readonly heldAll: (meters: string) => string
  /** One question about several meters, and what it says of each. */
  readonly askedAll: (meters: string) => string
  readonly askedOne: Sentence
  /** Where there is no room for the meters. `month`: empty where there are several, or none. */
  readonly acceptedSome: (accepted: number, all: number, month: string) => string
  readonly heldSome: (held: number) => string
  readonly sendOthers: string
}
