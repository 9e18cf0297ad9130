/** Numbers that a word announces as no reading: amounts, phones, houses and flats (rule 12); and tariffs, which say either. */
import { placed, sided, standsBehind } from './behind.ts'
import type { Context, Word } from './context.ts'
import { put, takeBack } from './parts.ts'
import type { LabelToken, Token } from './token.ts'
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
  const { announced } = context
  if (announced === null || digitsIn(token) === 0) return false
  if (isLabelled(context, token)) context.announced = null
  if (context.announced === null) return false
  const fits = digitsIn(token) <= announcedDigitsMax[announced]
  if (!(fits && goesOn[announced].test(context.text.slice(start, start + GOES_ON_LETTERS)))) context.announced = null
  return fits
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
function isLabelled({ announced, said }: Context, token: Token): boolean {
  if (said === null || (announced !== 'price' && announced !== 'phone')) return false
  return digitsIn(token) >= labelledDigitsMin[said]
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

/**
 * A word that announces a number; gives back where to read on. «Д 123 н 456»: single letters are day and night where both
 * stand beside numbers, else a house.
 */
export function announced(context: Context, at: Word, what: Announced): number {
  if (at.word === 'д') context.hasNight ??= NIGHT.test(context.text)
  if (at.word === 'д' && context.hasNight && !HOUSE_AND_FLAT.test(context.text.slice(at.end, at.end + 12))) {
    put(context, 'label', [{ kind: 'label', register: null, zone: 'DAY' }])
    return at.end
  }
  if (what === 'house' && at.word.length >= HOUSE_LETTERS_MIN && takesLast(context, at)) return at.end
  if (what === 'house') takesHouse(context, at)
  context.announced = what
  context.announcedWords = 0
  return at.end
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

/** What stands behind an ordinal that is a label: «тариф», or a value. */
const ORDINAL_BEHIND = /(?: (?:тариф|зон)\p{L}{0,3}(?!\p{L})|(?=[ :=-]{1,3}\d{2,7}(?!\d)))/uy

const TARIFF_BEFORE = /(?:тариф|зон)\p{L}{0,2}[ :.-]{1,2}$/u

/** «Тариф первый 5,38», «тариф первый 5 руб». */
const ORDINAL_PRICE = /^[\s:=-]{1,3}\d{1,2}(?:[.,]\d{2}(?!\d)|(?:[.,]\d{2})? ?(?:р(?!\p{L})|руб|коп))/u

/** «Второй тариф 123», «123 тариф второй», «по второму 123», «123 второй»: a register's label; gives back where to read on. */
export function ordinal(context: Context, { start, end }: Word, nth: number): number {
  const { text, said } = context
  const tariff = TARIFF_BEFORE.exec(text.slice(Math.max(0, start - TARIFF_LETTERS), start))?.[0] ?? ''
  ORDINAL_BEHIND.lastIndex = end
  const isFollowed = ORDINAL_BEHIND.test(text)
  const isLabel = isFollowed || tariff !== '' || standsBehind(text, { start, end })
  if (said === 'meter' || !isLabel) return end
  const place = { start: start - tariff.length, end: isFollowed ? ORDINAL_BEHIND.lastIndex : end }
  if (place.end === end && ORDINAL_PRICE.test(text.slice(end, end + TARIFF_LETTERS))) {
    context.announced = 'price'
    return end
  }
  const isMere = place.end === end && tariff === ''
  const label: LabelToken = { kind: 'label', register: `T${nth}`, zone: null, ...(isMere && { isMere }) }
  put(context, 'label', [placed(label, text, place)])
  return place.end
}

/** How far from «тариф» its number stands at most. */
const TARIFF_LETTERS = 12
/**
 * «тариф 1», «т-1», «тариф: номер 2», but no price: «тариф 5,38», «тариф 5 руб»; nor a phone: «т. 8-924», «т. 2-15-33»;
 * nor a value: «тариф - 4 523».
 */
const REGISTER_BEHIND =
  /^(?!\s?[/_#-] \d \d{3}(?!\d| \d{3}(?!\d)))[\s:./_#-]{0,2}(?:номер )?\s?([1-6])(?![\d.,/]\d|\d|-\d{2}-\d{2}(?!\d)| ?(?:р(?!\p{L})|руб|коп))/u
/** «по тарифу 5,38», «тариф: 12.40». */
const PRICE_BEHIND = /^[\s:]{0,2}\d{1,2}[.,]\d{2}(?!\d)/

/** «тариф 1 123», «1 тариф 123», «по тарифу 5,38»: a register's label, or a price; gives back where to read on. */
export function tariff(context: Context, { start, end }: Word): number {
  const last = context.tokens.at(-1)
  if (
    last?.kind === 'number' &&
    /^[1-9]$/.test(last.text) &&
    last.fraction === null &&
    context.text.slice(context.lastEnd, end).length <= TARIFF_LETTERS
  ) {
    takeBack(context)
    const label: LabelToken = { kind: 'label', register: `T${last.text}`, zone: null }
    put(context, 'label', [sided(label, context.text, { start: context.lastEnd - last.text.length, end })])
    return end
  }
  const behind = REGISTER_BEHIND.exec(context.text.slice(end, end + TARIFF_LETTERS))
  if (behind) {
    const label: LabelToken = { kind: 'label', register: `T${behind[1]}`, zone: null }
    const place = { start, end: end + behind[0].length }
    put(context, 'label', [sided(label, context.text, place)])
    return place.end
  }
  if (PRICE_BEHIND.test(context.text.slice(end, end + TARIFF_LETTERS))) context.announced = 'price'
  return end
}
