/** The marks by which a text numbers its registers, form by form: `п2`, «2-ое», «II», «вторая строка», «б» (rule 9). Pure. */
import { foldLookalikes } from './normalise.ts'

/** A label of no register that a meter has: the value beside it is asked for. */
export const NOBODYS = 'т9'

/** One mark of a text. */
export interface Mark {
  readonly start: number
  readonly end: number
  readonly text: string
  /** Its letters besides the number, in one alphabet. */
  readonly letters: string
  readonly nth: number
  /** Whether a value stands right before it, and right behind it. */
  readonly before: boolean
  readonly behind: boolean
}

/** How a text may number its registers. */
export interface Form {
  readonly mark: RegExp
  /** Few texts have any such mark. */
  readonly hint: RegExp
  /** Fewest digits of a value beside it: «2р 50», «2ч 30» are no marks with values. */
  readonly digitsMin: 1 | 3
  /** Whether other words may stand between it and its value: «п2 было 24288, стало 24563». */
  readonly isLoose: boolean
  /** Whether marks that number nothing are asked about. */
  readonly isAsked: boolean
  /** Marks that are of a reading even where one stands alone; null: none. */
  readonly nouns: RegExp | null
}

const BEGINS = String.raw`(?<![\p{L}\d]|\d[.,/-](?=\d))`
const ENDS = String.raw`(?![\p{L}\d])`
/** What may stand between a mark and its value. */
const BESIDE = String.raw`[\s#*;/|_=:.,()"«»>→-]{0,3}`

/** A number with so many digits at least, its unit perhaps glued to it. */
export function reading(digitsMin: number): string {
  return String.raw`(?:\d{1,3} \d{3}|\d{${digitsMin},7})(?:[.,]\d{1,3})?(?!\d|/\d|(?!квт|kwh)\p{L})`
}

/** The same where it stands by itself: no digits behind a decimal mark. */
export function readingApart(digitsMin: number): string {
  return String.raw`(?<![\p{L}\d]|\d[.,/-])${reading(digitsMin)}`
}

/** What is numbered: «вторая строка». */
const NOUN = String.raw`(?: (?:стро[чк]|шкал|канал|показани|цифр|число|значени|окошк|позици)\p{L}{0,3}\.?)?`
const ORDINAL = String.raw`(?:перв|втор|трет)(?:\p{L}{2,4}|\.)?|perv\p{L}{2}|vtor\p{L}{2}|tret\p{L}{2,3}|first|second|third|1st|2nd|3rd`
/** «Второй раз», «первого ноября», «второй этаж»: these number something else. */
const OF_ELSE =
  '(?! (?:раз|месяц|числ|кварт|подъезд|этаж|дом|день|дня|попыт|сообщ|отправ|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек))'

export const FORMS: readonly Form[] = [
  {
    mark: marks(String.raw`(?<letters>\p{L}{1,8})(?<nth>[1-6])`),
    hint: /[a-zа-я][1-6](?![a-zа-я\d])/,
    digitsMin: 1,
    isLoose: true,
    isAsked: true,
    nouns: /^(?:п|пок|показ|показани[ея])\d/,
  },
  {
    // `2з`, «2-ое»; «2-й» is a number.
    mark: marks(String.raw`(?<nth>[1-6])-?(?!(?:[оы]?й|а?я)(?!\p{L}))(?<letters>\p{L}{1,3})`),
    hint: /[1-6]-?[a-zа-я](?<![a-zа-я\d][1-6]-?[a-zа-я])/,
    digitsMin: 3,
    isLoose: true,
    isAsked: true,
    nouns: null,
  },
  {
    // «II», «II-й».
    mark: marks('(?<letters>)(?<nth>i{1,3})(?:-?(?:[оы]?й|а?я|о?е))?'),
    hint: /ii/,
    digitsMin: 1,
    isLoose: true,
    isAsked: true,
    nouns: null,
  },
  {
    // Apart from its value, for «10120(2)» may be tenths.
    mark: marks(String.raw`(?<= )\((?<letters>)(?<nth>[1-6])\)`),
    hint: / \([1-6]\)/,
    digitsMin: 1,
    isLoose: false,
    isAsked: true,
    nouns: null,
  },
  {
    mark: marks(`(?<letters>)(?<nth>${ORDINAL})${NOUN}${OF_ELSE}`),
    hint: /втор|трет|vtor|tret|second|2nd/,
    digitsMin: 3,
    isLoose: true,
    isAsked: true,
    nouns: /\p{L} \p{L}/u,
  },
  {
    mark: marks('(?<letters>)(?<nth>один|одна|одно|раз|дв[ае]|три|one|two|three)'),
    hint: /дв[ае](?![a-zа-я])|two/,
    digitsMin: 3,
    isLoose: false,
    isAsked: false,
    nouns: null,
  },
  {
    mark: marks('(?<letters>)(?<nth>[абвсabc])'),
    hint: /[аa](?![a-zа-я\d])(?<![a-zа-я\d][аa])/,
    digitsMin: 3,
    isLoose: false,
    isAsked: false,
    nouns: null,
  },
]

function marks(mark: string): RegExp {
  return new RegExp(`${BEGINS}${mark}${ENDS}`, 'gu')
}

const BESIDE_LETTERS = 20
const [BESIDE_ANY, BESIDE_LONG] = [valuesBeside(1), valuesBeside(3)]

/** What stands before a mark that has its value there, and behind one. */
function valuesBeside(digitsMin: number): Readonly<Record<'before' | 'behind', RegExp>> {
  const value = reading(digitsMin)
  return {
    before: new RegExp(`${BEGINS}${value}(?: ?квт\\p{L}*)?${BESIDE}$`, 'u'),
    behind: new RegExp(`^${BESIDE}${value}`, 'u'),
  }
}

/** The marks of a form, those of the same letters together. */
export function marksOf(text: string, form: Form): readonly (readonly Mark[])[] {
  if (!form.hint.test(text)) return []
  const { before, behind } = form.digitsMin === 1 ? BESIDE_ANY : BESIDE_LONG
  const families = new Map<string, Mark[]>()
  const inAlphabet = nthIn(text)
  for (const { 0: mark, index: start, groups } of text.matchAll(form.mark)) {
    const end = start + mark.length
    const letters = foldLookalikes(groups?.['letters'] ?? '').toLowerCase()
    const found: Mark = {
      start,
      end,
      text: mark,
      letters,
      nth: inAlphabet(groups?.['nth'] ?? ''),
      before: before.test(text.slice(Math.max(0, start - BESIDE_LETTERS), start)),
      behind: behind.test(text.slice(end, end + BESIDE_LETTERS)),
    }
    families.set(letters, [...(families.get(letters) ?? []), found])
  }
  return [...families.values()]
}

/** «❶», «➀», «➊»: from 1 to 10, each of three kinds. */
export const DARK_FIGURE = /[\u2776-\u2793]/
const DARK_ONE = 0x2776
const ORDINALS = /^(?:(перв|perv|fi|1|од|раз|one)|(втор|vtor|se|2|дв|two)|(трет|tret|th|3|три))/

/** What number a mark's own part is: «2», «ii», «вторая», «б»; beside «б» the third letter is «в», else the second; 0: it is none. */
export function nthIn(text: string): (nth: string) => number {
  const alphabet = /(?<!\p{L})б(?!\p{L})/u.test(text) ? 'абв' : 'авс'
  return (nth) => {
    if (/^\d$/.test(nth)) return Number(nth)
    if (/^i{1,3}$/.test(nth)) return nth.length
    if (DARK_FIGURE.test(nth)) return ((nth.charCodeAt(0) - DARK_ONE) % 10) + 1
    const ordinal = ORDINALS.exec(nth)
    if (ordinal) return ordinal.slice(1).findIndex((one) => one !== undefined) + 1
    return alphabet.indexOf(foldLookalikes(nth).toLowerCase()) + 1
  }
}
