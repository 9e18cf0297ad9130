/** What a word of speech means for the numbers in it. */
import { adjectiveForms, FOUR, numeralForms, spelling, undoubled } from './numerals.ts'
import type { Meaning, SplitWord } from './token.ts'

const MONTHS = [
  ...['январ', 'феврал', 'апрел', 'июн', 'июл', 'сентябр', 'октябр', 'ноябр', 'декабр'].flatMap((stem) =>
    ['ь', 'я', 'ю', 'е', 'ем'].map((ending) => stem + ending),
  ),
  ...['март', 'август'].flatMap((stem) => ['', 'а', 'у', 'е', 'ом'].map((ending) => stem + ending)),
  ...'май мая маю мае маем'.split(' '),
]

/** Rule 7 of the candidate set: a number right before one of these is no reading. */
const UNITS = [
  ...MONTHS,
  ...'минута минуты минуте минутой минут минутам минутами минутах минутки минуток минуточки минуточек мин'.split(' '),
  ...'секунда секунды секунде секундой секунд секундам секундами секундах секундочки секундочек сек'.split(' '),
  ...'месяц месяца месяцу месяцем месяце месяцы месяцев месяцам месяцами месяцах мес'.split(' '),
  ...'число числа числу числом числе чисел числам числами'.split(' '),
  ...'год года году годом годе годы годов годам годами годах лет г гг'.split(' '),
  ...'рубль рубля рублю рублем рубле рубли рублей рублям рублями рублях рублик рубликов руб р'.split(' '),
  ...'копейка копейки копейке копейку копейкой копеек копейкам копейками коп'.split(' '),
]

/** In the accusative they are a unit only after «одну»; elsewhere they ask for patience («секунду, сейчас»). */
const UNITS_OF_ONE = 'минуту минутку минуточку секунду секундочку'

const TARIFF = 'тариф тарифа тарифу тарифом тарифе тарифы тарифам зона зоны зоне зону зоной зон'

/** Where these stand between two number words the caller corrected himself (rule 10); see also `CORRECTION_PAIRS`. */
const CORRECTIONS = [
  ...'нет неа ой точнее точней вернее верней тоесть ошибся ошиблась ошибка ошибочка извините извини'.split(' '),
  ...'извиняюсь простите прости прощения стоп стой стойте заново сначала снова или либо'.split(' '),
  ...'неправильно неверно поправка поправлюсь поправляюсь исправлюсь оговорился оговорилась отмена отмените'.split(' '),
]

/** Two words that make a correction. */
export const CORRECTION_PAIRS: ReadonlySet<string> = new Set([
  'то есть',
  'т е',
  'не так',
  'не то',
  'не правильно',
  'не верно',
  'не туда',
])

/** What people say while they look for the next word, and what stands between «тариф» and its number; «№» is `no` in NFKC. */
const HUMS = 'ах ну вот так значит номер номером под no'
/** «Э», «эм», «м-м», «а», as long as they last. */
const HUM_SOUND = /^(?:э+м*|м+|а+)$/u

/** What a tariff is called between its number and its noun: «по второму ночному тарифу», «тариф дневной один». */
const TARIFF_ADJECTIVES = [
  ...['тарифн', 'дневн', 'ночн', 'пиков', 'полупиков', 'суточн', 'круглосуточн'].flatMap(adjectiveForms),
  ...'общий общая общее общие общего общему общим общем общей общую общею общих общими'.split(' '),
]

/** What parts whole and fraction (rule 8 of the candidate set), in every case. */
const MARKS =
  'запятая запятую запятой запитая точка точку точки точке точкой целых целая целое целые целой целую целым целыми цел'

const WORDS: ReadonlyMap<string, Meaning> = wordMeanings()

function wordMeanings(): Map<string, Meaning> {
  const words = numeralForms()
  const plain = (list: readonly string[], meaning: Meaning): void => {
    for (const word of list) words.set(spelling(word), meaning)
  }
  plain(UNITS, { is: 'unit' })
  plain(UNITS_OF_ONE.split(' '), { is: 'unit-of-one' })
  plain(TARIFF.split(' '), { is: 'tariff' })
  plain(['т', 't'], { is: 'tariff-letter' })
  plain(CORRECTIONS, { is: 'correction' })
  plain([...HUMS.split(' '), ...TARIFF_ADJECTIVES], { is: 'hum' })
  plain(['минус'], { is: 'minus' })
  plain(['дробь'], { is: 'slash' })
  plain(['и'], { is: 'and' })
  plain(MARKS.split(' '), { is: 'mark' })
  plain('половиной половинкой половиною'.split(' '), { is: 'half-more' })
  plain('полтора полторы полтары полутора полуторы'.split(' '), { is: 'half' })
  plain(['сто'], { is: 'number', text: '100', ordinal: false, half: 'сто' })
  plain(['ста'], { is: 'number', text: '100', ordinal: false, half: 'ста' })
  plain(['три'], { is: 'number', text: '3', ordinal: false, withHalf: { ста: '300' } })
  plain(FOUR.split(' '), { is: 'number', text: '4', ordinal: false, withHalf: { ста: '400' } })
  plain(['девяно'], { is: 'number', text: '90', ordinal: false, withHalf: { сто: '90', ста: '90' } })
  return words
}

/** By their exact letters: «десят» is half of «пять десят», «десять» a number. */
const SPLITS: ReadonlyMap<string, Meaning> = new Map([
  ...splits('сот сти сотен сотни сотням', 'hundred'),
  ...splits('десят дисят десятка десятков', 'ten'),
  ...splits('надцать нацать натцать надцати нацати', 'teen'),
  ...splits('дцать цать дцати', 'score'),
])

function splits(list: string, of: SplitWord['of']): readonly (readonly [string, Meaning])[] {
  return list.split(' ').map((word) => [word, { is: 'split', of }])
}

const OTHER: Meaning = { is: 'other' }

/** Longer ones are no words: nothing is looked for inside them. */
const LETTERS_MAX = 80

/** What a word in lower case means; glued number words («двадцатьпять») are several. */
export function meaningsOf(word: string): readonly Meaning[] {
  const spelled = spelling(word)
  const own = SPLITS.get(word) ?? WORDS.get(spelled)
  if (own !== undefined) return [own]
  if (HUM_SOUND.test(word)) return [{ is: 'hum' }]
  const once = WORDS.get(undoubled(spelled))
  if (once !== undefined && NUMERALS.has(once.is)) return [once]
  return (word.length <= LETTERS_MAX ? glued(spelled) : null) ?? [OTHER]
}

/** Cuts a word into number words and nothing else, the longest first; null where that can't be. */
function glued(word: string): readonly Meaning[] | null {
  const cuts: (readonly Meaning[] | null)[] = Array.from({ length: word.length + 1 }, () => null)
  cuts[word.length] = []
  for (let start = word.length - 1; start >= 0; start--) cuts[start] = firstCut(word, start, cuts)
  return cuts[0] ?? null
}

function firstCut(
  word: string,
  start: number,
  cuts: readonly (readonly Meaning[] | null)[],
): readonly Meaning[] | null {
  for (let end = word.length; end >= start + GLUED_LETTERS_MIN; end--) {
    const rest = cuts[end]
    const meaning = rest ? WORDS.get(word.slice(start, end)) : undefined
    if (rest && meaning && NUMERALS.has(meaning.is)) return [meaning, ...rest]
  }
  return null
}

/** No number word is shorter. */
const GLUED_LETTERS_MIN = 3
/** What is spelled with doubled letters, and glued. */
const NUMERALS: ReadonlySet<Meaning['is']> = new Set(['number', 'scale', 'digit'])
