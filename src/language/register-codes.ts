/** Codes and numbers of the customer's own that say which register a value is of: «п2 76572 п1 24563» (rule 9). Pure. */
import { gluedLabels } from './code.ts'
import { FORMS, type Form, type Mark, marksOf, NOBODYS, reading, readingApart } from './register-marks.ts'
import { exactMeaningOf, type Meaning } from './words.ts'

/** «2тариф»: the number of the word behind it. */
const GLUED = /(?<=(?<![\p{L}\d.,])[1-6])(?=(?:тариф|tarif|зон)\p{L}{0,3}(?!\p{L}))/gu
/** «2-ночь 10120 1-день 10110», «2 ночь …», «2 (ночь) …»: what counts the zones is no value. */
const COUNTS_ZONE =
  /(?<![\p{L}\d/.,-])[1-6](?:-| (?:- )?)(?=\(?(?:день|дн|ноч|пик|полуп)\p{L}{0,6}\)?[ :=-]{1,3}\d{2})/gu
/** «Внизу 10120, вверху 10110»: nothing says which register is the lower one. */
const HEIGHT = new RegExp(
  `(?<!\\p{L})(?:[вс]низу|нижн\\p{L}{2}|[вс]верху|верхн\\p{L}{2})(?=[ :=-]{1,3}${reading(1)})`,
  'gu',
)
const LOWER = /^(?:.низу|нижн)/
/** Few texts have any of these. */
const LOWER_HINT = /низу|нижн/
const HAS_COUNT = /[1-6](?:(?:-| - | ?\(?)[днп]|тариф|tarif|зон)/
const HAS_ELECTRIC = /э|свет/

/** «Э2 76572 э1 24563», «2 свет», «свет №2»: `2э`, unless it begins a value in groups, «свет 2 445». */
const ELECTRIC = new RegExp(
  [
    String.raw`(?<![\p{L}\d])(?:э|эл\.?|свет|электро\p{L}{0,9})[ .-]{0,2}(?:номер )?([1-6])(?![\p{L}\d]|[.,]\d| \d{3}(?!\d))`,
    String.raw`(?<![\p{L}\d/.,-])([1-6])(?:-?й)?[ -]?(?:э|эл|свет)(?!\p{L})`,
  ].join('|'),
  'gu',
)

/**
 * Writes codes as the labels that they are: of one form, with 1 to n, each once, and values between them. Where they stand
 * in that order, the text says what it does without them. Where they can be no labels (a house's, «п3 … п1») they become
 * those of no register, for two meanings remain.
 */
export function withRegisterCodes(text: string): string {
  const bare = HAS_COUNT.test(text) ? withoutCounts(text.replace(GLUED, ' ')) : text
  const lit = HAS_ELECTRIC.test(bare) ? withElectric(bare) : bare
  const plain = LOWER_HINT.test(lit) ? withHeights(lit) : lit
  const written = FORMS.flatMap((form) => marksOf(plain, form).flatMap((marks) => labelsOf(plain, marks, form)))
  return written.length === 0 ? plain : replaced(plain, written)
}

function withoutCounts(text: string): string {
  return (text.match(COUNTS_ZONE) ?? []).length > 1 ? text.replace(COUNTS_ZONE, '') : text
}

function withElectric(text: string): string {
  const figures = [...text.matchAll(ELECTRIC)].map(([, before, behind]) => before ?? behind)
  return new Set(figures).size > 1 ? text.replace(ELECTRIC, (_, before, behind) => `${before ?? behind}э`) : text
}

function withHeights(text: string): string {
  const heights = text.match(HEIGHT) ?? []
  return heights.length > 1 && LOWER.test(heights[0] as string) ? text.replace(HEIGHT, NOBODYS) : text
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
  const [behind, before] = [all.filter((mark) => mark.behind), all.filter((mark) => mark.before)]
  const beside = all.filter((mark) => mark.behind || mark.before)
  const isWhole = beside.length === all.length || (form.isLoose && haveValuesBetween(text, all, form))
  const numbering = [isWhole ? all : [], beside, behind, before].find(isEach)
  if (numbering !== undefined) return numbered(text, numbering, form)
  const row = behind.length < before.length ? before : behind
  // «Кв2 10110, кв2 10120»: one address, told twice.
  const isOneAddress = !row.every(mayBeLabel) && new Set(row.map(({ nth }) => nth)).size === 1
  if (!form.isAsked || row.length < 2 || isOneAddress || saysElse(text, row)) return []
  return meaningsIn(text, row).some(saysNotNow) ? [] : row.map((mark) => ({ mark, instead: NOBODYS }))
}

/** Marks that number the registers as labels of theirs; where their letters can be no label's it is asked. */
function numbered(text: string, marks: readonly Mark[], form: Form): readonly Written[] {
  const areInOrder = marks.every(({ nth }, at) => nth === (at % sizeOf(marks)) + 1)
  if (areInOrder || saysElse(text, marks)) return []
  const areLabels = marks.every(mayBeLabel)
  if (!areLabels && !form.isAsked) return []
  return marks.map((mark) => ({ mark, instead: areLabels ? `т${mark.nth}` : NOBODYS }))
}

/** Whether the codes say something else, or words beside them say more. */
function saysElse(text: string, marks: readonly Mark[]): boolean {
  return marks.some((mark) => gluedLabels(mark.text) !== null) || meaningsIn(text, marks).some(saysWhich)
}

const READING = new RegExp(readingApart(1), 'gu')

/** From the second on. */
const ORDINALS = ['второй', 'третий'] as const

/** «П2 24451»: the only reading of a text, and its code, where the code's letters are those of «показание». */
function alone(text: string, mark: Mark, { nouns }: Form): readonly Written[] {
  if (nouns === null || !mark.behind || mark.nth < 2 || !nouns.test(mark.text)) return []
  const others = (text.match(READING) ?? []).filter((one) => one.replace(/\D/g, '').length > 2)
  return others.length === 1 ? [{ mark, instead: ORDINALS[mark.nth - 2] ?? mark.text }] : []
}

/** By a form's fewest digits: what stands between marks; a digit alone is no value there. */
const VALUES = { 1: new RegExp(readingApart(2), 'u'), 3: new RegExp(readingApart(3), 'u') } as const

/** Whether a value stands between each mark and the next one, and before the first or behind the last. */
function haveValuesBetween(text: string, marks: readonly Mark[], { digitsMin }: Form): boolean {
  const value = VALUES[digitsMin]
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

function sizeOf(marks: readonly Mark[]): number {
  return Math.max(0, ...marks.map(({ nth }) => nth))
}

/** Whether the marks are 1 to n, each once, as often as there are meters. */
function isEach(marks: readonly Mark[]): boolean {
  const size = sizeOf(marks)
  if (size < 2 || marks.length % size > 0) return false
  const meterOf = (at: number) => marks.slice(at - (at % size), at - (at % size) + size)
  return marks.every((_, at) => new Set(meterOf(at).map(({ nth }) => nth)).size === size)
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
