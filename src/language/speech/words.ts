/** What a word of speech means for the numbers in it. */
import { numeralForms, spelling } from './numerals.ts'
import type { Meaning } from './token.ts'

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
  ...'нет неа ой точнее вернее тоесть ошибся ошиблась ошибка ошибочка ошибаюсь извините извини извиняюсь'.split(' '),
  ...'простите прости прощения стоп стоп-стоп стой стойте заново сначала снова или либо'.split(' '),
  ...'неправильно неверно поправка поправлюсь поправляюсь исправлюсь оговорился оговорилась отмена отмените'.split(' '),
]

/** Two words that make a correction. */
export const CORRECTION_PAIRS: ReadonlySet<string> = new Set([
  'то есть',
  'не так',
  'не то',
  'не правильно',
  'не верно',
  'не туда',
])

/** What people say while they look for the next word, and what stands between «тариф» and its number. */
const HUMS = 'э ээ эээ эм эмм м мм ммм а ах ну вот так значит номер номером под тарифный тарифной тарифная тарифную'

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
  plain(HUMS.split(' '), { is: 'hum' })
  plain(['минус'], { is: 'minus' })
  plain(['дробь'], { is: 'slash' })
  plain(['и'], { is: 'and' })
  plain('запятая запятую запятой запитая точка точку целых целая целые целой целыми цел'.split(' '), { is: 'mark' })
  plain('половиной половинкой половиною'.split(' '), { is: 'half-more' })
  plain('полтора полторы полтары полутора полуторы'.split(' '), { is: 'half' })
  plain(['ста'], { is: 'number', text: '100', ordinal: false, endsHundreds: true })
  plain('сот сти сотен сотни сотням'.split(' '), { is: 'split', of: 'hundred' })
  plain(['десятка', 'десятков'], { is: 'split', of: 'ten' })
  plain('надцать нацать натцать надцати нацати'.split(' '), { is: 'split', of: 'teen' })
  plain('дцать цать дцати'.split(' '), { is: 'split', of: 'score' })
  return words
}

const OTHER: Meaning = { is: 'other' }

/** «пять десят» is fifty; only its last letter tells it from «десять», which makes no tens. */
const TEN_OF_TENS = 'десят'

/** Longer ones are no words: nothing is looked for inside them. */
const LETTERS_MAX = 80

/** What a word in lower case means; glued number words («двадцатьпять») are several. */
export function meaningsOf(word: string): readonly Meaning[] {
  if (word === TEN_OF_TENS) return [{ is: 'split', of: 'ten' }]
  const spelled = spelling(word)
  const own = WORDS.get(spelled)
  if (own !== undefined) return [own]
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
    if (rest && meaning && GLUES.has(meaning.is)) return [meaning, ...rest]
  }
  return null
}

/** No number word is shorter. */
const GLUED_LETTERS_MIN = 3
const GLUES: ReadonlySet<Meaning['is']> = new Set(['number', 'scale', 'digit'])
