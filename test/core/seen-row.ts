import type { BoxSeen, RowSeen } from '../../src/core/slip.ts'

/** A box as the net sees it: each sign (a digit, `_` empty, `-` a dash, `#` junk) with its probability; the rest is spread. */
export function boxOf(said: Readonly<Record<string, number>>): BoxSeen {
  const rest = Math.max(0, 1 - Object.values(said).reduce((sum, p) => sum + p, 0)) / 13
  const p = (sign: string): number => (said[sign] ?? 0) + rest
  return { digits: [...'0123456789'].map(p), empty: p('_'), dash: p('-'), junk: p('#') }
}

/** How sure the net is of a box that nothing is the matter with. */
const CLEAR = 0.9999

/** A row as written, one sign a box, all of them clear but for those that are given. */
export function rowOf(signs: string, doubts: Readonly<Record<number, Readonly<Record<string, number>>>> = {}): RowSeen {
  const [whole = '', decimals = ''] = signs.split(',')
  const boxes = [...whole, ...decimals].map((sign, k) => boxOf(doubts[k] ?? { [sign]: CLEAR }))
  return { register: 'T1', whole: whole.length, decimals: decimals.length, boxes, strayInk: false }
}
