/** Numbers that a word announces as no reading: amounts, phones, houses and flats (rule 12). */
import type { Context, Word } from './context.ts'
import { put, takeBack } from './parts.ts'
import type { Token } from './token.ts'
import { meaningOf } from './words.ts'

/** A number that a word has announced as no reading: how many digits at most it may have to be that. */
const announcedDigitsMax = { house: 4, street: 3, phone: 11, price: 8 } as const
/** How many words after a street's kind its number may stand. */
const STREET_WORDS = 4
/** With so many digits and a label of its own a number is no amount and no phone, whatever word stood before. */
const labelledDigitsMin = { account: 8, meter: 8, value: 5 } as const

/** «45 кв» may be kilowatts; longer words are said of houses only. */
const HOUSE_LETTERS_MIN = 4

/** What a word may announce a number as: of a house or flat, in a street's name, of a phone, an amount. */
export type Announced = keyof typeof announcedDigitsMax

/** Digits of what may be a value; the letter of a house, `145а`, is none. */
function digitsIn(token: Token | undefined): number {
  if (token?.kind === 'number') return token.text.length
  return token?.kind === 'code' || token?.kind === 'bad' ? token.text.replace(/\D/g, '').length : 0
}

/** Whether the word before announced this number, which then is no reading. */
export function isAnnounced(context: Context, token: Token, start: number): boolean {
  const { announced, text } = context
  const digits = digitsIn(token)
  if (announced === null || digits === 0) return false
  const isIt = digits <= announcedDigitsMax[announced] && !isLabelled(context, digits)
  if (!isIt || !goesOn[announced].test(text.slice(start, start + GOES_ON_LETTERS))) context.announced = null
  return isIt
}

/** How much of a text says whether a number goes on. */
const GOES_ON_LETTERS = 16

/** A number of which more is to come: `42-15-33`, `8 (41641) 2`; `1 893,44`, `1893-44`; `10-6`, `10/6`; a street's may. */
const goesOn: Readonly<Record<Announced, RegExp>> = {
  phone: /^(?:\d+[-()]|[78] \()/,
  price: /^(?:\d{1,2} \d{3}|\d{3} \d{3}[.,]\d{2}|\d+-\d{2})(?!\d)/,
  house: /^[\p{L}\d]+[-/]\d/u,
  street: /^/,
}

/** «Оплату внесла, лс 2880950488»: the word before announced no number. */
function isLabelled({ announced, said }: Context, digits: number): boolean {
  return said !== null && (announced === 'price' || announced === 'phone') && digits >= labelledDigitsMin[said]
}

/** What stood there was no reading by its form: the amount or phone that a word had announced has come. */
export function maskedSeen(context: Context): void {
  if (context.announced === 'price' || context.announced === 'phone') context.announced = null
}

/** «Частный дом, показания 5690»: what follows is no house. */
export function readingsNamed(context: Context): void {
  if (context.announced === 'house' || context.announced === 'street') context.announced = null
}

/** A word behind a street's kind: it may be of its name, but so many are not. */
export function wordPassed(context: Context): void {
  if (context.announced === 'street' && ++context.announcedWords > STREET_WORDS) context.announced = null
}

/** `н 456`, `456 н`. */
const NIGHT = /(?<!\p{L})н[\s:=.-]{0,3}\d|\d[\s(-]{0,2}н(?!\p{L})/u
/** What stands behind the «д.» of `д. 5, кв. 12`. */
const HOUSE_AND_FLAT = /^[\s.]{0,2}\d{1,4}[,.\s]{1,2}кв/

/** A word that announces a number; gives back where to read on. */
export function announced(context: Context, at: Word, what: Announced): number {
  if (at.word === 'д' && isDay(context, at)) {
    put(context, 'label', [{ kind: 'label', register: null, zone: 'DAY' }])
    return at.end
  }
  if (what === 'house' && at.word.length >= HOUSE_LETTERS_MIN && takesLast(context, at)) return at.end
  if (what === 'house') takesHouse(context, at)
  context.announced = what
  context.announcedWords = 0
  return at.end
}

/** «Д 123 н 456»: single letters are day and night where both stand beside numbers, else «д» is a house. */
function isDay(context: Context, { end }: Word): boolean {
  context.hasNight ??= NIGHT.test(context.text)
  return context.hasNight && !HOUSE_AND_FLAT.test(context.text.slice(end, end + 12))
}

/** «45 квартира», «45-я квартира»: the number before the word is its own, where none follows it. */
function takesLast(context: Context, { start, end }: Word): boolean {
  const { text, tokens, lastEnd } = context
  const last = tokens.at(-1)
  if (last?.kind !== 'number' || last.text.length > announcedDigitsMax.street || lastEnd < 0) return false
  if (last.glue === '/' && digitsIn(tokens.at(-2)) > announcedDigitsMax.house) return false
  if (!/^(?:-?я)? ?$/.test(text.slice(lastEnd, start)) || /^[\s.:№]{0,3}\d{1,4}(?!\d)/.test(text.slice(end, end + 8)))
    return false
  takeBack(context)
  return true
}

/** The house before a flat, behind its street's name. */
const HOUSE_BEFORE = /(\p{L}{4,}),? (\d{1,3})[ ,.]{1,3}$/u
const FLAT_BEHIND = /^кв\p{L}*[\s.]{0,2}(?:номер )?\d{1,4}(?!\d)/u
/** How much of a text may be street and house. */
const HOUSE_LETTERS_MAX = 40
/** A number that is long enough for a reading, and no year. */
const READING = /(?<![\d/]|\d[.-])(?!20\d\d ?г)(?:\d{4,6}|\d{1,3} \d{3})(?![\d/])/

/** «Мухина 113 кв 85, показания 216480»: a number behind a word that means nothing is a house, where a reading stands elsewhere. */
function takesHouse({ text, tokens }: Context, { start, end }: Word): void {
  const before = text.slice(Math.max(0, start - HOUSE_LETTERS_MAX), start)
  const [, street, house] = HOUSE_BEFORE.exec(before) ?? []
  const last = tokens.at(-1)
  if (street === undefined || last?.kind !== 'number' || last.text !== house) return
  if (meaningOf(street) !== undefined || !FLAT_BEHIND.test(text.slice(start, end + HOUSE_LETTERS_MAX))) return
  if (READING.test(text)) tokens.pop()
}
