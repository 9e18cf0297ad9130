/**
 * What a caller said, as a candidate set (rules 31 and 32) or a wish. The rules of the candidate set, by the numbers that
 * the files beside this one name:
 *
 * 1. Words and strings of digits make a row; the marks between them separate nothing.
 * 2. Words side by side may be one number, where each fits into the zeros at the end of those before it.
 * 3. Zeros in front of a string of digits, «ноль» and «семёрка» are digits of their own; a zero may also hold an empty place.
 * 4. A unit before «нуля» or a digit's name says how often it comes; what was written in two words is one.
 * 5. A row means every way to cut it into numbers and digits.
 * 6. A number with a scale word or an ordinal in it is never cut shorter than it can be.
 * 7. A number before «минут», «ноября», «рублей», or of a tariff, does not count, nor does any word that is no number.
 * 8. A mark parts whole and fraction, «десятых» says how long the fraction is.
 * 9. Kept is what fits the dial, or the account's pattern.
 * 10. After a word of correction between numbers nobody knows what still stands: there is no candidate.
 */
import { withMarks } from './decimals.ts'
import { type Intent, intentOf } from './intent.ts'
import { lexSpeech, plainSpeech, wordsIn } from './lex.ts'
import { candidatesIn, type Wanted } from './narrow.ts'
import { countedRow } from './not-counted.ts'
import { isNumeral, type Token } from './token.ts'

/** What was heard. */
export interface Heard {
  /** Every number that it may mean, sorted. None, or more than one: ask again. */
  readonly candidates: readonly string[]
  /** The caller corrected himself: nobody knows which part still stands, and there is no candidate. */
  readonly corrected: boolean
  /** The wish, where no number was said and it is clear. */
  readonly intent: Intent | null
  /** Tariffs that were named by their numbers, `1` to `3`: «по второму тарифу», «т два». */
  readonly tariffs: readonly string[]
}

/** Nobody says more in one answer; what is longer is cut, and then its numbers are never what was asked for. */
const CHARACTERS_MAX = 10_000

/**
 * Understands what a recogniser wrote. Pure, takes any text, never throws; its time is bounded by the length of the text and
 * by what is wanted, for readings that are too long are given up while they grow. `pattern` must be a regular expression.
 */
export function hear(heard: string, wanted: Wanted): Heard {
  const plain = plainSpeech(heard.slice(0, CHARACTERS_MAX))
  const tokens = lexSpeech(plain)
  if (isCorrected(tokens)) return { candidates: [], corrected: true, intent: null, tariffs: [] }
  const { row, tariffs } = countedRow(withMarks(tokens))
  if (!row.some(isNumeral)) return { candidates: [], corrected: false, intent: intentOf(wordsIn(plain)), tariffs }
  const isTrusted = heard.length <= CHARACTERS_MAX && !hasMinus(tokens)
  return { candidates: isTrusted ? candidatesIn(row, wanted) : [], corrected: false, intent: null, tariffs }
}

/** A word of correction between two number words («с половиной» is one), or «не» right before one («не двенадцать, а …»). */
function isCorrected(tokens: readonly Token[]): boolean {
  const first = tokens.findIndex(isNumeral)
  const last = tokens.findLastIndex((token) => token.is === 'half-more' || isNumeral(token))
  return tokens.some(({ is }, at) => is === 'denial' || (is === 'correction' && first < at && at < last))
}

/** «Минус» with a number behind it. */
function hasMinus(tokens: readonly Token[]): boolean {
  const minus = tokens.findIndex(({ is }) => is === 'minus')
  return minus >= 0 && tokens.findLastIndex(isNumeral) > minus
}
