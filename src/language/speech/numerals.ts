/** The words of Russian numbers, in every case and gender and as recognisers and callers really write them. */
import type { Meaning } from './token.ts'

/** Endings of an ordinal like «пятый» or «шестой», in all its forms. */
const HARD = 'ый ой ая ое ые ого ому ым ом ую ою ых ыми'.split(' ')
const SOFT = 'ий ья ье ьи ьего ьему ьим ьем ьей ью ьих ьими'.split(' ')

/** Number, its cardinal in all forms and spellings, and the stems of its ordinal. */
const CARDINALS: readonly (readonly [number, string, string])[] = [
  [1, 'один одна одно одни одного одной одному одну одним одною одном одних одними адин', 'перв'],
  [2, 'два две двух двум двумя', 'втор'],
  [3, 'три трех трем тремя', ''],
  [4, 'четыре четырех четырем четырьмя читыре четыри чотыре', 'четверт'],
  [5, 'пять пяти пятью', 'пят'],
  [6, 'шесть шести шестью', 'шест'],
  [7, 'семь семи семью', 'седьм'],
  [8, 'восемь восьми восьмью восемью восими восимь', 'восьм'],
  [9, 'девять девяти девятью девить дивять', 'девят'],
  [10, 'десять десяти десятью десить десеть', 'десят'],
  [20, 'двадцать двадцати двадцатью двадцеть', 'двадцат'],
  [30, 'тридцать тридцати тридцатью тридцеть', 'тридцат'],
  [40, 'сорок сорока сорак', 'сороков'],
  [50, 'пятьдесят пятидесяти пятьюдесятью пийсят пиисят писят пейсят пяисят пядесят пидесят питьдесят', 'пятидесят'],
  [60, 'шестьдесят шестидесяти шестьюдесятью шиисят шисят шейсят шийсят шеисят шесят шесдесят шездесят', 'шестидесят'],
  [70, 'семьдесят семидесяти семьюдесятью семисят семсят семдисят семдесят', 'семидесят'],
  [80, 'восемьдесят восьмидесяти восемьюдесятью восьмьюдесятью восемьсят восимдесят восемисят', 'восьмидесят'],
  [90, 'девяносто девяноста девяносто девеносто девиносто дивяносто', 'девяност'],
  [100, 'сто ста', ''],
  [200, 'двести двухсот двумстам двумястами двухстах двесте двесьти двисти двухста', 'двухсот'],
  [300, 'триста трехсот тремстам тремястами трехстах тристо', 'трехсот'],
  [
    400,
    'четыреста четырехсот четыремстам четырьмястами четырехстах четыресто четыриста читыреста чотыреста',
    'четырехсот',
  ],
  [500, 'пятьсот пятисот пятистам пятьюстами пятистах пицот пяцот питсот пицсот пятцот', 'пятисот'],
  [600, 'шестьсот шестисот шестистам шестьюстами шестистах шессот шесот шисот шейсот шесцот', 'шестисот'],
  [700, 'семьсот семисот семистам семьюстами семистах семцот', 'семисот'],
  [800, 'восемьсот восьмисот восьмистам восемьюстами восьмьюстами восьмистах восимсот', 'восьмисот'],
  [900, 'девятьсот девятисот девятистам девятьюстами девятистах девяцот девицот дивятсот девятцот', 'девятисот'],
]

/** Stems of 11–19, before «надцать»; recognisers and callers drop and double letters in them. */
const TEENS: readonly (readonly [number, string])[] = [
  [11, 'один оди адин оден'],
  [12, 'две два дви'],
  [13, 'три'],
  [14, 'четыр четыре читыр'],
  [15, 'пят пять пет пит'],
  [16, 'шест шесть шес шис'],
  [17, 'сем семь'],
  [18, 'восем восемь восьм восим'],
  [19, 'девят девять девет дивят'],
]
const TEEN_TAILS = ['надцат', 'нацат', 'натцат', 'надцет', 'нацет']

/** Zeros, the word in all forms, stem of its ordinal; forms that cannot stand alone are those of a counted plural. */
const SCALES: readonly (readonly [number, string, string, string])[] = [
  [
    3,
    'тысяча тысячи тысяче тысячу тысячей тысячью тысячам тысячами тысячах тыща тыщи тыще тыщу тыщей тыщам тысича тысичи тысячя тыс',
    'тысяч тыщ тысич',
    'тысячн',
  ],
  [6, 'миллион миллиона миллиону миллионом миллионе миллионы миллионам миллионами млн', 'миллионов', 'миллионн'],
  [9, 'миллиард миллиарда миллиарду миллиардом миллиарде миллиарды миллиардам млрд', 'миллиардов', 'миллиардн'],
  [12, 'триллион триллиона триллиону триллионом триллионе триллионы трлн', 'триллионов', 'триллионн'],
]

/** Zero said as one digit, and as something that is counted («два нуля»). */
const ZEROS = 'ноль нуль нолю нулю нолем нулем ноле нуле нолик нулик ноли нули'
const COUNTED_ZEROS = 'нуля ноля нулей нолей нолика нулика ноликов нуликов'

/** A digit by its name: «семёрка», «пятёрочка». */
const NAMES: readonly (readonly [string, string])[] = [
  ['1', 'единиц единичк'],
  ['2', 'двойк двоечк'],
  ['3', 'тройк троечк'],
  ['4', 'четверк четверочк'],
  ['5', 'пятерк пятерочк'],
  ['6', 'шестерк шестерочк'],
  ['7', 'семерк семерочк'],
  ['8', 'восьмерк восьмерочк'],
  ['9', 'девятк девяточк'],
]
const NAME_ENDINGS = ['а', 'и', 'ы', 'е', 'у', 'ой', 'ей', 'ам', 'ами', 'ах']
/** «семёрок», «двоек», «единиц»: what five or more of them are called. */
const COUNTED_NAMES: readonly (readonly [string, string])[] = [
  ['1', 'единиц единичек'],
  ['2', 'двоек двоечек'],
  ['3', 'троек троечек'],
  ['4', 'четверок четверочек'],
  ['5', 'пятерок пятерочек'],
  ['6', 'шестерок шестерочек'],
  ['7', 'семерок семерочек'],
  ['8', 'восьмерок восьмерочек'],
  ['9', 'девяток девяточек'],
]

/** How many digits «десятых», «сотых», «тысячных» stand for. */
const TENTHS: Readonly<Record<string, number>> = { десят: 1, сот: 2, тысячн: 3 }

/**
 * A word's spelling without what callers and recognisers get wrong most: soft and hard signs, «тц» and «дц» for «ц».
 * Word forms are compared by it.
 */
export function spelling(word: string): string {
  return word.replace(/[ьъ]/g, '').replace(/[тд]ц/g, 'ц')
}

type Add = (words: Iterable<string>, meaning: Meaning) => void

/** Every form of every number word, by its `spelling`. */
export function numeralForms(): Map<string, Meaning> {
  const forms = new Map<string, Meaning>()
  const add: Add = (words, meaning) => {
    for (const word of words) if (!forms.has(spelling(word))) forms.set(spelling(word), meaning)
  }
  addCardinals(add)
  addTeens(add)
  addScales(add)
  addDigits(add)
  return forms
}

function addCardinals(add: Add): void {
  for (const [value, words, stem] of CARDINALS) {
    add(words.split(' '), { is: 'number', text: String(value), ordinal: false })
    if (stem !== '') addOrdinal(add, value, stem)
  }
  add(
    SOFT.map((ending) => `трет${ending}`),
    { is: 'number', text: '3', ordinal: true },
  )
  addOrdinal(add, 100, 'сот')
  add(['полтораста', 'полутораста'], { is: 'number', text: '150', ordinal: false })
}

function addOrdinal(add: Add, value: number, stem: string): void {
  const tenths = TENTHS[stem]
  if (tenths !== undefined) add([`${stem}ых`], { is: 'tenths', length: tenths })
  add(
    HARD.map((ending) => stem + ending),
    { is: 'number', text: String(value), ordinal: true, ...(tenths !== undefined && { tenths }) },
  )
}

function addTeens(add: Add): void {
  for (const [value, stems] of TEENS) {
    for (const stem of stems.split(' ').flatMap((each) => TEEN_TAILS.map((tail) => each + tail))) {
      add(
        ['ь', 'и', 'ью'].map((ending) => stem + ending),
        { is: 'number', text: String(value), ordinal: false },
      )
      addOrdinal(add, value, stem)
    }
  }
}

function addScales(add: Add): void {
  for (const [zeros, words, counted, ordinal] of SCALES) {
    add(withoutDoubles(words.split(' ')), { is: 'scale', zeros, alone: true, ordinal: false })
    add(withoutDoubles(counted.split(' ')), { is: 'scale', zeros, alone: false, ordinal: false })
    const tenths = TENTHS[ordinal]
    if (tenths !== undefined) add([`${ordinal}ых`], { is: 'tenths', length: tenths })
    add(withoutDoubles(HARD.map((ending) => ordinal + ending)), { is: 'scale', zeros, alone: true, ordinal: true })
  }
}

/** «милион» beside «миллион». */
function withoutDoubles(words: readonly string[]): readonly string[] {
  return [...words, ...words.map((word) => word.replace('лл', 'л'))]
}

function addDigits(add: Add): void {
  add(ZEROS.split(' '), { is: 'digit', digit: '0', repeats: false })
  add(COUNTED_ZEROS.split(' '), { is: 'digit', digit: '0', repeats: true })
  for (const [digit, stems] of NAMES) {
    for (const stem of stems.split(' ')) {
      add(
        NAME_ENDINGS.map((ending) => stem + ending),
        { is: 'digit', digit, repeats: true },
      )
    }
  }
  for (const [digit, words] of COUNTED_NAMES) add(words.split(' '), { is: 'digit', digit, repeats: true })
}
