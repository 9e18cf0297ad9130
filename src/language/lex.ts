/** Russian free text to tokens (rules 8, 11, 12): what may be identity, label or value, in the order of the text. Pure. */

import { maskedSeen } from './announced.ts'
import { withoutBillFields } from './bill-qr.ts'
import { badToken, beginsAnew, codeToken, gluedLabels, isLookalikeWhole } from './code.ts'
import { type Context, freshContext, numberSeen, wordSeen } from './context.ts'
import { withoutListNumbers } from './list-numbers.ts'
import { maskedLength } from './mask.ts'
import { withNamesAsked } from './named-apart.ts'
import { ofNow } from './not-now.ts'
import { markPut, put } from './parts.ts'
import { prepare } from './prepare.ts'
import { withRegisterCodes } from './register-codes.ts'
import { type Lexed, numberToken, type Token } from './token.ts'
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
const BROKEN = /[.,]?[\p{L}\d]+/uy

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
  if (isLetter(context.text, at)) return letters(context, at)
  if (code === QUESTION_MARK) context.words.doubt += 1
  markPut(context, context.text[at] as string)
  return at + 1
}

const QUESTION_MARK = 63

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 128) return code >= 97 && code <= 122
  LETTERS.lastIndex = at
  return LETTERS.test(text)
}

function stick(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function digits(context: Context, at: number): number {
  const { text } = context
  const runEnd = endOfDigits(text, at)
  const unified = runEnd === at + 2 ? stick(UNIFIED, text, at) : null
  if (unified && isUnifiedAccount(unified, context)) {
    const [piece] = unified
    numberSeen(context, at, at + piece.length, codeToken(piece.replace(/ |-(?!\d{2}$)/g, ''), context.said))
    return at + piece.length
  }
  const masked = maskedLength(text, at, runEnd)
  if (masked > 0) {
    maskedSeen(context)
    put(context, 'aside', [])
    return at + masked
  }
  const whole = text.slice(at, runEnd)
  const fraction = decimalsAt(text, runEnd)
  const end = fraction === null ? runEnd : runEnd + 1 + fraction.length
  if (fraction !== null && isCodeAt(text, runEnd + 1)) {
    numberSeen(context, at, runEnd, numberToken(whole, { minus: isMinusAt(text, at), said: context.said }))
    return runEnd
  }
  if (!isLetterAt(text, end)) {
    numberSeen(context, at, end, numberToken(whole, { fraction, minus: isMinusAt(text, at), said: context.said }))
    return end
  }
  return unitOrCode(context, at, { whole, fraction, end })
}

/** A minus right before the digits at `at`, after a separator (rule 11); `пок.-56311` has a dash behind its label. */
function isMinusAt(text: string, at: number): boolean {
  return text[at - 1] === '-' && !/(?:[\p{L}\d)]|\p{L}\.)$/u.test(text.slice(Math.max(0, at - 3), at - 1))
}

/** `4014,1Г345`: the mark before a code is a separator. */
function isCodeAt(text: string, at: number): boolean {
  return isLetterAt(text, at + 1) && gluedLabels((stick(PIECE, text, at) as RegExpExecArray)[0]) !== null
}

/** «22-го 460162»: a day and a value. */
const ORDINAL_ENDING = /^(?:го|ое|ой|ый|ая)$/

/** An ЕЛС in groups may be a label between two values, `12 гв 083305`, unless it is called an account (rules 4 and 9). */
function isUnifiedAccount([, before, letters = '', behind]: RegExpExecArray, { said }: Context): boolean {
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

/** What stands behind a decimal mark at `at`; null: nothing, or it goes on as a list, `1,2,3`. */
function decimalsAt(text: string, at: number): string | null {
  const mark = text[at]
  if (mark !== '.' && mark !== ',') return null
  const decimals = stick(DECIMALS, text, at)?.[1] ?? null
  if (decimals === null) return null
  const behind = at + 1 + decimals.length
  return /^[.,]\d/.test(text.slice(behind, behind + 2)) ? null : decimals
}

function isLetterAt(text: string, at: number): boolean {
  return at < text.length && isLetter(text, at)
}

/** Digits with letters right behind them: a unit is dropped, a label begins something new, the rest is a code. */
function unitOrCode(
  context: Context,
  at: number,
  number: { whole: string; fraction: string | null; end: number },
): number {
  const { text } = context
  const tail = (stick(LETTERS, text, number.end) as RegExpExecArray)[0]
  const behind = text.charCodeAt(number.end + tail.length)
  const digitsBehind = isDigit(behind)
  const { whole, fraction } = number
  const token = numberToken(whole, { fraction, minus: isMinusAt(text, at), said: context.said })
  if (stick(FLAT, text, number.end)) {
    numberSeen(context, at, number.end, token)
    return number.end
  }
  if (!digitsBehind && /^(?:квт\p{L}*|kvt\p{L}*|kwt\p{L}*|kwh?|м|куб\p{L}*|гкал|кв|шт)$/u.test(tail)) {
    numberSeen(context, at, number.end, token)
    context.words.value += 1
    return number.end + tail.length
  }
  if (whole.length > 1 && beginsAnew(tail, digitsBehind)) {
    numberSeen(context, at, number.end, token)
    return number.end
  }
  const named = registerBehind(tail)
  if (named !== null && !digitsBehind && whole.length > 1) {
    numberSeen(context, at, number.end, [token, named])
    return number.end + tail.length
  }
  if (fraction === null) {
    const piece = (stick(PIECE, text, at) as RegExpExecArray)[0]
    if (/^[1-3]-?(?:й|ый|ой|я|ая)$/.test(piece)) {
      numberSeen(context, at, at + 1, numberToken(piece[0] as string))
      return at + piece.length
    }
    const glued = gluedFraction(context, at, piece)
    if (glued > 0) return glued
    const behindPiece = stick(BROKEN, text, at + piece.length)
    const exponent = behindPiece?.[0].match(/^[.,]\d+$/) ? behindPiece[0] : ''
    const code = exponent === '' ? codeToken(piece, context.said) : badToken(piece + exponent)
    numberSeen(context, at, at + piece.length + exponent.length, code)
    return at + piece.length + exponent.length
  }
  const piece = text.slice(at, number.end) + (stick(PIECE, text, number.end) as RegExpExecArray)[0]
  numberSeen(context, at, at + piece.length, badToken(piece))
  return at + piece.length
}

/** `день24563,5`: a label glued to a value with a decimal mark; where it ends, 0 where it is no such thing. */
function gluedFraction(context: Context, at: number, piece: string): number {
  const end = at + piece.length
  const fraction = stick(FRACTION, context.text, end)?.[1]
  const tokens = fraction === undefined ? null : gluedLabels(piece)
  const last = tokens?.at(-1)
  if (fraction === undefined || last?.kind !== 'number') return 0
  numberSeen(context, at, end + 1 + fraction.length, [...(tokens ?? []).slice(0, -1), { ...last, fraction }])
  return end + 1 + fraction.length
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
  const end = at + piece.length
  if (/\d/.test(piece)) {
    const word = (stick(LETTERS, text, at) as RegExpExecArray)[0]
    const does = exactMeaningOf(word)?.does ?? ''
    const isCode = /^\p{L}{2}\d{6}$/u.test(piece)
    const isSpoken = spokenBefore.has(does) || word === 'н' || NUMBERED.test(piece)
    if (!isCode && /^\p{L}+\d+(?:кв\d{1,4})?$/u.test(piece) && isSpoken) return wordSeen(context, at, at + word.length)
    const glued = gluedFraction(context, at, piece)
    if (glued > 0) return glued
    const fraction = isLookalikeWhole(piece) ? (stick(FRACTION, text, end)?.[0] ?? '') : ''
    const code = fraction === '' ? codeToken(piece, context.said) : badToken(piece + fraction)
    numberSeen(context, at, end + fraction.length, code)
    return end + fraction.length
  }
  return wordSeen(context, at, end)
}
