/** Words that name a register or a service, and which of the numbers beside them they belong to (rule 9). */
import type { Zone } from '../core/facts.ts'
import type { Context, Word } from './context.ts'
import { put, takeBack } from './parts.ts'
import type { LabelToken, ServiceToken } from './token.ts'

/** Where a word stands in a text. */
type Place = Readonly<Record<'start' | 'end', number>>

/** «10110 день», «10110 квт (день», «10110 по второму тарифу»: what may stand between a number and its label. */
const NUMBER_BEFORE = /\d\s?(?:(?:квт|kvt|м3|куб)\p{L}*\.?\s?)?[(-]?\s?(?:(?:по|это|за) )?$/u
const BEFORE_LETTERS = 16
/** «день, 10120», «день) 10120», «день и 10120», or the end. */
const APART = /^\.?(?:\)|\s?[,;\n]|\sи\s|$)/

/** «10110 день 10120», «10110 квт по дню 10120»: blanks alone stand between such a number and the word. */
const NUMBER_RIGHT_BEFORE = /\d {1,2}(?:(?:квт|kvt|м3|куб)\p{L}*\.? )?(?:(?:по|за) )?$/u

/** Whether nothing says which of the two numbers beside it a label or a service belongs to: «10110 день 10120». */
function standsBetween(text: string, { start, end }: Place): boolean {
  if (!/^\.? {1,2}\d/.test(text.slice(end, end + 4))) return false
  return NUMBER_RIGHT_BEFORE.test(text.slice(Math.max(0, start - BEFORE_LETTERS), start))
}

/** «10110 день, 10120», but «10110, день 10120»; «10110 день 10120» may be either. */
function standsBehind(text: string, { start, end }: Place): boolean {
  if (!APART.test(text.slice(end, end + 4))) return false
  return NUMBER_BEFORE.test(text.slice(Math.max(0, start - BEFORE_LETTERS), start))
}

/** The token, and whether it may belong to either number beside its word. */
export function sided<Named extends LabelToken | ServiceToken>(token: Named, text: string, place: Place): Named {
  return standsBetween(text, place) ? { ...token, isBetween: true } : token
}

/** The token, and which numbers beside its word it may belong to. */
export function placed<Named extends LabelToken | ServiceToken>(token: Named, text: string, place: Place): Named {
  return standsBehind(text, place) ? { ...token, isBehind: true } : sided(token, text, place)
}

/** «Ночью», «днём»: the forms that say when. */
const WHEN = /^(?:ночью|днем|nochyu|dnem)$/
/** What ends a clause right behind a word. */
const CLAUSE_ENDS = /^ ?[,;.!\n]/

/** A zone's word, unless it greets; gives back where to read on. */
export function zoneNamed(context: Context, at: Word, zone: Zone): number {
  const greeting = turnedGreeting(context.text, at.start)
  if (greeting > 0) return at.start + greeting
  if (context.greeted) return at.end
  put(context, 'label', [zoneLabel(context, at, zone)])
  // «Счётчик день 24563»: the nearer label counts.
  if (context.said === 'meter') context.said = null
  return at.end
}

/** The label, and whether it may say when something was done: «звонила ночью, 10110 10120». */
function zoneLabel({ text, wordSince }: Context, at: Word, zone: Zone): LabelToken {
  const label = placed<LabelToken>({ kind: 'label', register: null, zone }, text, at)
  const isOfWord = wordSince !== null && wordSince.length >= 3
  const signs = [isOfWord, WHEN.test(at.word), CLAUSE_ENDS.test(text.slice(at.end, at.end + 2))]
  const isPerhapsTime = label.isBehind !== true && signs.filter(Boolean).length > 1
  return isPerhapsTime ? { ...label, isPerhapsTime } : label
}

/** «День добрый»: the day before it is no register either; but «24563 день, добрый вечер» begins another greeting. */
const TURNED_GREETING =
  /(?:день добрый|дня доброго)(?!\p{L}| (?:вам |всем )?(?:д(?:ень|ня)|вечер|утр|ноч|сут|врем|здо?ро?в))/uy

/** How many letters a greeting turned round has that begins at `start`; 0: none begins there. */
function turnedGreeting(text: string, start: number): number {
  TURNED_GREETING.lastIndex = start
  return TURNED_GREETING.exec(text)?.[0].length ?? 0
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
