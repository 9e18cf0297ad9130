/** Whether a label or a service belongs to the number before it, for it stands apart from the next one. Pure. */
import type { LabelToken, ServiceToken } from './token.ts'

/** Where a word stands in a text. */
type Place = Readonly<Record<'start' | 'end', number>>

/** «10110 день», «10110 квт (день», «10110 по второму тарифу»: what may stand between a number and its label. */
const NUMBER_BEFORE = /\d\s?(?:(?:квт|kvt|м3|куб)\p{L}*\.?\s?)?[(-]?\s?(?:(?:по|это|за) )?$/u
const BEFORE_LETTERS = 16
/** «день, 10120», «день) 10120», «день и 10120», or the end. */
const APART = /^\.?(?:\)|\s?[,;\n]|\sи\s|$)/

/** «10110 день 10120», «10110 квт по дню 10120»: blanks alone stand between such a number and the word. */
const NUMBER_RIGHT_BEFORE = /\d {1,2}(?:(?:квт|kvt|м3|куб)\p{L}*\.? )?(?:(?:по|за) )?$/u

/** Whether nothing says which of the two numbers beside it a label or a service belongs to: «10110 день 10120». */
function standsBetween(text: string, { start, end }: Place): boolean {
  if (!/^\.? {1,2}\d/.test(text.slice(end, end + 4))) return false
  return NUMBER_RIGHT_BEFORE.test(text.slice(Math.max(0, start - BEFORE_LETTERS), start))
}

/** «10110 день, 10120», but «10110, день 10120»; «10110 день 10120» may be either. */
export function standsBehind(text: string, { start, end }: Place): boolean {
  if (!APART.test(text.slice(end, end + 4))) return false
  return NUMBER_BEFORE.test(text.slice(Math.max(0, start - BEFORE_LETTERS), start))
}

/** The token, and whether it may belong to either number beside its word. */
export function sided<Named extends LabelToken | ServiceToken>(token: Named, text: string, place: Place): Named {
  return standsBetween(text, place) ? { ...token, isBetween: true } : token
}

/** The token, and which numbers beside its word it may belong to. */
export function placed<Named extends LabelToken | ServiceToken>(token: Named, text: string, place: Place): Named {
  return standsBehind(text, place) ? { ...token, isBehind: true } : sided(token, text, place)
}
