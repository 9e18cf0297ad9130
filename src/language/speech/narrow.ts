/** From readings to candidates (rule 9 of the candidate set). */
import { parted } from './decimals.ts'
import { readingsOf } from './readings.ts'
import { rowOf } from './row.ts'
import type { Token } from './token.ts'

/** What is asked for: a meter's value (whole digits of its dial, decimals that are kept), or an account of a branch. */
export type Wanted =
  | { readonly as: 'value'; readonly digits: number; readonly decimals: number }
  | { readonly as: 'account'; readonly pattern: string }

/** Every number of the wanted kind that a counted row may mean, sorted. */
export function candidatesIn(row: readonly Token[], wanted: Wanted): readonly string[] {
  return (wanted.as === 'value' ? valuesIn(row, wanted) : accountsIn(row, wanted.pattern)).toSorted()
}

function valuesIn(row: readonly Token[], { digits, decimals }: Extract<Wanted, { as: 'value' }>): readonly string[] {
  const parts = parted(row)
  if (parts === null) return []
  const fraction = parts.fraction.slice(0, decimals).replace(/0+$/, '')
  return readingsOf(rowOf(parts.whole), { charactersMax: digits, dropsZeros: true })
    .filter((whole) => !whole.includes('/'))
    .map((whole) => (whole === '' ? '0' : whole) + (fraction === '' ? '' : `.${fraction}`))
}

/** An account has no decimals: a mark in it is a pause that the recogniser wrote down. */
function accountsIn(row: readonly Token[], pattern: string): readonly string[] {
  const form = new RegExp(pattern, 'u')
  const shape = { charactersMax: longestMatch(pattern), dropsZeros: false }
  const said = rowOf(row.filter(({ is }) => is !== 'mark'))
  return readingsOf(said, shape).filter((account) => form.test(account))
}

/** No account of the field is longer; it bounds patterns that name no length themselves. */
const ACCOUNT_CHARACTERS_MAX = 32

/** One element of a pattern that is plain enough to be measured: a character or a class, and how often. */
const ELEMENT = /(?:\\.|\[(?:[^\]\\]|\\.)*\]|[^\\[\](){}|?*+^$])(?:\{(\d+)(?:,(\d+))?\}|\?)?/y

/** How many characters a match has at most, where the pattern is anchored and plain; else what accounts have at most. */
function longestMatch(pattern: string): number {
  if (!/^\^.*\$$/s.test(pattern)) return ACCOUNT_CHARACTERS_MAX
  const inner = pattern.slice(1, -1)
  let length = 0
  ELEMENT.lastIndex = 0
  while (ELEMENT.lastIndex < inner.length) {
    const element = ELEMENT.exec(inner)
    if (element === null) return ACCOUNT_CHARACTERS_MAX
    length += Number(element[2] ?? element[1] ?? 1)
  }
  return Math.min(length, ACCOUNT_CHARACTERS_MAX)
}
