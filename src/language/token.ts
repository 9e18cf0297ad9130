import type { Language } from '../core/delivery.ts'
import type { Service, Zone } from '../core/facts.ts'

/** What a label in front of a number says of it. */
export type Said = 'account' | 'meter' | 'value' | null

/** A run of digits as it stands in the text, with what stands between it and the token before. */
export interface NumberToken {
  readonly kind: 'number'
  /** Whole digits, as typed. */
  readonly text: string
  /** Digits after a decimal mark, or null. */
  readonly fraction: string | null
  /** What joins it to the token before: a blank or two, a dash or a slash; null: something else, or nothing before. */
  readonly glue: ' ' | '-' | '/' | null
  /** Whether a minus stands right before it, after a separator (rule 11). */
  readonly minus: boolean
  readonly said: Said
  /** Whether it is the first thing of its line. */
  readonly startsLine: boolean
  /** A word of one to three letters before it, which may be those of an old number: `кр 468713`. */
  readonly prefix: string | null
  /** It is told in one with the number before it: «с 55959 по 56311», «56311 или 56312». */
  readonly isOneOfTwo?: boolean
}

/** Letters and digits in one piece: an old account, an ЕЛС, a serial with letters, or a broken number. */
export interface CodeToken {
  readonly kind: 'code'
  readonly text: string
  readonly said: Said
  /** It has the form of an old account or an ЕЛС (rule 4). */
  readonly accountShaped: boolean
  /** What it is where the registry knows no such thing: a label and its value, or a value that cannot be read. */
  readonly otherwise: readonly Token[]
}

/** A value with letters, an exponent or two marks in it; `repaired` where only look-alike letters stand in it. */
export interface BadToken {
  readonly kind: 'bad'
  readonly text: string
  readonly repaired: string | null
  /** As that of a number, where it is a blank. */
  readonly glue?: ' '
}

/** A register's label: by the meter's own name (`T1`) or by zone. */
export interface LabelToken {
  readonly kind: 'label'
  readonly register: string | null
  readonly zone: Zone | null
  /** «Второй 56311»: a label only of a meter that has such a register. */
  readonly isMere?: true
  /** It belongs to the number before it: «10110 день, 10120». */
  readonly isBehind?: true
  /** It may belong to the number before it as well as to the one behind it: «10110 день 10120». */
  readonly isBetween?: true
  /** It may say when something happened: «звонила ночью, 10110 10120». */
  readonly isPerhapsTime?: true
}

/** What a text may call a service: `WATER` is cold or hot; no meter counts `SEWAGE`. */
export type NamedService = Service | 'WATER' | 'SEWAGE'

/** A word or code that names a service. */
export interface ServiceToken {
  readonly kind: 'service'
  readonly service: NamedService
  /** The digit of its code, `2` of `2Э`; null: none. */
  readonly index: string | null
  /** It belongs to the number before it: «12 хвс, 10 гвс». */
  readonly isBehind?: true
  /** It may belong to the number before it as well as to the one behind it: «12 хвс 10». */
  readonly isBetween?: true
}

/** What may be identity, label or value. */
export type Token = NumberToken | CodeToken | BadToken | LabelToken | ServiceToken

/** How many words of a kind a text holds. */
export interface WordCounts {
  yes: number
  no: number
  /** Opt-out, and its end. */
  stop: number
  start: number
  help: number
  /** What leaves a yes unclear: a condition, an exception, a question. */
  doubt: number
  /** What leaves neither yes nor no clear: «да или нет», «нет, верно». */
  either: number
  /** Words of readings and their units: «1 квт» is a value. */
  value: number
  /** Words said of something else than the reading: «прошлые», «оплата», «первая»; and «сейчас». */
  aside: number
  /** Words that mean nothing here. */
  other: number
}

/** None of them. */
export const noWords: Readonly<WordCounts> = {
  yes: 0,
  no: 0,
  stop: 0,
  start: 0,
  help: 0,
  doubt: 0,
  either: 0,
  value: 0,
  aside: 0,
  other: 0,
}

/** A text as tokens, in its order, and what it holds besides. */
export interface Lexed {
  readonly tokens: readonly Token[]
  readonly words: Readonly<WordCounts>
  /** Russian where a Russian letter stands in it; null: nothing tells. */
  readonly language: Language | null
}

/** A bare number, with whatever else is known of it. */
export function numberToken(text: string, rest: Partial<NumberToken> = {}): NumberToken {
  return {
    kind: 'number',
    text,
    fraction: rest.fraction ?? null,
    glue: rest.glue ?? null,
    minus: rest.minus ?? false,
    said: rest.said ?? null,
    startsLine: rest.startsLine ?? false,
    prefix: rest.prefix ?? null,
  }
}

/** The same with nothing that joins it to the token before. */
export function unglued<Some extends Token>(token: Some): Some {
  if (token.kind === 'number') return { ...token, glue: null }
  if (token.kind !== 'bad') return token
  const { glue: _, ...rest } = token
  return rest as Some
}

/** Whether a token may be (part of) an identity or a value. */
export function isNumeric(token: Token | undefined): token is NumberToken | CodeToken | BadToken {
  return token?.kind === 'number' || token?.kind === 'code' || token?.kind === 'bad'
}
