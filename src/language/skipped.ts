/** Which numbers a word takes away that calls them previous readings or consumption (rule 12), and their labels. */
import type { Context, Skipping, Word } from './context.ts'
import { CLAUSE_LETTERS, NOW_BEHIND_NUMBER, VALUE_DIGITS_MAX } from './not-now.ts'
import type { LabelToken, Token } from './token.ts'

/** Whether a word before took this number away (rule 12): one that calls what follows it previous, or consumption. */
export function isSkipped(context: Context, token: Token, start: number): boolean {
  const { skipping } = context
  if (skipping === null || context.said === 'account') return false
  if (token.kind === 'number' && token.text.length > VALUE_DIGITS_MAX) return false
  const isNext = isNextGroup(context, token, start)
  skipping.groupTo = groupTo(token, start)
  if (isNext) return true
  const last = context.tokens.length > skipping.behind ? context.tokens.at(-1) : undefined
  const label = last?.kind === 'label' ? last : null
  if (isDone(context, skipping, { start, label })) {
    context.skipping = null
    return false
  }
  if (label !== null && (skipping.taken === 0 || !skipping.untilCurrent)) skipping.labels = [...skipping.labels, label]
  skipping.taken += 1
  if (label !== null) context.tokens.pop()
  return true
}

/** Digits of a group of thousands; the first may have fewer. */
const GROUP_DIGITS = 3

/** «Расход 1 352»: where a number ends that may be the first groups of one; -1: it is none. */
function groupTo(token: Token, start: number): number {
  const isGroup = token.kind === 'number' && token.fraction === null && token.text.length <= GROUP_DIGITS
  return isGroup ? start + token.text.length : -1
}

/** Whether a number is the next group of the one that was passed over. */
function isNextGroup({ skipping, text }: Context, token: Token, start: number): boolean {
  if (skipping === null || skipping.groupTo < 0 || token.kind !== 'number') return false
  return token.text.length === GROUP_DIGITS && /^ {1,2}$/.test(text.slice(skipping.groupTo, start))
}

/** A number that comes, and the label before it. */
interface Next {
  readonly start: number
  readonly label: LabelToken | null
}

/** Whether the word has taken what it says of: its bracket or clause is over, «now» came, or another row begins. */
function isDone(context: Context, skipping: Skipping, { start, label }: Next): boolean {
  const inBracket = start < skipping.closesAt
  if (skipping.closesAt >= 0 ? !inBracket : isOver(context, start)) return true
  if (skipping.taken === 0) return false
  if (isCalledNow(context.text, start)) return true
  if (skipping.untilCurrent || inBracket) return false
  return (clauseEnded(context.text, start) && !isAgain(context)) || label === null || !goesOnRow(skipping, label)
}

/** Whether a clause ended between the number before and this one. */
function clauseEnded(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - CLAUSE_LETTERS), start)
  return /[,;)\n]|\.\s/.test(before.slice(before.search(/\d[^\d]*$/) + 1))
}

/** «Прошлые Т1 24288 Т2 76451, Т1 24563 …», «день 24288 ночь 76451, Т1 24563 …»: another row begins with such a label. */
function goesOnRow({ labels }: Skipping, { register, zone }: LabelToken): boolean {
  const [first] = labels
  if (first === undefined || (first.register === null) !== (register === null)) return false
  return !labels.some((one) => isSameLabel(one, { register, zone }))
}

type Named = Pick<LabelToken, 'register' | 'zone'>

function isSameLabel(one: Named, other: Named): boolean {
  return one.register === other.register && one.zone === other.zone
}

/** «Было 55959, 56311 стало»: the word behind is said of this number, for no other one follows it in its clause. */
function isCalledNow(text: string, start: number): boolean {
  const word = NOW_BEHIND_NUMBER.exec(text.slice(start, start + CLAUSE_LETTERS))?.[0]
  if (word === undefined) return false
  // In a line of its own it is a heading, where numbers follow.
  const noOther = word.includes('\n') ? /^\D*$/ : /^[^\d,;\n]*(?:[,;\n]|$)/
  return noOther.test(text.slice(start + word.length))
}

/** «Было 24288 день 76451 ночь, стало …»: the label behind a number that was passed over is passed over with it. */
export function isLabelOfSkipped(context: Context, { start, end }: Pick<Word, 'start' | 'end'>, label: Named): boolean {
  const { skipping, tokens, text } = context
  if (skipping === null) return false
  if (start < skipping.closesAt) return true
  const isBehind = /\d ?(?:квт\p{L}* ?)?[(-]?$/u.test(text.slice(Math.max(0, start - 8), start))
  if (skipping.taken === 0 || skipping.labels.length > 0 || context.lastEnd >= 0 || !isBehind) return false
  const labels = tokens.slice(0, skipping.behind).filter((token) => token.kind === 'label')
  const isRow = labels.length > 1 && labels.some((one) => isSameLabel(one, label))
  if (isRow) context.skipping = { ...skipping, taken: 0, from: end }
  return isRow || skipping.untilCurrent
}

/** «Ночь 76572; прошлые: день 24288, ночь 76451»: the last label had its value before the word. */
function isAgain({ tokens, skipping }: Context): boolean {
  const label = tokens.at(-1)
  if (label?.kind !== 'label') return false
  return tokens.slice(0, skipping?.behind).some((one) => one.kind === 'label' && isSameLabel(one, label))
}

/** Whether a clause ended between the word and `at`, and it was said of no number: «раньше не было света, показания …». */
function isOver({ text, skipping }: Context, at: number): boolean {
  if (skipping === null || skipping.untilCurrent || skipping.taken > 0) return false
  const said = text.slice(skipping.from, Math.min(at, skipping.from + 2 * CLAUSE_LETTERS))
  return /^\s?\?|\p{L}\s?[,;!?\n]|\p{L}{3}\.\s/u.test(said.replace(/показан\p{L}*/gu, ''))
}
