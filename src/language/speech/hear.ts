/** What a caller said, as a candidate set (rules 31 and 32) or a wish. */
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
  if (isCorrected(tokens)) return { candidates: [], corrected: true, intent: null }
  const row = countedRow(withMarks(tokens))
  if (!row.some(isNumeral)) return { candidates: [], corrected: false, intent: intentOf(wordsIn(plain)) }
  const isTrusted = heard.length <= CHARACTERS_MAX && !hasMinus(tokens)
  return { candidates: isTrusted ? candidatesIn(row, wanted) : [], corrected: false, intent: null }
}

/** A word of correction between two number words, or «не» right before one («не двенадцать, а тринадцать»). */
function isCorrected(tokens: readonly Token[]): boolean {
  const first = tokens.findIndex(isNumeral)
  const last = tokens.findLastIndex(isNumeral)
  return tokens.some(({ is }, at) => is === 'denial' || (is === 'correction' && first >= 0 && first < at && at < last))
}

/** «Минус» with a number behind it. */
function hasMinus(tokens: readonly Token[]): boolean {
  const minus = tokens.findIndex(({ is }) => is === 'minus')
  return minus >= 0 && tokens.findLastIndex(isNumeral) > minus
}
