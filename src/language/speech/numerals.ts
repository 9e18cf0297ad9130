/** The words of Russian numbers, in every case and gender and as recognisers and callers really write them. */
import type { Meaning } from './token.ts'

/** Endings of an adjective like «пятый» or «шестой», in all its forms. */
const HARD = 'ый ой ая ое ые ого ому ым ом ую ою ых ыми'.split(' ')
const SOFT = 'ий ья ье ьи ьего ьему ьим ьем ьей ью ьих ьими'.split(' ')

/** Four in the nominative, the only case in which it is half of «четыреста». */
export const FOUR = 'четыре читыре четыри чотыре четыр чытыре чтыре чтыри чатыре'

/** Number, its cardinal in all forms and spellings, and the stems of its ordinal. */
const CARDINALS: readonly (readonly [number, string, string])[] = [
  [1, 'один одна одно одни одного одной одному одну одним одною одном одних одними адин', 'перв'],
  [2, 'два две двух двум двумя', 'втор'],
  [3, 'три трех трем тремя', ''],
  [4, `${FOUR} четырех четырем четырьмя`, 'четверт'],
  [5, 'пять пяти пятью', 'пят'],
  [6, 'шесть шести шестью шесь шэсть', 'шест'],
  [7, 'семь семи семью', 'седьм'],
  [8, 'восемь восьми восьмью восемью восими восимь васемь васимь восэмь', 'восьм'],
  [9, 'девять девяти девятью девить дивять деветь', 'девят'],
  [10, 'десять десяти десятью десить десеть дисять', 'десят'],
  [20, 'двадцать двадцати двадцатью двадцеть двадцыть двадсать', 'двадцат'],
  [30, 'тридцать тридцати тридцатью тридцеть тридцыть тридсать', 'тридцат'],
  [40, 'сорок сорока сорак сорк сорог', 'сороков'],
  [
    50,
    'пятьдесят пятидесяти пятьюдесятью пийсят пиисят писят пейсят пяисят пядесят пидесят педесят пидисят питьдесят пятьдисят пятисят пийисят пятьсят педисят питдисят пятидесят пиесят пиясят пясят',
    'пятидесят',
  ],
  [
    60,
    'шестьдесят шестидесяти шестьюдесятью шиисят шисят шейсят шийсят шеисят шесят шесдесят шездесят шестьдисят шесдисят шисдесят шестьсят шестисят шысят шыисят шестидесят шиесят шеесят',
    'шестидесят',
  ],
  [70, 'семьдесят семидесяти семьюдесятью семисят семсят семдисят семдесят семесят симдесят семидесят', 'семидесят'],
  [
    80,
    'восемьдесят восьмидесяти восемьюдесятью восьмьюдесятью восемьсят восимдесят восемисят восьмдесят восемьдисят восьмисят васемьдесят восьмидесят',
    'восьмидесят',
  ],
  [90, 'девяносто девяноста девеносто девиносто дивяносто девеноста девиноста дивяноста деваносто', 'девяност'],
  [100, 'сто ста', ''],
  [200, 'двести двухсот двумстам двумястами двухстах двесте двесьти двисти двухста', 'двухсот'],
  [300, 'триста трехсот тремстам тремястами трехстах тристо тритста трыста', 'трехсот'],
  [
    400,
    'четыреста четырехсот четыремстам четырьмястами четырехстах четыресто четыриста читыреста чотыреста четырста читыриста чтыреста четырисот четыресот',
    'четырехсот',
  ],
  [
    500,
    'пятьсот пятисот пятистам пятьюстами пятистах пицот пяцот питсот пицсот пятцот писот петьсот пийсот пиисот',
    'пятисот',
  ],
  [600, 'шестьсот шестисот шестистам шестьюстами шестистах шессот шесот шисот шейсот шесцот шистьсот', 'шестисот'],
  [700, 'семьсот семисот семистам семьюстами семистах семцот симьсот', 'семисот'],
  [
    800,
    'восемьсот восьмисот восьмистам восемьюстами восьмьюстами восьмистах восимсот восьмсот восемьцот васемьсот',
    'восьмисот',
  ],
  [
    900,
    'девятьсот девятисот девятистам девятьюстами девятистах девяцот девицот дивятсот девятцот девитьсот дивицот дивяцот',
    'девятисот',
  ],
]

/** Stems of 11–19, before «надцать»; recognisers and callers drop and double letters in them. */
const TEENS: readonly (readonly [number, string])[] = [
  [11, 'один оди адин оден'],
  [12, 'две два дви'],
  [13, 'три тре'],
  [14, 'четыр четыре читыр чтыр'],
  [15, 'пят пять пет пит'],
  [16, 'шест шесть шес шис'],
  [17, 'сем семь сим'],
  [18, 'восем восемь восьм восим васем'],
  [19, 'девят девять девет дивят девит'],
]
const TEEN_TAILS = ['надцат', 'нацат', 'натцат', 'надцет', 'нацет', 'надцыт']

/** «Тысяча» as it is spoken and written; the stem alone is the counted plural. */
const THOUSANDS = 'тысяч тысич тысеч тысч тысящ тысещ тысщ тыщ тыш тышщ тышч тясяч'.split(' ')
const THOUSAND_ENDINGS = 'и е ей ью ам ами ах'.split(' ')
const ONE_THOUSAND_ENDINGS = 'а я у'.split(' ')

/** Zeros, the word in all forms, stems of its ordinal; forms that cannot stand alone are those of a counted plural. */
const SCALES: readonly (readonly [number, readonly string[], readonly string[], readonly string[]])[] = [
  [3, [...joinedForms(THOUSANDS, THOUSAND_ENDINGS), 'тыс'], THOUSANDS, joinedForms(THOUSANDS, ['н'])],
  ...(
    [
      [6, 'миллион миллиона миллиону миллионом миллионе миллионы миллионам миллионами млн', 'миллион'],
      [9, 'миллиард миллиарда миллиарду миллиардом миллиарде миллиарды миллиардам млрд', 'миллиард'],
      [12, 'триллион триллиона триллиону триллионом триллионе триллионы трлн', 'триллион'],
    ] as const
  ).map(([zeros, words, stem]) => [zeros, words.split(' '), [`${stem}ов`], [`${stem}н`]] as const),
]

/** Zero said as one digit, and as something that is counted («два нуля», «с двумя нулями»). */
const ZEROS = 'ноль нуль нолю нулю нолем нулем ноле нуле ноли нули'
const SMALL_ZEROS = 'нолик нулик нолику нулику ноликом нуликом нолике нулике нолики нулики'
const COUNTED_ZEROS = 'нуля ноля нулей нолей нулям нолям нулями нолями нулях нолях'
const COUNTED_SMALL_ZEROS = joinedForms(['нолик', 'нулик'], ['а', 'ов', 'ам', 'ами', 'ах'])

/** A digit, the stems of its name, «семёрка», «пятёрочка», and what five or more of them are called: «семёрок», «единиц». */
const NAMES: readonly (readonly [string, string, string])[] = [
  ['1', 'единиц единичк', 'единиц единичек'],
  ['2', 'двойк двоечк', 'двоек двоечек'],
  ['3', 'тройк троечк', 'троек троечек'],
  ['4', 'четверк четверочк', 'четверок четверочек'],
  ['5', 'пятерк пятерочк', 'пятерок пятерочек'],
  ['6', 'шестерк шестерочк', 'шестерок шестерочек'],
  ['7', 'семерк семерочк', 'семерок семерочек'],
  ['8', 'восьмерк восьмерочк', 'восьмерок восьмерочек'],
  ['9', 'девятк девяточк', 'девяток девяточек'],
]
const NAME_ENDINGS = ['а', 'и', 'ы', 'е', 'у', 'ой', 'ей', 'ам', 'ами', 'ах']
/** How many digits «десятых», «сотых», «тысячных» stand for. */
const TENTHS: ReadonlyMap<number, number> = new Map([
  [10, 1],
  [100, 2],
  [1_000, 3],
])

/**
 * A word's spelling without what callers and recognisers get wrong most: soft and hard signs, «тц» and «дц» for «ц».
 * Word forms are compared by it.
 */
export function spelling(word: string): string {
  return word.replace(/[ьъ]/g, '').replace(/[тд]ц/g, 'ц')
}

/** A spelling with every doubled consonant written once: «милион», «пицот» for «пиццот». It makes no other word a number. */
export function undoubled(spelled: string): string {
  return spelled.replace(/([бвгджзклмнпрстфхцчшщ])\1+/g, '$1')
}

/** An adjective in all its forms, from its stem: «дневн». */
export function adjectiveForms(stem: string): readonly string[] {
  return joinedForms([stem], HARD)
}

function joinedForms(stems: readonly string[], endings: readonly string[]): readonly string[] {
  return stems.flatMap((stem) => endings.map((ending) => stem + ending))
}

type Add = (words: Iterable<string>, meaning: Meaning) => void

/** Every form of every number word, by its `spelling`. */
export function numeralForms(): Map<string, Meaning> {
  const forms = new Map<string, Meaning>()
  const add: Add = (words, meaning) => {
    for (const spelled of Array.from(words, spelling)) {
      for (const form of [spelled, undoubled(spelled)]) if (!forms.has(form)) forms.set(form, meaning)
    }
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
  add(joinedForms(['трет'], SOFT), { is: 'number', text: '3', ordinal: true })
  addOrdinal(add, 100, 'сот')
  add(['полтораста', 'полутораста'], { is: 'number', text: '150', ordinal: false })
  add(
    THOUSANDS.flatMap((stem) => ['и', 'ы', 'у'].map((ending) => `пол${stem}${ending}`)),
    { is: 'number', text: '500', ordinal: false },
  )
}

function addOrdinal(add: Add, value: number, stem: string): void {
  const tenths = TENTHS.get(value)
  if (tenths !== undefined) add([`${stem}ых`], { is: 'tenths', length: tenths })
  add(adjectiveForms(stem), {
    is: 'number',
    text: String(value),
    ordinal: true,
    ...(tenths !== undefined && { tenths }),
  })
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
  const oneThousand = joinedForms(THOUSANDS, ONE_THOUSAND_ENDINGS)
  add(oneThousand, { is: 'scale', zeros: 3, alone: true, ordinal: false, one: true })
  for (const [zeros, words, counted, ordinals] of SCALES) {
    add(words, { is: 'scale', zeros, alone: true, ordinal: false })
    add(counted, { is: 'scale', zeros, alone: false, ordinal: false })
    const tenths = TENTHS.get(10 ** zeros)
    if (tenths !== undefined) add(joinedForms(ordinals, ['ых']), { is: 'tenths', length: tenths })
    const ordinal = { is: 'scale', zeros, alone: true, ordinal: true } as const
    add(ordinals.flatMap(adjectiveForms), tenths === undefined ? ordinal : { ...ordinal, tenths })
  }
}

function addDigits(add: Add): void {
  add(`${ZEROS} ${SMALL_ZEROS}`.split(' '), { is: 'digit', digit: '0', repeats: false })
  add([...COUNTED_ZEROS.split(' '), ...COUNTED_SMALL_ZEROS], { is: 'digit', digit: '0', repeats: true })
  for (const [digit, stems, counted] of NAMES) {
    const forms = [...joinedForms(stems.split(' '), NAME_ENDINGS), ...counted.split(' ')]
    add(forms, { is: 'digit', digit, repeats: true })
  }
}
