/** Lines and items that a text numbers itself. Pure. */
import { meaningOf } from './words.ts'

/** «1. 2880950488 56311», «3; 2839796712; 50120», «2 Петров …» at the beginning of a line. */
const OF_LINE =
  /(?<=^|\n) ?([1-9]\d?)(?:\. {0,3}(?=\p{L}|\d{4})|; ?(?=[\p{L}\d])|(?:[,:/-] {0,3}| {1,3})(?=\d{8}|\p{L}{2}))/u
/** «2. Петров …» within a line: before an account, a serial or a word only. */
const WITHIN_LINE = /(?<=[^\p{L}\s] )([1-9]\d?)\. {0,3}(?=\d{8}|\p{L}{3})/u
/** «2)» anywhere. */
const WITH_BRACKET = /(?<![\p{L}\d.,:/-])([1-9]\d?)\) ?/u
const ITEM = new RegExp([OF_LINE, WITHIN_LINE, WITH_BRACKET].map(({ source }) => source).join('|'), 'gu')
const FIRST = /(?:^|\s)1[.,:;/ -]|[1-9]\)/

/**
 * Leaves the numbers of a list out, which count from 1 on, and a bracket's that stands alone. «2) 76572 1) 24563»: these
 * say which register it is.
 */
export function withoutListNumbers(text: string): string {
  if (!FIRST.test(text)) return text
  const inBrackets: number[] = []
  let last = 0
  const bare = replaced(text, (item, { number, isInBracket }) => {
    if (isInBracket) inBrackets.push(number)
    if (number !== last + 1) return item
    last += 1
    return ''
  })
  const isInOrder = inBrackets.every((number, at) => number === at + 1)
  if (last > 1 && isInOrder) return bare
  if (inBrackets.length !== 1) return text
  return replaced(text, (item, { isInBracket }) => (isInBracket ? '' : item))
}

interface Numbered {
  readonly number: number
  /** Whether a bracket ends it, «2)». */
  readonly isInBracket: boolean
}

/** The text with each item's number as it is to be instead. */
function replaced(text: string, instead: (item: string, numbered: Numbered) => string): string {
  return text.replace(ITEM, (item: string, ofLine?: string, ofItem?: string, ofBracket?: string, at = 0) => {
    if (ofBracket !== undefined && closesWords(text.slice(Math.max(0, at - WORDS_LETTERS), at))) return item
    return instead(item, { number: Number(ofLine ?? ofItem ?? ofBracket), isInBracket: ofBracket !== undefined })
  })
}

const WORDS_LETTERS = 64
/** What stands in a bracket before the number that closes it: its first word, and the last one. */
const FIRST_WORD = /\((\p{L}+)[^()]*$/u
const LAST_WORD = /\((?:[^()]*[ ,])?(\p{L}+)[. ]{1,3}$/u

/** «(расход 87)», «(было 76)», «(Иванов, кв 7)»: the bracket was opened before the number, which is none of a list. */
function closesWords(before: string): boolean {
  const first = meaningOf(FIRST_WORD.exec(before)?.[1] ?? '')?.does
  return (
    first === 'previous' || first === 'consumption' || meaningOf(LAST_WORD.exec(before)?.[1] ?? '')?.does === 'house'
  )
}
