/** Words that call a number previous, or consumption (rule 12): whether the one before, or those behind (skipped.ts). */
import type { Context, Word } from './context.ts'
import { groupAtEnd, isAsLong, isGreater, isLater, rowAtEnd, rowsBeside } from './number-before.ts'
import type { NumberToken, Token } from './token.ts'

/** A number with more digits is an account or a serial, whatever word stands behind it. */
export const VALUE_DIGITS_MAX = 8
/** So many digits at most stand behind the slash of an account. */
const ACCOUNT_TAIL_MAX = 3
/** What ends a clause behind a dash. */
const CLAUSE_END = /[,;()\n]| \/ |(?<=\p{L}{5})\. /u
/** How far behind a word the number may stand that it is said of. */
export const CLAUSE_LETTERS = 40
/** Words that say that what follows is of now. */
const NOW = '(?:тек(?:ущ|(?!\\p{L}))|наст(?:оящ|(?!\\p{L}))|нынешн|нов[ыо]|стало|сейчас|теперь|конечн|current|now)'
const CURRENT = new RegExp(`(?<!\\p{L})${NOW}`, 'gu')

/** A unit behind a number. */
const UNIT = '(?:квт|kvt|м3|куб)\\p{L}*\\.?'
/** What may stand between a number and the word behind it that says of it: blanks, a unit, a dash. */
const BEHIND_NUMBER = new RegExp(`^\\s?(?:${UNIT} |[-\\u2013/] ?)?$`, 'u')
/** What stands between a number and the word behind it that is set off by a bracket or a dash. */
const OPENS = new RegExp(`^\\s?(?:${UNIT}\\s?)?([(-])\\s?$`, 'u')
/** «(было), 56311 стало»: the next number has the word that says «now» behind it, so each word is said of the number before. */
export const NOW_BEHIND_NUMBER = new RegExp(
  `^(?: (?:месяц|показани)\\p{L}{0,2})?[\\s,;/.)-]{0,3}\\d[\\d ]{2,7}(?:[.,]\\d{1,3})?\\s?(?:квт\\p{L}*\\.? )?[(/-]?\\s?${NOW}\\p{L}*(?!\\p{L})\\.?\\)?(?![\\s:=.)-]{0,3}\\d)`,
  'u',
)

/** What goes on to be the same word: «расход за прошлый месяц», «всего потребили», «расход с 22.10 по 22.11». */
const TAIL = {
  previous: /^ (?:месяц|показани)\p{L}{0,2}(?=[\s.,;)-])/u,
  consumption:
    /^(?: (?:потреб|израсх|расход)\p{L}*)?(?: за (?:(?:прошл|предыдущ|прошедш|эт|весь)\p{L}{0,3} )?месяц(?!\p{L}))?(?: (?:с|по|за) \d{1,2}\.\d{2}(?:\.\d{2,4})?(?!\d)){0,2}/u,
} as const
/** «Старый номер КР468713 56311», «по прежнему номеру …», «(старый счёт КР468713)»: an account's, not what the meter showed. */
const OLD_NUMBER =
  /^(?:\p{L}{4,}(?:[ыи]й|[ео]го|[ео]му) номер|(?:стар|прежн)\p{L}{2,3} (?:лицев|лс(?!\p{L})|счета?(?!\p{L})))/u
const OLD_NUMBER_LETTERS = 7
/** «352 расход за месяц, сейчас 56311»: no number comes before the word for «now». */
const NOW_NEXT = new RegExp(`^[^\\d\\n]*${CURRENT.source}`, 'u')

/** «352 расход, показания 56311», «352 расход показания 56311»: the readings begin behind the word. */
const READINGS = 'пок(?:азан\\p{L}{1,3})?[\\s.:=-]{1,3}'
const READINGS_BEHIND = new RegExp(`^[\\s.-]{0,3}${READINGS}\\d`, 'u')

/** «предыдущие 55959», «55959 (предыдущие)», «55959 было, 56311 стало»: which numbers the word takes away. */
export function notNow(context: Context, at: Word, does: 'previous' | 'consumption'): number {
  const before = context.lastEnd < 0 ? '' : context.text.slice(context.lastEnd, at.start)
  if (OLD_NUMBER.test(context.text.slice(at.start, at.end + OLD_NUMBER_LETTERS))) return at.end
  const end = at.end + (TAIL[does].exec(context.text.slice(at.end, at.end + CLAUSE_LETTERS))?.[0].length ?? 0)
  const rest = context.text.slice(end, end + CLAUSE_LETTERS)
  context.lastCurrentAt ??= [...context.text.matchAll(CURRENT)].at(-1)?.index ?? -1
  const untilCurrent = context.lastCurrentAt >= at.end
  const last = context.tokens.at(-1)
  const isValue = last?.kind === 'number' && last.text.length <= VALUE_DIGITS_MAX && !isApart(last, rest)
  const group = isValue ? groupAtEnd(context.tokens) : []
  const opens = OPENS.exec(before)?.[1]
  const bracket = bracketAt(context.text, at)
  const saysItsOwn =
    bracket === null
      ? opens !== undefined && isOfNext(group, rest)
      : bracket.hasNumber || isOfBehind(context.text, bracket, group, { does, untilCurrent })
  const isSameLine = !before.includes('\n') || NOW_BEHIND_NUMBER.test(rest)
  const isTold =
    isValue &&
    isSameLine &&
    (isOfBefore(group, rest, { does, untilCurrent }) || areOnlyTwo(context.tokens, group, { rest, does }))
  const isBehind = BEHIND_NUMBER.test(before) && (isTold || endsClause(context, rest, group))
  const rows = bracket === null ? rowsBeside(context.text, end, context.tokens) : null
  if (rows?.past === 'before') {
    context.tokens.splice(-rows.count)
    return end
  }
  if (!saysItsOwn && rows === null && (opens !== undefined || isBehind)) {
    if (isValue) context.tokens.splice(-rowAtEnd(context.tokens, group).length)
    return end
  }
  context.skipping = {
    untilCurrent,
    taken: 0,
    groupTo: -1,
    labels: [],
    behind: context.tokens.length,
    from: at.end,
    closesAt: bracket?.hasNumber ? bracket.end : (rows?.end ?? -1),
  }
  return at.end
}

/** `11111/11`: an account's second part; «55959 56311 (было/стало)»: of each its own, but not «352 расход/текущие 56311». */
function isApart({ glue, text }: NumberToken, rest: string): boolean {
  return (glue === '/' && text.length <= ACCOUNT_TAIL_MAX) || NOW_BEHIND_SLASH.test(rest)
}

const NOW_BEHIND_SLASH = new RegExp(`^\\.?\\s?/\\s?${NOW}\\p{L}*(?!\\p{L}|[\\s.:=-]{0,3}\\d)`, 'u')

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

/** A digit alone is one right behind its word, or at the end: «(расход за месяц 7 квт)», but not «(расход за 1 месяц)». */
const NUMBER = new RegExp(`\\d{2}|^[\\s.:=-]{0,3}\\d(?!-?\\p{L})|\\d ?(?:(?:${UNIT}|гкал) ?)?\\.?$`, 'u')

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
  return { end: end + inside.length, inside, hasNumber: NUMBER.test(inside.replace(NO_NUMBER, '')) }
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

/** Nothing behind a word but the other one of two numbers, and an account: «⏎56311», « показания 56311,4, лс 2880950488». */
const LAST_NUMBER = new RegExp(
  `^[\\s.!]{0,3}(?:${READINGS})?\\d[\\d ]*(?:[.,]\\d{1,3} ?)?(?:${UNIT})?(?:\\D{1,16}\\d{${VALUE_DIGITS_MAX + 1},})?[\\s.!]{0,3}$`,
  'u',
)

/** «55959 предыдущие⏎56311», «352 расход 56311»: only one of two numbers can be the reading, and it is the one behind. */
function areOnlyTwo(
  tokens: readonly Token[],
  group: readonly Token[],
  { rest, does }: { readonly rest: string } & Pick<NotNow, 'does'>,
): boolean {
  const isReading = does === 'previous' ? isLater(rest, group) : isGreater(rest, group)
  if (rest.length >= CLAUSE_LETTERS || !LAST_NUMBER.test(rest) || !isReading) return false
  const isSole = !tokens
    .slice(0, -group.length)
    .some((one) => one.kind === 'number' && one.text.length <= VALUE_DIGITS_MAX)
  const isOther = group.some((one) => one.kind === 'number' && (one.said === 'account' || one.said === 'meter'))
  return isSole && !isOther
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
