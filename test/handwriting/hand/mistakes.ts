import type { Chance } from './chance.ts'
import { SPOILINGS } from './spoiled.ts'

/** What is done wrong on a slip. */
export const MISTAKES = [
  ...SPOILINGS,
  'empty-box-inside',
  'blank-row',
  'all-blank',
  'written-outside',
  'implausible',
  'qr-unreadable',
] as const
export type Mistake = (typeof MISTAKES)[number]

const SHARES: readonly (readonly [Mistake | null, number])[] = [
  ['crossed-out', 0.028],
  ...(['overwritten', 'two-digits-in-box', 'blot'] as const).map((kind) => [kind, 0.014] as const),
  ['empty-box-inside', 0.02],
  ['blank-row', 0.02],
  ['all-blank', 0.01],
  ['written-outside', 0.015],
  ['implausible', 0.02],
  ['qr-unreadable', 0.02],
  [null, 0.825],
]

/** One of the mistakes, or none, as often as they happen. */
export function anyMistake(chance: Chance): Mistake | null {
  return chance.weighted(SHARES)
}
