/** Numbers that a text itself calls previous readings or consumption (rule 12): which ones its words take away. */
import type { Context, Skipping, Word } from './context.ts'
import { groupAtEnd, isAsLong, isGreater } from './number-before.ts'
import type { LabelToken, Token } from './token.ts'

/** A number with more digits is an account or a serial, whatever word stands behind it. */
const VALUE_DIGITS_MAX = 8
/** What ends a clause behind a dash. */
const CLAUSE_END = /[,;()\n]| \/ |(?<=\p{L}{5})\. /u
/** How far behind a word the number may stand that it is said of. */
const CLAUSE_LETTERS = 40
/** Words that say that what follows is of now. */
const NOW = '(?:тек(?:ущ|(?!\\p{L}))|наст(?:оящ|(?!\\p{L}))|нынешн|нов[ыо]|стало|сейчас|теперь|конечн|current|now)'
const CURRENT = new RegExp(`(?<!\\p{L})${NOW}`, 'gu')

/** A unit behind a number. */
const UNIT = '(?:квт|kvt|м3|куб)\\p{L}*\\.?'
/** What may stand between a number and the word behind it that says of it: blanks, a unit, a dash. */
const BEHIND_NUMBER = new RegExp(`^\\s?(?:${UNIT} |[-\\u2013] ?)?$`, 'u')
/** What stands between a number and the word behind it that is set off by a bracket or a dash. */
const OPENS = new RegExp(`^\\s?(?:${UNIT}\\s?)?([(-])\\s?$`, 'u')
/** «(было), 56311 стало»: the next number has the word that says «now» behind it, so each word is said of the number before. */
const NOW_BEHIND_NUMBER = new RegExp(
  `^(?: (?:месяц|показани)\\p{L}{0,2})?[\\s,;/.)-]{0,3}\\d[\\d ]{2,7}\\s?(?:квт\\p{L}*\\.? )?[(-]?\\s?${NOW}\\p{L}*(?!\\p{L})\\.?\\)?(?![\\s:=.)-]{0,3}\\d)`,
  'u',
)

/** What goes on to be the same word: «расход за прошлый месяц», «всего потребили», «расход с 22.10 по 22.11». */
const TAIL = {
  previous: /^ (?:месяц|показани)\p{L}{0,2}(?=[\s.,;)-])/u,
  consumption:
    /^(?: (?:потреб|израсх|расход)\p{L}*)?(?: за (?:(?:прошл|предыдущ|прошедш|эт|весь)\p{L}{0,3} )?месяц(?!\p{L}))?(?: (?:с|по|за) \d{1,2}\.\d{2}(?:\.\d{2,4})?(?!\d)){0,2}/u,
} as const
/** «Старый номер КР468713 56311», «по прежнему номеру …»: an account's, not what the meter showed. */
const OLD_NUMBER = /^\p{L}{4,}(?:[ыи]й|[ео]го|[ео]му) номер/u
const OLD_NUMBER_LETTERS = 6
/** «352 расход за месяц, сейчас 56311»: no number comes before the word for «now». */
const NOW_NEXT = new RegExp(`^[^\\d\\n]*${CURRENT.source}`, 'u')

/** «352 расход, показания 56311», «352 расход показания 56311»: the readings begin behind the word. */
const READINGS_BEHIND = /^[\s.-]{0,3}пок(?:азан\p{L}{1,3})?[\s.:=-]{1,3}\d/u

/** Rule 12: numbers that the text itself calls previous or consumption. */
export function isSkipped(context: Context, token: Token, start: number): boolean {
  const { skipping } = context
  if (skipping === null || context.said === 'account') return false
  if (token.kind === 'number' && token.text.length > VALUE_DIGITS_MAX) return false
  const inBracket = start < skipping.closesAt
  const isOut = skipping.closesAt >= 0 ? !inBracket : isOver(context, start)
  if (isOut || (skipping.taken > 0 && isCalledNow(context.text, start))) {
    context.skipping = null
    return false
  }
  const last = context.tokens.length > skipping.behind ? context.tokens.at(-1) : undefined
  const label = last?.kind === 'label' ? last : null
  if (!skipping.untilCurrent && !inBracket && skipping.taken > 0) {
    const before = context.text.slice(Math.max(0, start - 40), start)
    const clauseEnded = /[,;)\n]|\.\s/.test(before.slice(before.search(/\d[^\d]*$/) + 1))
    if ((clauseEnded && !isAgain(context)) || label === null || !goesOnRow(skipping, label)) {
      context.skipping = null
      return false
    }
  }
  if (label !== null && (skipping.taken === 0 || !skipping.untilCurrent)) skipping.labels = [...skipping.labels, label]
  skipping.taken += 1
  if (label !== null) context.tokens.pop()
  return true
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

/** «предыдущие 55959», «55959 (предыдущие)», «55959 было, 56311 стало»: which numbers the word takes away. */
export function notNow(context: Context, at: Word, does: 'previous' | 'consumption'): number {
  const before = context.lastEnd < 0 ? '' : context.text.slice(context.lastEnd, at.start)
  if (OLD_NUMBER.test(context.text.slice(at.start, at.end + OLD_NUMBER_LETTERS))) return at.end
  const end = at.end + (TAIL[does].exec(context.text.slice(at.end, at.end + CLAUSE_LETTERS))?.[0].length ?? 0)
  const rest = context.text.slice(end, end + CLAUSE_LETTERS)
  context.lastCurrentAt ??= [...context.text.matchAll(CURRENT)].at(-1)?.index ?? -1
  const untilCurrent = context.lastCurrentAt >= at.end
  const group = groupAtEnd(context.tokens)
  const last = context.tokens.at(-1)
  const isValue = last?.kind === 'number' && last.text.length <= VALUE_DIGITS_MAX && last.glue !== '/'
  const opens = OPENS.exec(before)?.[1]
  const bracket = bracketAt(context.text, at)
  const saysItsOwn =
    bracket === null
      ? opens !== undefined && isOfNext(group, rest)
      : bracket.hasNumber || isOfBehind(context.text, bracket, isValue ? group : [], { does, untilCurrent })
  const isSameLine = !before.includes('\n') || NOW_BEHIND_NUMBER.test(rest)
  const isTold = isValue && isSameLine && isOfBefore(group, rest, { does, untilCurrent })
  const isBehind = BEHIND_NUMBER.test(before) && (isTold || endsClause(context, rest, group))
  if (!saysItsOwn && (opens !== undefined || isBehind)) {
    if (isValue) context.tokens.splice(-group.length)
    return end
  }
  context.skipping = {
    untilCurrent,
    taken: 0,
    labels: [],
    behind: context.tokens.length,
    from: at.end,
    closesAt: bracket?.hasNumber ? bracket.end : -1,
  }
  return at.end
}

/** What a word says of its number, and whether a word for «now» comes yet. */
interface NotNow {
  readonly does: 'previous' | 'consumption'
  readonly untilCurrent: boolean
}

/**
 * «(предыдущие показания на 22.10) 55959»: what may stand behind the word in its brackets; «(прошлый раз передавала 22.10)»
 * and «(расход не знаю)» are said of no number.
 */
const LABEL_IN_BRACKETS = {
  previous: /^(?=.*\d)(?: (?:показани\p{L}{1,2}|был[ои]|на|за|от|месяц\p{L}?|[\d.]{1,10}))*\.?$/u,
  consumption: /^(?!.*(?<!\p{L})не(?!\p{L}))/u,
} as const

/** A day, a year that is called one, «м3»; «92070» and «2070» may be readings. */
const NO_NUMBER =
  /(?<!\d)\d{1,2}\.(?:0\d|1[0-2])(?:\.\d+)?(?!\d)|(?<!\d)20\d\d(?= ?г)|(?<=(?:^|\s)(?:в|за) )20\d\d(?!\d)|[мm]3/gu

/** A bracket that a word opens: where it closes, what stands in it, and whether that has a number in it. */
interface Bracket {
  readonly end: number
  readonly inside: string
  readonly hasNumber: boolean
}

/** «56311 (расход за месяц 352)»: a day, a year or «м3» is no number; null where none is opened, or it isn't closed. */
function bracketAt(text: string, { start, end }: Word): Bracket | null {
  if (!/\(\s?$/.test(text.slice(Math.max(0, start - 2), start))) return null
  const inside = /^((?:[^()]|\([^()]*\))*)\)/.exec(text.slice(end, end + 2 * CLAUSE_LETTERS))?.[1]
  if (inside === undefined) return null
  return { end: end + inside.length, inside, hasNumber: /\d{2}/.test(inside.replace(NO_NUMBER, '')) }
}

/** «56311 (расход за месяц) 352», «(расход с 22.10 по 22.11) 352»: the number right behind the brackets may be that. */
function isOfBehind(text: string, { end, inside }: Bracket, group: readonly Token[], word: NotNow): boolean {
  const behind = text.slice(end + 1, end + 1 + CLAUSE_LETTERS)
  const [, next] = /^[\s:=-]{0,3}(\d[\d ]*)/.exec(behind) ?? []
  if (next === undefined) return false
  const isConsumption = word.does === 'consumption'
  if (!isConsumption && NOW_BEHIND_NUMBER.test(behind)) return false
  if (group.length === 0) return word.untilCurrent || LABEL_IN_BRACKETS[word.does].test(inside)
  return !isGreater(behind, group) && (isConsumption || isAsLong(next, group))
}

/** «- прошлый месяц 55959»: the number is in the same clause as its word, and no greater than the one before. */
function isOfNext(group: readonly Token[], all: string): boolean {
  const rest = withoutUnit(all)
  if (isGreater(rest, group)) return false
  return /^[\s:=.-]*\d/.test(rest) || /\d/.test(rest.split(CLAUSE_END, 1)[0] as string)
}

/** «Расход (квт) 352»: what stands in brackets without a digit says nothing of where the number is. */
function withoutUnit(rest: string): string {
  return rest.replace(/^\s?\([^()\d]*\)(?=[\s:=-]{0,3}\d)/, '')
}

/**
 * Whether what follows the word shows that it is said of the number before, which then is not the greater one, but for a
 * dial that began anew. At a line's end it is so only where «now», or readings, come yet.
 */
function isOfBefore(group: readonly Token[], rest: string, word: NotNow): boolean {
  const hasNow = NOW_BEHIND_NUMBER.test(rest)
  if (hasNow && word.does === 'previous') return true
  if (/\d/.test(rest) && !isGreater(rest, group)) return false
  const hasReadings = READINGS_BEHIND.test(rest)
  if (/^ ?\n/.test(rest)) return word.untilCurrent || hasReadings
  return hasNow || /^ ?[,;]/.test(rest) || NOW_NEXT.test(rest) || (hasReadings && word.does === 'consumption')
}

/** Whether a clause ended between the word and `at`, and it was said of no number: «раньше не было света, показания …». */
function isOver({ text, skipping }: Context, at: number): boolean {
  if (skipping === null || skipping.untilCurrent || skipping.taken > 0) return false
  const said = text.slice(skipping.from, Math.min(at, skipping.from + 2 * CLAUSE_LETTERS))
  return /^\s?\?|\p{L}\s?[,;!?\n]|\p{L}{3}\.\s/u.test(said.replace(/показан\p{L}*/gu, ''))
}

/**
 * «56311 (352 расход)»: with a blank before it the word takes the number only where no other one follows. Of a number that
 * is passed over already «расход (квт) 352» says nothing.
 */
function endsClause({ lastEnd }: Context, rest: string, group: readonly Token[]): boolean {
  if (withoutUnit(rest) !== rest && (lastEnd < 0 || !isGreater(rest, group))) return false
  const next = rest.search(/[\d)]/)
  return next < 0 ? rest.length < CLAUSE_LETTERS : rest[next] === ')'
}
