/** Codes and numbers of the customer's own that say which register a value is of: «п2 76572 п1 24563» (rule 9). Pure. */
import { gluedLabels } from './code.ts'
import { FORMS, type Form, type Mark, marksOf, NOBODYS, reading } from './register-marks.ts'
import { exactMeaningOf, type Meaning } from './words.ts'

/** «2-ночь 10120 1-день 10110»: what counts the zones is no value. */
const COUNTS_ZONE = /(?<![\p{L}\d/.,-])[1-6]-(?=(?:день|дн|ноч|пик|полуп)\p{L}{0,6}[ :=-]{1,3}\d{2})/gu
/** «Внизу 10120, вверху 10110»: nothing says which register is the lower one. */
const HEIGHT = new RegExp(
  `(?<!\\p{L})(?:[вс]низу|нижн\\p{L}{2}|[вс]верху|верхн\\p{L}{2})(?=[ :=-]{1,3}${reading(1)})`,
  'gu',
)
const LOWER = /^(?:.низу|нижн)/

/** «Э2 76572 э1 24563», «2 свет», «свет №2»: `2э`, unless it begins a value in groups, «свет 2 445». */
const ELECTRIC = new RegExp(
  [
    String.raw`(?<![\p{L}\d])(?:э|эл\.?|свет|электро\p{L}{0,9})[ .-]{0,2}(?:номер )?([1-6])(?![\p{L}\d]|[.,]\d| \d{3}(?!\d))`,
    String.raw`(?<![\p{L}\d/.,-])([1-6])(?:-?й)?[ -]?(?:э|эл|свет)(?!\p{L}|\d{3})`,
  ].join('|'),
  'gu',
)

/**
 * Writes codes as the labels that they are: of one form, with 1 to n, each once, and values between them. Where they stand
 * in that order, the text says what it does without them. Where they can be no labels (a house's, «п3 … п1») they become
 * those of no register, for two meanings remain.
 */
export function withRegisterCodes(text: string): string {
  const isCounted = (text.match(COUNTS_ZONE) ?? []).length > 1
  const bare = isCounted ? text.replace(COUNTS_ZONE, '') : text
  const numbered = [...bare.matchAll(ELECTRIC)].map(([, before, behind]) => before ?? behind)
  const lit = new Set(numbered).size > 1 ? bare.replace(ELECTRIC, (_, before, behind) => `${before ?? behind}э`) : bare
  const heights = lit.match(HEIGHT) ?? []
  const plain = heights.length > 1 && LOWER.test(heights[0] as string) ? lit.replace(HEIGHT, NOBODYS) : lit
  const written = FORMS.flatMap((form) => marksOf(plain, form).flatMap((marks) => labelsOf(plain, marks, form)))
  return replaced(plain, written)
}

/** A place in a text, and what is to stand there. */
interface Written {
  readonly mark: Mark
  readonly instead: string
}

function replaced(text: string, written: readonly Written[]): string {
  let [result, at] = ['', 0]
  for (const { mark, instead } of [...written].sort((a, b) => a.mark.start - b.mark.start)) {
    result += text.slice(at, mark.start) + instead
    at = mark.end
  }
  return result + text.slice(at)
}

/** What marks of the same letters are to be read as; empty: they say nothing that their order doesn't. */
function labelsOf(text: string, all: readonly Mark[], form: Form): readonly Written[] {
  if (all.length === 1) return alone(text, all[0] as Mark, form)
  const beside = all.filter(({ before, behind }) => before || behind)
  const isBeside = beside.length > 1
  const marks = isBeside ? beside : all
  if (!isBeside && !(form.isLoose && haveValuesBetween(text, marks, form))) return []
  const numbers = marks.map(({ nth }) => nth)
  const size = Math.max(0, ...numbers)
  if (numbers.length < 2 || isInOrder(numbers, size)) return []
  const meanings = meaningsIn(text, marks)
  if (meanings.some(saysWhich) || marks.some((mark) => form.hasLetters && gluedLabels(mark.text) !== null)) return []
  const areLabels = marks.every(mayBeLabel)
  if (areLabels && isEach(numbers, size)) return marks.map((mark) => ({ mark, instead: `т${mark.nth}` }))
  // «Кв2 10110, кв2 10120»: one address, told twice.
  const isOneAddress = !areLabels && new Set(numbers).size === 1
  const isRow = [marks.filter(({ behind }) => behind), marks.filter(({ before }) => before)].some(
    (row) => row.length > 1,
  )
  if (!form.isAsked || !isRow || isOneAddress || meanings.some(saysNotNow)) return []
  return marks.map((mark) => ({ mark, instead: NOBODYS }))
}

const READING = new RegExp(`(?<![\\p{L}\\d]|\\d[.,/-])${reading(1)}`, 'gu')

/** «П2 24451»: the only reading of a text, and its code, where the code's letters are those of «показание». */
function alone(text: string, mark: Mark, { nouns }: Form): readonly Written[] {
  if (nouns === null || !mark.behind || mark.nth < 2 || !nouns.test(mark.text)) return []
  const others = (text.match(READING) ?? []).filter((one) => one.replace(/\D/g, '').length > 2)
  return others.length === 1 ? [{ mark, instead: 'второй третий'.split(' ')[mark.nth - 2] ?? mark.text }] : []
}

/** Whether a value stands between each mark and the next one, and before the first or behind the last. */
function haveValuesBetween(text: string, marks: readonly Mark[], { digitsMin }: Form): boolean {
  const value = new RegExp(`(?<![\\p{L}\\d]|\\d[.,/-])${reading(Math.max(digitsMin, 2))}`, 'u')
  const gaps = marks.map(({ end }, at) => value.test(text.slice(end, marks[at + 1]?.start ?? text.length)))
  const last = gaps.pop()
  return gaps.every(Boolean) && (last === true || value.test(text.slice(0, marks[0]?.start)))
}

const BEFORE_LETTERS = 16

/** What the words mean that stand among marks, from the value before the first to the one behind the last. */
function meaningsIn(text: string, marks: readonly Mark[]): readonly (Meaning | undefined)[] {
  const [from, to] = [marks[0]?.start ?? 0, marks.at(-1)?.end ?? 0]
  const before = /\d\D*$/.exec(text.slice(Math.max(0, from - BEFORE_LETTERS), from))?.[0] ?? ''
  const behind = /^\D*\d[\d .,]*(?:[( ]{0,2}\p{L}+)?/u.exec(text.slice(to, to + 3 * BEFORE_LETTERS))?.[0] ?? ''
  return (`${before}${text.slice(from, to)}${behind}`.match(/\p{L}+/gu) ?? []).map(exactMeaningOf)
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

/** Whether the numbers are 1 to `size`, each once, as often as there are meters. */
function isEach(numbers: readonly number[], size: number): boolean {
  if (size < 2 || numbers.length % size > 0) return false
  return numbers.every((_, at) => new Set(numbers.slice(at - (at % size), at - (at % size) + size)).size === size)
}

/** What letters of a label mean: «2-т», nothing, or elsewhere what says nothing of the number behind them: «р» is roubles. */
const IDLE: ReadonlySet<Meaning['does'] | undefined> = new Set([
  'tariff',
  'value',
  undefined,
  'money',
  'filler',
  'unit',
  'year',
] as const)

/** Letters of a house or an hour are no label's, nor «2-го», «второго», a day. */
function mayBeLabel({ letters, text }: Mark): boolean {
  return IDLE.has(exactMeaningOf(letters)?.does) && !/го$/.test(letters) && !/го$/.test(text)
}
