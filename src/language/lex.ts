/** Russian free text to tokens (rules 8, 11, 12): what may be identity, label or value, in the order of the text. Pure. */

import { maskedSeen } from './announced.ts'
import { withoutBillFields } from './bill-qr.ts'
import { badToken, beginsAnew, codeTokens, gluedLabels, isLookalikeWhole } from './code.ts'
import { type Context, freshContext, numberSeen, wordSeen } from './context.ts'
import { withoutListNumbers } from './list-numbers.ts'
import { maskedLength } from './mask.ts'
import { withNamesAsked } from './named-apart.ts'
import { ofNow } from './not-now.ts'
import { markPut, put } from './parts.ts'
import { prepare } from './prepare.ts'
import { withRegisterCodes } from './register-codes.ts'
import { type Lexed, type NumberToken, numberToken, type Token } from './token.ts'
import { exactMeaningOf, meaningOf } from './words.ts'
import { withZonesNamed } from './zone-signs.ts'

/** The most tokens that are kept of one text. */
export const TOKENS_MAX = 120

const UNIFIED = /\d{2}([ -]?)([a-zа-я]{2})([ -]?)\d{6}(?:-\d{2})?(?![\p{L}\d])/uy
/** Digits behind a decimal mark: no more than three. */
const DECIMALS = /[.,](\d{1,3})(?!\d)/y
const PIECE = /[\p{L}\d]+/uy
const LETTERS = /\p{L}+/uy
const FRACTION = /[.,](\d{1,3})(?![\p{L}\d])/uy
/** `д10кв6`, `д.10кв.6`: the flat behind a house. */
const FLAT = /кв\.?\d{1,4}(?!\d)/y
const DECIMALS_OF_ANY_LENGTH = /[.,]\d+(?![\p{L}\d])/uy

/** A text as tokens. Never throws, time linear in the text. */
export function lex(text: string): Lexed {
  const prepared = readable(text)
  const context = freshContext(prepared)
  let at = 0
  while (at < prepared.length && context.tokens.length < TOKENS_MAX) at = step(context, at)
  const language = /[а-я]/.test(prepared) ? 'ru' : context.english > 0 ? 'en' : null
  return { tokens: ofNow(context.tokens, context.parts), words: context.words, language }
}

/** Most SMS: nothing in them says which register a value is of. */
const ONLY_NUMBERS = /^[\d\s]*$/

/** What says of a value which register it is of, as the labels that this reader knows. */
function readable(text: string): string {
  const prepared = prepare(withoutBillFields(text))
  if (ONLY_NUMBERS.test(prepared)) return withoutListNumbers(prepared)
  return withNamesAsked(withRegisterCodes(withoutListNumbers(withZonesNamed(prepared))))
}

function step(context: Context, at: number): number {
  const code = context.text.charCodeAt(at)
  if (isDigit(code)) return digits(context, at)
  if (isLetterAt(context.text, at)) return letters(context, at)
  if (code === QUESTION_MARK) context.words.doubt += 1
  markPut(context, context.text[at] as string)
  return at + 1
}

const QUESTION_MARK = 63

function isLetterAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code >= 128) return stick(LETTERS, text, at) !== null
  return code >= 97 && code <= 122
}

function stick(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function digits(context: Context, at: number): number {
  const { text } = context
  const runEnd = endOfDigits(text, at)
  const unified = runEnd === at + 2 ? stick(UNIFIED, text, at) : null
  if (unified && readsAsUnified(unified, context)) {
    const [piece] = unified
    return numberSeen(context, at, at + piece.length, codeTokens(piece.replace(/ |-(?!\d{2}$)/g, ''), context.said))
  }
  const masked = maskedLength(text, at, runEnd)
  if (masked > 0) {
    maskedSeen(context)
    put(context, 'no reading', [])
    return at + masked
  }
  const whole = text.slice(at, runEnd)
  const fraction = decimalsAt(text, runEnd)
  const end = fraction === null ? runEnd : runEnd + 1 + fraction.length
  const token = numberToken(whole, { fraction, minus: isMinusAt(text, at), said: context.said })
  return isLetterAt(text, end) ? unitOrCode(context, at, end, token) : numberSeen(context, at, end, [token])
}

/** A minus right before the digits at `at`, after a separator (rule 11); `пок.-56311` has a dash behind its label. */
function isMinusAt(text: string, at: number): boolean {
  return text[at - 1] === '-' && !/(?:[\p{L}\d)]|\p{L}\.)$/u.test(text.slice(Math.max(0, at - 3), at - 1))
}

/** Whether a code of one digit and letters begins at `at`. */
function isCodeAt(text: string, at: number): boolean {
  return isLetterAt(text, at + 1) && gluedLabels((stick(PIECE, text, at) as RegExpExecArray)[0]) !== null
}

/** «22-го 460162»: a day and a value. */
const ORDINAL_ENDING = /^(?:го|ое|ой|ый|ая)$/

/** An ЕЛС in groups may be a label between two values, `12 гв 083305`, unless it is called an account (rules 4 and 9). */
function readsAsUnified([, before, letters = '', behind]: RegExpExecArray, { said }: Context): boolean {
  if ((before === '' && behind === '') || said === 'account') return true
  return meaningOf(letters) === undefined && !(behind === ' ' && ORDINAL_ENDING.test(letters))
}

/** Where the run of digits ends that goes through `at`. */
function endOfDigits(text: string, at: number): number {
  let end = at + 1
  while (isDigit(text.charCodeAt(end))) end++
  return end
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** What stands behind a decimal mark at `at`; null: nothing, it goes on as a list, `1,2,3`, or a code follows, `4014,1Г345`. */
function decimalsAt(text: string, at: number): string | null {
  const mark = text[at]
  if (mark !== '.' && mark !== ',') return null
  const decimals = stick(DECIMALS, text, at)?.[1]
  if (decimals === undefined || isCodeAt(text, at + 1)) return null
  const behind = at + 1 + decimals.length
  return /^[.,]\d/.test(text.slice(behind, behind + 2)) ? null : decimals
}

const UNIT = /^(?:квт\p{L}*|kvt\p{L}*|kwt\p{L}*|kwh?|м|куб\p{L}*|гкал|кв|шт)$/u

/** A number with letters right behind it: a unit is dropped, a label begins something new, the rest is a code. */
function unitOrCode(context: Context, at: number, end: number, token: NumberToken): number {
  const { text } = context
  const tail = (stick(LETTERS, text, end) as RegExpExecArray)[0]
  const tailEnd = end + tail.length
  const digitsBehind = isDigit(text.charCodeAt(tailEnd))
  if (stick(FLAT, text, end)) return numberSeen(context, at, end, [token])
  if (!digitsBehind && UNIT.test(tail)) {
    context.words.value += 1
    numberSeen(context, at, end, [token])
    return tailEnd
  }
  const isLong = token.text.length > 1
  if (isLong && beginsAnew(tail, digitsBehind)) return numberSeen(context, at, end, [token])
  const named = isLong && !digitsBehind ? registerBehind(tail) : null
  if (named !== null) {
    numberSeen(context, at, end, [token, named])
    return tailEnd
  }
  const piece = (stick(PIECE, text, token.fraction === null ? at : end) as RegExpExecArray)[0]
  if (token.fraction !== null)
    return numberSeen(context, at, end + piece.length, [badToken(text.slice(at, end) + piece)])
  if (/^[1-3](?:й|ый|ой|я|ая)$/.test(piece)) {
    numberSeen(context, at, end, [numberToken(token.text)])
    return tailEnd
  }
  return pieceSeen(context, at, piece)
}

/** A piece with letters and digits in it: labels and values, `день24563,5`, a code, or with decimals, `l2,9`, a broken number. */
function pieceSeen(context: Context, at: number, piece: string): number {
  const { text, said } = context
  const end = at + piece.length
  const [mark = '', fraction = null] = stick(FRACTION, text, end) ?? []
  const glued = fraction === null ? null : gluedLabels(piece)
  const last = glued?.at(-1)
  if (glued !== null && last?.kind === 'number') {
    return numberSeen(context, at, end + mark.length, [...glued.slice(0, -1), { ...last, fraction }])
  }
  const decimals = decimalsBehind(text, end, piece)
  const tokens = decimals === '' ? codeTokens(piece, said) : [badToken(piece + decimals)]
  return numberSeen(context, at, end + decimals.length, tokens)
}

/** The decimal mark and digits at `end` that make a broken number of the piece before them; empty: they are none of its. */
function decimalsBehind(text: string, end: number, piece: string): string {
  if (isDigit(piece.charCodeAt(0))) return stick(DECIMALS_OF_ANY_LENGTH, text, end)?.[0] ?? ''
  return isLookalikeWhole(piece) ? (stick(FRACTION, text, end)?.[0] ?? '') : ''
}

/** `24563день`, `76572н`: a register's label right behind its value; null: it is none. */
function registerBehind(tail: string): Token | null {
  const meaning = tail === 'д' ? meaningOf('день') : exactMeaningOf(tail)
  return meaning?.does === 'register' ? { kind: 'label', register: null, zone: meaning.zone, isBehind: true } : null
}

/** What a word in front of digits may be besides a label of theirs: `кв12`, `пред55959`, `д24563`. */
const spokenBefore: ReadonlySet<string> = new Set(
  'house street phone price previous consumption current month yes no'.split(' '),
)

/** `N2880950488`: the letter is typed for `№`. */
const NUMBERED = /^n\d{8,}$/

function letters(context: Context, at: number): number {
  const { text } = context
  const piece = (stick(PIECE, text, at) as RegExpExecArray)[0]
  if (!/\d/.test(piece)) return wordSeen(context, at, at + piece.length)
  const word = (stick(LETTERS, text, at) as RegExpExecArray)[0]
  const does = exactMeaningOf(word)?.does ?? ''
  const isCode = /^\p{L}{2}\d{6}$/u.test(piece)
  const isSpoken = spokenBefore.has(does) || word === 'н' || NUMBERED.test(piece)
  if (!isCode && /^\p{L}+\d+(?:кв\d{1,4})?$/u.test(piece) && isSpoken) return wordSeen(context, at, at + word.length)
  return pieceSeen(context, at, piece)
}
