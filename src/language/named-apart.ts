/** Values that a text names each by a word of its own which says nothing here: «низ 24563, верх 24451» (rule 9). Pure. */
import { oldAccountForm } from './normalise.ts'
import { DARK_FIGURE, NOBODYS, nthIn, readingApart } from './register-marks.ts'
import { exactMeaningOf, meaningOf } from './words.ts'

const READING = new RegExp(readingApart(3), 'gu')
const SIGN = String.raw`\p{Extended_Pictographic}|${DARK_FIGURE.source}`
const HAS_WORD = new RegExp(String.raw`\p{L}|${SIGN}`, 'u')
const WORD = String.raw`(?<![\p{L}\d])\p{L}{1,20}|${SIGN}`
const BEFORE = new RegExp(`(?<word>${WORD})[\\s:=.,;)"»#/_|>→-]{0,3}(?:это )?$`, 'u')
const BEHIND = new RegExp(`^(?: ?(?:квт|kwh)\\p{L}*)?[\\s:=.("«/-]{0,3}(?<word>${WORD})(?![\\p{L}\\d])`, 'u')
const BESIDE_LETTERS = 32
/** More values than this are of several meters. */
const VALUES_MAX = 6
/** Words that count on. */
const COUNTS_ON = /^(?:потом|затем|далее|дальше|еще|также|плюс|potom|zatem|then|next)$/
/** What says elsewhere in a text whose its values are. */
const TELLING: ReadonlySet<string | undefined> = new Set(['service', 'register', 'tariff', 'meter'])
/** «Кр 468713»: an old account and no name with its value. */
const OLD_ACCOUNT_DIGITS = 6

/** A word that says nothing, and where it stands. */
interface Name {
  readonly word: string
  readonly at: number
}

/** Where each value has such a word right before it, or right behind it, the words become labels of no register: it is asked. */
export function withNamesAsked(text: string): string {
  if (!HAS_WORD.test(text)) return text
  const values = [...text.matchAll(READING)]
  if (values.length < 2 || values.length > VALUES_MAX) return text
  const names = apart(text, values, nameBefore) ?? apart(text, values, nameBehind)
  if (names === null || areInOrder(text, names) || saysWhose(text)) return text
  return names.reduceRight(
    (left, { word, at }) => left.slice(0, at) + labelFor(word) + left.slice(at + word.length),
    text,
  )
}

/** A sign may stand right behind another number, which the label's letter would join: «5🌀24563 🌞24451». */
function labelFor(word: string): string {
  return /\p{L}/u.test(word) ? NOBODYS : ` ${NOBODYS} `
}

function nameBefore(text: string, { 0: value, index }: RegExpExecArray): Name | null {
  const from = Math.max(0, index - BESIDE_LETTERS)
  const found = BEFORE.exec(text.slice(from, index))
  const word = found?.groups?.['word'] ?? ''
  const isAccount = word.length <= oldAccountForm.lettersMax && value.length === OLD_ACCOUNT_DIGITS
  return found === null || isAccount || !isIdle(word) ? null : { word, at: from + found.index }
}

function nameBehind(text: string, { 0: value, index }: RegExpExecArray): Name | null {
  const from = index + value.length
  const found = BEHIND.exec(text.slice(from, from + BESIDE_LETTERS))
  const word = found?.groups?.['word'] ?? ''
  return found === null || !isIdle(word) ? null : { word, at: from + found[0].length - word.length }
}

function isIdle(word: string): boolean {
  return exactMeaningOf(word) === undefined && !COUNTS_ON.test(word)
}

/** Names that differ, one for each value; null: they are none. */
function apart(text: string, values: readonly RegExpExecArray[], nameOf: typeof nameBefore): readonly Name[] | null {
  const names: Name[] = []
  for (const value of values) {
    const name = nameOf(text, value)
    if (name === null || names.some(({ word }) => word === name.word)) return null
    names.push(name)
  }
  return names
}

/** «Перв 24563, втор 76572», «а 24563, б 76572»: these count the registers in their order. */
function areInOrder(text: string, names: readonly Name[]): boolean {
  const nthOf = nthIn(text)
  return names.every(({ word }, at) => nthOf(word) === at + 1)
}

function saysWhose(text: string): boolean {
  return (text.match(/\p{L}+/gu) ?? []).some((word) => TELLING.has(meaningOf(word)?.does))
}
