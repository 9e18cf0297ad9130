/** Numbers that a text itself calls previous readings or consumption (rule 12): which ones its words take away. */
import type { Context, Word } from './context.ts'
import type { Token } from './token.ts'

/** A number with more digits is an account or a serial, whatever word stands behind it. */
const VALUE_DIGITS_MAX = 8
/** How far behind a word the number may stand that it is said of. */
const CLAUSE_LETTERS = 40
/** Words that say that what follows is of now. */
const CURRENT =
  /(?<!\p{L})(?:тек(?:ущ|(?!\p{L}))|наст(?:оящ|(?!\p{L}))|нынешн|нов[ыо]|стало|сейчас|теперь|конечн|current|now)/gu

/** What may stand between a number and the word behind it that says of it: blanks, a unit, a dash. */
const BEHIND_NUMBER = /^\s?(?:(?:квт|kvt|м3|куб)\p{L}*\.? |[-\u2013]\s?)?$/u
/** «(было), 56311 стало»: the next number has the word that says «now» behind it, so each word is said of the number before. */
const NOW_BEHIND_NUMBER =
  /^[\s,;)-]{0,3}\d[\d ]{2,7}\s?(?:квт\p{L}*\.? )?[(-]?\s?(?:тек|наст|нынешн|нов[ыо]|стало|сейчас|теперь|конечн|now|current)\p{L}*(?!\p{L})\.?\)?(?![\s:=.)-]{0,3}\d)/u

/** Rule 12: numbers that the text itself calls previous or consumption. */
export function isSkipped(context: Context, token: Token, start: number): boolean {
  const { skipping } = context
  if (skipping === null || context.said === 'account') return false
  if (token.kind === 'number' && token.text.length > VALUE_DIGITS_MAX) return false
  const inBracket = start < skipping.closesAt
  if (skipping.closesAt >= 0 ? !inBracket : isOver(context, start)) {
    context.skipping = null
    return false
  }
  const isLabelled = context.tokens.length > skipping.behind && context.tokens.at(-1)?.kind === 'label'
  if (!skipping.untilCurrent && !inBracket && skipping.taken > 0) {
    const before = context.text.slice(Math.max(0, start - 40), start)
    const clauseEnded = /[,;)\n]|\.\s/.test(before.slice(before.search(/\d[^\d]*$/) + 1))
    if (clauseEnded || !isLabelled || !skipping.isLabelled) {
      context.skipping = null
      return false
    }
  }
  if (skipping.taken === 0) skipping.isLabelled = isLabelled
  skipping.taken += 1
  if (isLabelled) context.tokens.pop()
  return true
}

/** «предыдущие 55959», «55959 (предыдущие)», «55959 было, 56311 стало»: which numbers the word takes away. */
export function notNow(context: Context, at: Word): number {
  const before = context.lastEnd < 0 ? '' : context.text.slice(context.lastEnd, at.start)
  const rest = context.text.slice(at.end, at.end + CLAUSE_LETTERS)
  const opens = /^\s?([(-])\s?$/.exec(before)?.[1]
  const bracketed = bracketBehind(context.text, at)
  const saysItsOwn = opens === '-' ? /^[^,;()\n]*\d/.test(rest) : bracketed !== ''
  const last = context.tokens.at(-1)
  const isValue = last?.kind === 'number' && last.text.length <= VALUE_DIGITS_MAX && last.glue !== '/'
  const isTold = isValue && (/^ ?[,;\n]/.test(rest) || NOW_BEHIND_NUMBER.test(rest))
  const isBehind = BEHIND_NUMBER.test(before) && (isTold || endsClause(context.text, at.end))
  if ((opens !== undefined && !saysItsOwn) || isBehind) {
    if (isValue) context.tokens.pop()
    return at.end
  }
  context.lastCurrentAt ??= [...context.text.matchAll(CURRENT)].at(-1)?.index ?? -1
  const untilCurrent = context.lastCurrentAt >= at.end
  context.skipping = {
    untilCurrent,
    taken: 0,
    isLabelled: false,
    behind: context.tokens.length,
    from: at.end,
    closesAt: bracketed === '' ? -1 : at.end + bracketed.length,
  }
  return at.end
}

/**
 * «56311 (расход за месяц 352)»: what stands in the bracket behind the word that opens it; empty where there is no number in
 * it; a day, a year or «м3» is none.
 */
function bracketBehind(text: string, { start, end }: Word): string {
  if (!/\(\s?$/.test(text.slice(Math.max(0, start - 2), start))) return ''
  const inside = /^([^)]*)\)/.exec(text.slice(end, end + 2 * CLAUSE_LETTERS))?.[1] ?? ''
  return /\d{2}/.test(inside.replace(/\d{1,2}\.\d{2}(?:\.\d+)?|20\d\d(?!\d)|[мm]3/g, '')) ? inside : ''
}

/** Whether a clause ended between the word and `at`, and it was said of no number: «раньше не было света, показания …». */
function isOver({ text, skipping }: Context, at: number): boolean {
  if (skipping === null || skipping.untilCurrent || skipping.taken > 0) return false
  const said = text.slice(skipping.from, Math.min(at, skipping.from + 2 * CLAUSE_LETTERS))
  return /\p{L}\s?[,;!\n]|\p{L}{3}\.\s/u.test(said.replace(/показан\p{L}*/gu, ''))
}

/** «56311 (352 расход)»: with a blank before it the word takes the number only where no other one follows. */
function endsClause(text: string, end: number): boolean {
  const rest = text.slice(end, end + CLAUSE_LETTERS)
  const next = rest.search(/[\d)]/)
  return next < 0 ? end + CLAUSE_LETTERS >= text.length : rest[next] === ')'
}
