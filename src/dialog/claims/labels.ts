/** Which register a label of a meter names, and what two labels of one value say (rule 9). Pure. */
import type { Meter } from '../../core/facts.ts'
import type { LabelToken } from '../../language/token.ts'
import type { ValueToken } from './values.ts'

/** A label that no register of the meter has. */
export const NO_REGISTER = '?'

/** The meter's own name of a label; a zone is a mere word on a meter with one register (rule 8 counts `день` as filler). */
export function registerOf(label: LabelToken, { registers }: Meter): string | null {
  if (label.isMere && !registers.some(({ register }) => register === label.register)) return null
  if (label.register !== null) return label.register
  const found = registers.find(({ zone }) => zone === label.zone)
  if (found) return found.register
  return registers.length === 1 ? null : NO_REGISTER
}

/** A label, its value, and a label behind it that no value needs: «т1: 24563 (день), т2 …». */
function isBehindLabelled(tokens: readonly ValueToken[], at: number): boolean {
  const [first, value, next] = [tokens[at - 2], tokens[at - 1], tokens[at + 1]]
  if (tokens[at]?.kind !== 'label' || first?.kind !== 'label' || first.isBehind || value?.kind === 'label') return false
  return next === undefined || next.kind === 'label'
}

/** Whether two labels of a value name one register. */
function areSame(one: ValueToken | undefined, other: ValueToken | undefined, meter: Meter): boolean {
  return one?.kind === 'label' && other?.kind === 'label' && registerOf(one, meter) === registerOf(other, meter)
}

/** «т1: 24563 (день), т2: 76572 (ночь)»: of two labels that say the same of a value, the first. */
export function saidOnce(tokens: readonly ValueToken[], meter: Meter): readonly ValueToken[] {
  return tokens.filter((token, at) => !(isBehindLabelled(tokens, at) && areSame(tokens[at - 2], token, meter)))
}

/** «т1: 24563 (ночь), т2: 76572 (день)»: each value has a label on either side, and they don't agree. */
export function areAtOdds(tokens: readonly ValueToken[], meter: Meter): boolean {
  const lasts = [...tokens.keys()].filter((at) => at % 3 === 2)
  if (lasts.length < 2 || 3 * lasts.length !== tokens.length) return false
  return (
    lasts.every((at) => isBehindLabelled(tokens, at)) && lasts.some((at) => !areSame(tokens[at - 2], tokens[at], meter))
  )
}
