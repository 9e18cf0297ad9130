import type { Zone } from '../core/facts.ts'
import { placed } from './behind.ts'
import type { Context, Word } from './context.ts'
import type { LabelToken } from './token.ts'

/** «Ночью», «днём»: the forms that say when. */
const WHEN = /^(?:ночью|днем|nochyu|dnem)$/
/** What ends a clause right behind a word. */
const CLAUSE_ENDS = /^ ?[,;.!\n]/

/** A zone's word is a label, unless it may say when something was done: «звонила ночью, 10110 10120». */
export function zoneNamed(zone: Zone, { text, wordSince }: Context, at: Word): LabelToken {
  const label = placed<LabelToken>({ kind: 'label', register: null, zone }, text, at)
  const isOfWord = wordSince !== null && wordSince.length >= 3
  const signs = [isOfWord, WHEN.test(at.word), CLAUSE_ENDS.test(text.slice(at.end, at.end + 2))]
  const isPerhapsTime = label.isBehind !== true && signs.filter(Boolean).length > 1
  return isPerhapsTime ? { ...label, isPerhapsTime } : label
}

/** «День добрый»: the day before it is no register either; but «24563 день, добрый вечер» begins another greeting. */
const TURNED_GREETING =
  /(?:день добрый|дня доброго)(?!\p{L}| (?:вам |всем )?(?:д(?:ень|ня)|вечер|утр|ноч|сут|врем|здо?ро?в))/uy

/** How many letters a greeting turned round has that begins at `start`; 0: none begins there. */
export function turnedGreeting(text: string, start: number): number {
  TURNED_GREETING.lastIndex = start
  return TURNED_GREETING.exec(text)?.[0].length ?? 0
}
