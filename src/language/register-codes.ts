/** Codes of the customer's own that number the registers: «п2 76572 п1 24563» (rule 9). Pure. */
import { gluedLabels } from './code.ts'
import { exactMeaningOf, type Meaning } from './words.ts'

/** A code's beginning or end, or «внизу»: few texts have any of them. */
const HINT = /[a-zа-я][1-6](?![a-zа-я\d])|(?<![a-zа-я\d])[1-6]-?[a-zа-я]| \([1-6]\)|ii|низу|нижн/
/** A reading, its unit perhaps glued to it. */
const VALUE = reading(1)
/** What may stand between a code and its value, and between one such pair and the next. */
const BESIDE = String.raw`[\s#*;/|_=:.,()-]{0,3}`
const APART = String.raw`\D{1,24}?`
const BEGINS = String.raw`(?<![\p{L}\d]|\d[.,/-](?=\d))`
const ENDS = String.raw`(?![\p{L}\d])`
/** «(2)» behind its value, and apart from it: «10120(2)» may be tenths. */
const IN_BRACKETS = String.raw`(?<= )\([1-6]\)`

/** A code of each form, one more of the same letters, and a value: `п2`; `2з`, «2-ое», but «2-й» is a number; «II». */
const FORMS = [
  [String.raw`(?<letters>\p{L}{1,8})[1-6]`, String.raw`\k<letters>[1-6]`, VALUE],
  // «2р 50», «2ч 30» are no codes with values.
  [String.raw`[1-6]-?(?!(?:[оы]?й|а?я)(?!\p{L}))(?<letters>\p{L}{1,3})`, String.raw`[1-6]-?\k<letters>`, reading(3)],
  ['i{1,3}', 'i{1,3}', VALUE],
] as const

/** Codes each right before its value, or each right behind it: two and more. */
const ROW = new RegExp(
  [
    ...FORMS.flatMap(([code, again, value]) => {
      const [first, next] = [BEGINS + code + ENDS, BEGINS + again + ENDS]
      return [pairs([first, value], [next, value]), pairs([value, first], [value, next])]
    }),
    pairs([VALUE, IN_BRACKETS], [VALUE, IN_BRACKETS]),
    // Nothing says which register is the lower one.
    pairs([String.raw`(?:[вс]низу|нижн\p{L}{2})`, VALUE], [String.raw`(?:[вс]верху|верхн\p{L}{2})`, VALUE]),
  ].join('|'),
  'gu',
)

/** A number with so many digits at least. */
function reading(digitsMin: number): string {
  return String.raw`(?:\d{1,3} \d{3}|\d{${digitsMin},7})(?:[.,]\d{1,3})?(?!\d|/\d|(?!квт|kwh)\p{L})`
}

function pairs(first: readonly string[], next: readonly string[]): string {
  return `${BEGINS}${first.join(BESIDE)}(?:${APART}${next.join(BESIDE)})+`
}

const CODE = new RegExp(`${BEGINS}(?:\\p{L}{1,8}[1-6]|[1-6]-?\\p{L}{1,3}|i{1,3}|\\([1-6]\\))${ENDS}`, 'gu')
/** «2-ночь 10120 1-день 10110»: what counts the zones is no value. */
const COUNTS_ZONE = /(?<![\p{L}\d/.,-])[1-6]-(?=(?:день|дн|ноч|пик|полуп)\p{L}{0,6}[ :=-]{1,3}\d{2})/gu

/**
 * Writes codes as the labels that they are: the same letters with 1 to n, each once beside a value. Where they stand in
 * that order, the text says what it does without them. Where they can be no labels (a house's, «п3 … п1») the values are told
 * as one thing, of which two meanings remain.
 */
export function withRegisterCodes(text: string): string {
  if (!HINT.test(text)) return text
  const isCounted = (text.match(COUNTS_ZONE) ?? []).length > 1
  return (isCounted ? text.replace(COUNTS_ZONE, '') : text).replace(ROW, written)
}

/** A row of codes and values as it is to be read. */
function written(row: string): string {
  const codes = row.match(CODE) ?? []
  const numbers = codes.map(numberOf)
  const size = Math.max(0, ...numbers)
  const meanings = (row.match(/\p{L}+/gu) ?? []).map(exactMeaningOf)
  if (isInOrder(numbers, size) || meanings.some(saysWhich) || codes.some((code) => gluedLabels(code) !== null))
    return row
  const areLabels = codes.every(mayBeLabel)
  if (areLabels && isEach(numbers, size)) return row.replace(CODE, (code) => `т${numberOf(code)}`)
  // «Кв2 10110, кв2 10120»: one address, told twice.
  const isOneAddress = !areLabels && new Set(numbers).size === 1
  if (isOneAddress || meanings.some(saysNotNow)) return row
  return (row.replace(CODE, '').match(new RegExp(VALUE, 'gu')) ?? []).join(' или ')
}

/** «П2 10120 ночь, п1 10110 день», «в2 10 гвс, в1 12 хвс»: these say of what the values are, and the codes nothing. */
function saysWhich(meaning: Meaning | undefined): boolean {
  return meaning?.does === 'register' || (meaning?.does === 'service' && meaning.service !== 'ELECTRICITY')
}

/** «К3 10120, прошлые к1 10110»: the second is no value (rule 12). */
function saysNotNow(meaning: Meaning | undefined): boolean {
  return meaning?.does === 'previous' || meaning?.does === 'consumption'
}

/** Whether the numbers count from 1 to `size`, and so again for each meter. */
function isInOrder(numbers: readonly number[], size: number): boolean {
  return size > 1 && numbers.every((number, at) => number === (at % size) + 1)
}

/** The number of a code: 2 of `п2` and of «II». */
function numberOf(code: string): number {
  return Number(/\d/.exec(code)?.[0] ?? code.length)
}

/** Whether the numbers are 1 to `size`, each once, as often as there are meters. */
function isEach(numbers: readonly number[], size: number): boolean {
  if (size < 2 || numbers.length % size > 0) return false
  return numbers.every((_, at) => new Set(numbers.slice(at - (at % size), at - (at % size) + size)).size === size)
}

/** What letters of a label mean: «2-т», nothing, or elsewhere what says nothing of the number behind them: «р» is roubles. */
const IDLE: ReadonlySet<Meaning['does'] | undefined> = new Set([
  'tariff',
  undefined,
  'money',
  'filler',
  'unit',
  'year',
] as const)

/** Letters of a house or an hour are no label's, nor «2-го», a day. */
function mayBeLabel(code: string): boolean {
  const letters = code.replace(/[^\p{L}]/gu, '')
  return IDLE.has(exactMeaningOf(letters)?.does) && !/го$/.test(letters)
}
