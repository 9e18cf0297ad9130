/** Labels and numbers of one meter to claimed values (rules 9 and 11). Pure. */
import type { ClaimedValue } from '../core/claim.ts'
import type { Meter } from '../core/facts.ts'
import type { BadToken, LabelToken, NumberToken } from '../language/token.ts'

/** What may stand among one meter's values. */
export type ValueToken = NumberToken | LabelToken | BadToken

/** One value of a meter: claimed, or not to be read. */
export interface ReadValue extends ClaimedValue {
  /** A number that is none: `repaired` where it looks like one. */
  readonly bad: { readonly repaired: string | null } | null
}

/** A label that no register of the meter has. */
const NO_REGISTER = '?'

/** The values in the order of the text, labels settled, thousands in groups put together where the count then fits. */
export function readValues(tokens: readonly ValueToken[], meter: Meter): readonly ReadValue[] {
  return labelled(grouped(tokens, meter.registers.length), meter)
}

/** Whether `next` is three more digits of the number that `head` began, as in `1 044 408`. */
function continuesGroup(head: NumberToken, next: NumberToken): boolean {
  const isHead = /^\d{1,3}( \d{3})*$/.test(head.text) && head.fraction === null
  return isHead && next.glue === ' ' && next.text.length === 3 && !next.minus
}

/** Rule 11: `44 408` is 44408 where so many values are wanted, and not where the numbers alone are enough. */
function grouped(tokens: readonly ValueToken[], wanted: number): readonly ValueToken[] {
  const numbers = tokens.filter(({ kind }) => kind !== 'label').length
  if (numbers <= wanted) return tokens
  const joined: ValueToken[] = []
  for (const token of tokens) {
    const head = joined.at(-1)
    if (head?.kind === 'number' && token.kind === 'number' && continuesGroup(head, token)) {
      joined[joined.length - 1] = { ...head, text: `${head.text} ${token.text}`, fraction: token.fraction }
    } else joined.push(token)
  }
  const fits = joined.filter(({ kind }) => kind !== 'label').length === wanted
  return fits ? joined.map(ungapped) : tokens
}

function ungapped(token: ValueToken): ValueToken {
  return token.kind === 'number' ? { ...token, text: token.text.replaceAll(' ', '') } : token
}

/** Whether labels stand behind their values: `279478 (день), 862617 (ночь)`. */
function labelsBehind(tokens: readonly ValueToken[]): boolean {
  return tokens[0]?.kind !== 'label' && tokens.at(-1)?.kind === 'label'
}

function labelled(tokens: readonly ValueToken[], meter: Meter): readonly ReadValue[] {
  const inOrder = labelsBehind(tokens) ? [...tokens].reverse() : tokens
  const values: ReadValue[] = []
  let label: string | null = null
  for (const token of inOrder) {
    if (token.kind === 'label') {
      const named = registerOf(token, meter)
      label = label !== null && named !== null && named !== label ? NO_REGISTER : (named ?? label)
      continue
    }
    values.push(readValue(token, label))
    label = null
  }
  return inOrder === tokens ? values : values.reverse()
}

/** The meter's own name of a label; a zone is a mere word on a meter with one register (rule 8 counts `день` as filler). */
function registerOf(label: LabelToken, { registers }: Meter): string | null {
  if (label.register !== null) return label.register
  const found = registers.find(({ zone }) => zone === label.zone)
  if (found) return found.register
  return registers.length === 1 ? null : NO_REGISTER
}

function readValue(token: NumberToken | BadToken, register: string | null): ReadValue {
  if (token.kind === 'bad') return { register, value: token.text, bad: { repaired: token.repaired } }
  const value = token.fraction === null ? token.text : `${token.text}.${token.fraction}`
  return { register, value, bad: token.minus ? { repaired: null } : null }
}
