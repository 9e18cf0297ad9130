/** What one word of a caller's speech is, as far as numbers are concerned. */
export type Meaning = NumberWord | ScaleWord | DigitWord | TenthsWord | SplitWord | PlainWord

/** A number of one word or one string of digits: «сорок», «двухсотый», `345`. From 1 up, without leading zeros. */
export interface NumberWord {
  readonly is: 'number'
  readonly text: string
  readonly ordinal: boolean
  /** Digits after the mark that the same word names where it ends a fraction: «десятая» is 10th and tenth. */
  readonly tenths?: number
  /** A hundred by itself, and the second half of a number that was written in two words: «девяно сто», «три ста». */
  readonly half?: HundredWord
  /** What it is with that half behind it: «три ста» is 300, but «трёх ста» and `3 ста` are two numbers. */
  readonly withHalf?: Readonly<Partial<Record<HundredWord, string>>>
}

/** The two words for a hundred. */
export type HundredWord = 'сто' | 'ста'

/** «тысяча» (three zeros), «миллион»: multiplies what stands before it. */
export interface ScaleWord {
  readonly is: 'scale'
  readonly zeros: number
  /** Whether it may stand alone and count once; «тысяч» may not. */
  readonly alone: boolean
  readonly ordinal: boolean
  /** One of it, «тысяча» or «тысячу»: nobody says «два тысяча». */
  readonly one?: true
  /** As with a number word: «тысячная» is 1000th and a thousandth. */
  readonly tenths?: number
}

/** A digit that joins nothing: «ноль», «семёрка», and the zeros in front of a digit string. */
export interface DigitWord {
  readonly is: 'digit'
  readonly digit: string
  /** Whether a unit before it says how often it comes: «два нуля», «две семёрки», but not «два ноль». */
  readonly repeats: boolean
}

/** «десятых», «сотых», «тысячных» where it is nothing else: how many digits the fraction has. */
export interface TenthsWord {
  readonly is: 'tenths'
  readonly length: number
}

/** The second half of a number that was written in two words: «восемь сот», «пять десят», «две надцать». */
export interface SplitWord {
  readonly is: 'split'
  readonly of: 'hundred' | 'ten' | 'teen' | 'score'
}

/**
 * Words that are no number but change what numbers around them mean. `half`: «полтор…»; `half-more`: «с половиной»;
 * `denial`: «не» right before a number;
 * `unit`: a minute, a month, a rouble, which follow a number that is no reading; `unit-of-one`: «минуту», which does so
 * only after «одну»; `tariff`: «тариф», «зона»; `tariff-letter`: «т»; `hum`: heard between a number and its noun, and
 * separates nothing there.
 */
export interface PlainWord {
  readonly is:
    | 'half'
    | 'half-more'
    | 'mark'
    | 'and'
    | 'slash'
    | 'minus'
    | 'correction'
    | 'denial'
    | 'unit'
    | 'unit-of-one'
    | 'tariff'
    | 'tariff-letter'
    | 'hum'
    | 'other'
}

/** A meaning in the row of what was said; what was one word or one digit string has one `source`. */
export type Token = Meaning & { readonly source: number }

/** Whether it is a word of a number: what rule 10 of the candidate set means by one, and what shows that no wish was said. */
export function isNumeral({ is }: Meaning): boolean {
  return is === 'number' || is === 'scale' || is === 'digit' || is === 'half'
}
