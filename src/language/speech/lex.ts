/** From what a recogniser wrote to a row of meanings (rules 1, 3 and 4 of the candidate set). */
import { isNumeral, type Meaning, type NumberWord, type Token } from './token.ts'
import { CORRECTION_PAIRS, meaningsOf } from './words.ts'

/** A word, a string of digits or a single mark, and where it stands. */
interface Piece {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** What NFKC leaves of `м³`: a unit, and no 3. */
const CUBIC_METRE = /(?<!\p{L})[мm]3(?![0-9])/gu

/** NFKC in lower case, ё as е, without accents («двена́дцать»), invisible marks and cubic metres. */
export function plainSpeech(heard: string): string {
  return heard
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replaceAll('ё', 'е')
    .replace(CUBIC_METRE, ' ')
}

/** The words of it, without digits and marks. */
export function wordsIn(plain: string): readonly string[] {
  return plain.match(/\p{L}+/gu) ?? []
}

/** Reads text in the form of `plainSpeech`; linear time, never throws. */
export function lexSpeech(plain: string): readonly Token[] {
  const pieces = piecesOf(plain)
  const tokens: Token[] = []
  for (let at = 0; at < pieces.length; ) {
    const { taken, meanings } = meaningAt(plain, pieces, at)
    for (const meaning of meanings) tokens.push({ ...meaning, source: at })
    at += taken
  }
  return repeated(withHalfThousands(withSplitWords(tokens)))
}

function piecesOf(plain: string): readonly Piece[] {
  return Array.from(plain.matchAll(/\p{L}+|[0-9]+|[^\s\p{L}0-9]/gu), ({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }))
}

interface Meant {
  readonly taken: number
  readonly meanings: readonly Meaning[]
}

function meaningAt(plain: string, pieces: readonly Piece[], at: number): Meant {
  const piece = pieces[at]
  if (piece === undefined) return { taken: 1, meanings: [] }
  if (isDigits(piece)) return digitsAt(pieces, at, piece)
  if (!/\p{L}/u.test(piece.text)) return { taken: 1, meanings: markMeaning(piece, pieces[at - 1], pieces[at + 1]) }
  const listWord = LIST_WORD.exec(plain.slice(piece.start, piece.start + LIST_WORD_LETTERS))
  if (listWord !== null) return { taken: listWord[1] === '-' ? 3 : 2, meanings: [{ is: 'other' }] }
  return wordAt(piece, pieces, at)
}

/** A family, a pole, heels: seven, six and five only beside another word of a number. */
const ALONE_NO_NUMBERS = new Set(['семью', 'семьи', 'шест', 'пят'])

/** What two words mean together: a correction, or «пол тысячи»; null: nothing of their own. */
function pairMeanings(word: string, behind: string): readonly Meaning[] | null {
  if (CORRECTION_PAIRS.has(`${word} ${behind}`)) return [{ is: 'correction' }]
  const half = word === 'пол' ? meaningsOf(word + behind) : []
  return half[0]?.is === 'number' ? half : null
}

function wordAt({ text }: Piece, pieces: readonly Piece[], at: number): Meant {
  const next = pieces[at + 1]
  const behind = beside(pieces, at, 1)
  const pair = behind === undefined ? null : pairMeanings(text, behind.text)
  if (behind !== undefined && pair !== null) return { taken: pieces.indexOf(behind, at) + 1 - at, meanings: pair }
  if (text === 'не' && startsNumeral(next)) return { taken: 1, meanings: [{ is: 'denial' }] }
  const isAlone =
    ALONE_NO_NUMBERS.has(text) && !belongsToNumber(beside(pieces, at, -1)) && !belongsToNumber(beside(pieces, at, 1))
  return { taken: 1, meanings: isAlone ? [{ is: 'other' }] : meaningsOf(text) }
}

/** The word or digits before or behind a place; the marks between separate nothing (rule 1): «семью, пять», «то-есть». */
function beside(pieces: readonly Piece[], at: number, step: -1 | 1): Piece | undefined {
  let place = at + step
  while (/^[^\p{L}0-9]/u.test(pieces[place]?.text ?? '')) place += step
  return pieces[place]
}

/** A word of a number, its second half («пят сот») or its mark («семью запятая пять»). */
function belongsToNumber(piece: Piece | undefined): boolean {
  if (startsNumeral(piece)) return true
  return piece !== undefined && meaningsOf(piece.text).some(({ is }) => is === 'split' || is === 'mark')
}

function startsNumeral(piece: Piece | undefined): boolean {
  return isDigits(piece) || (piece !== undefined && meaningsOf(piece.text).some(isNumeral))
}

/** «во-первых», «в третьих» count nothing. */
const LIST_WORD = /^во?([- ])(?:первых|вторых|третьих)(?!\p{L})/u
const LIST_WORD_LETTERS = 12

function isDigits(piece: Piece | undefined): boolean {
  return piece !== undefined && /^[0-9]/.test(piece.text)
}

/** Endings written behind digits: those of an ordinal («22-го»), and those of a cardinal's case («12-ти»). */
const ORDINAL_ENDING = /^(?:ы?й|о?й|ая|я|[ое]е|е|[ое]?го|[ое]?му|[ыо]м|м|у?ю)$/
const CASE_ENDING = /^(?:ти|и|х|ух|ех|ми|мя|ка|ть)$/

/** A digit string, its leading zeros said one by one, with an ending behind it if there is one. */
function digitsAt(pieces: readonly Piece[], at: number, piece: Piece): Meant {
  const dash = pieces[at + 1]?.text === '-' && pieces[at + 1]?.start === piece.end
  const ending = pieces[at + (dash ? 2 : 1)]
  const isBeside = ending !== undefined && ending.start === piece.end + (dash ? 1 : 0)
  const ordinal = isBeside && ORDINAL_ENDING.test(ending.text)
  const ended = ordinal || (isBeside && CASE_ENDING.test(ending.text))
  const zeros = /^0*/.exec(piece.text)?.[0] ?? ''
  const text = piece.text.slice(zeros.length)
  const meanings: Meaning[] = Array.from(zeros, () => ({ is: 'digit', digit: '0', repeats: false }))
  if (text !== '') meanings.push({ is: 'number', text, ordinal })
  return { taken: ended ? (dash ? 3 : 2) : 1, meanings }
}

/** What NFKC makes of `½` is 1⁄2, and no 12. */
const FRACTION_SLASH = '\u2044'

/** A comma or point right between digits is a decimal mark; `/` between digits is itself; no other mark says anything. */
function markMeaning(piece: Piece, before: Piece | undefined, next: Piece | undefined): readonly Meaning[] {
  if (before === undefined || next === undefined || !isDigits(before) || !isDigits(next)) return []
  if (piece.text === '/' || piece.text === FRACTION_SLASH) return [{ is: 'slash' }]
  const isBetween = before.end === piece.start && next.start === piece.end
  return isBetween && (piece.text === ',' || piece.text === '.') ? [{ is: 'mark' }] : []
}

/** Puts together what was written in two words: «восемь сот», «пять десят», «две надцать», «девяно сто». */
function withSplitWords(tokens: readonly Token[]): readonly Token[] {
  const merged: Token[] = []
  for (const token of tokens) {
    const at = token.is === 'split' ? merged.findLastIndex(isHeard) : merged.length - 1
    const last = merged[at]
    const whole = last?.is === 'number' ? wholeOf(last, token) : null
    if (whole === null || last === undefined) merged.push(token)
    else endAt(merged, at, { is: 'number', text: whole, ordinal: false, source: last.source })
  }
  return merged
}

/** Replaces the half of a number at a place by the whole, which ends where its other half was heard (rule 1). */
function endAt(tokens: Token[], at: number, whole: Token): void {
  tokens.splice(at, 1)
  tokens.push(whole)
}

/** A cardinal from 1 to 9. */
function isUnit(word: NumberWord): boolean {
  return word.text.length === 1 && !word.ordinal
}

/** The whole number that a word and the one behind it make: 5 and «сот» are 500; null where they are two numbers. */
function wholeOf(word: NumberWord, behind: Token): string | null {
  if (behind.is === 'number') return behind.half === undefined ? null : (word.withHalf?.[behind.half] ?? null)
  if (behind.is !== 'split' || !isUnit(word)) return null
  const { text: unit } = word
  if (behind.of === 'teen') return `1${unit}`
  if (unit === '1' || (behind.of === 'score' && unit > '3')) return null
  return behind.of === 'hundred' ? `${unit}00` : `${unit}0`
}

/** «Полторы тысячи» is 1500, «полтора миллиона» 1500000. */
function withHalfThousands(tokens: readonly Token[]): readonly Token[] {
  const merged: Token[] = []
  for (const token of tokens) {
    const at = token.is === 'scale' ? merged.findLastIndex(isHeard) : -1
    const last = merged[at]
    if (last?.is !== 'half' || token.is !== 'scale') merged.push(token)
    else {
      const text = `15${'0'.repeat(token.zeros - 1)}`
      endAt(merged, at, { is: 'number', text, ordinal: token.ordinal, source: last.source })
    }
  }
  return merged
}

/** A unit right before «нуля» or a digit's name says how often it comes: «два нуля» is 0, 0. */
function repeated(tokens: readonly Token[]): readonly Token[] {
  const row: Token[] = []
  for (const token of tokens) {
    const at = token.is === 'digit' && token.repeats ? row.findLastIndex(isHeard) : -1
    const times = row[at]
    if (times?.is !== 'number' || !isUnit(times)) row.push(token)
    else row.splice(at, 1, ...Array.from({ length: Number(times.text) }, () => token))
  }
  return row
}

function isHeard({ is }: Token): boolean {
  return is !== 'hum' && is !== 'other' && is !== 'and' && is !== 'split'
}
