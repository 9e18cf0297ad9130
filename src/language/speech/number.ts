/** How words join to one number (rules 2–4 of the candidate set). Numbers are kept as their digits, of any length. */
import type { NumberWord, ScaleWord, Token } from './token.ts'

/** A well-formed number in the row, up to `end` (exclusive). */
export interface SpokenNumber {
  readonly end: number
  readonly text: string
  /** It holds a scale word or an ordinal, so it may not be cut shorter than it can be (rule 6). */
  readonly tied: boolean
}

/** A number while it grows: what its scale words have closed, the 1–999 behind them, zeros that hold empty places. */
interface Growing {
  readonly closed: string
  readonly open: string
  readonly held: number
}

/** Every well-formed number that begins at `start`, the shortest first; none where no number begins. */
export function numbersFrom(row: readonly Token[], start: number): readonly SpokenNumber[] {
  const numbers: SpokenNumber[] = []
  let growing: Growing | null = { closed: '', open: '', held: 0 }
  for (let at = start; growing !== null && at < row.length; at++) {
    const token: Token | undefined = row[at]
    growing = token === undefined ? null : grown(growing, token)
    if (growing === null || growing.held > 0) continue
    const ordinal = token !== undefined && 'ordinal' in token && token.ordinal
    numbers.push({ end: at + 1, text: textOf(growing), tied: growing.closed !== '' || ordinal })
    if (ordinal) break
  }
  return numbers
}

function grown(growing: Growing, token: Token): Growing | null {
  if (token.is === 'number') return withNumber(growing, token)
  if (token.is === 'scale') return withScale(growing, token)
  return token.is === 'digit' && token.digit === '0' ? withZero(growing) : null
}

function textOf({ closed, open }: Growing): string {
  return open === '' ? closed : placed(closed, open)
}

/** Puts digits in the place of as many zeros at the end. */
function placed(number: string, digits: string): string {
  return number.slice(0, Math.max(0, number.length - digits.length)) + digits
}

function withNumber({ closed, open, held }: Growing, { text }: NumberWord): Growing | null {
  const room = roomIn(open === '' ? closed : open) - held
  if (text.length > room) return null
  if (text.length > 3) return open === '' ? { closed: placed(closed, text), open: '', held: 0 } : null
  return { closed, open: placed(open, text), held: 0 }
}

/** Multiplies the 1–999 before it, or counts once: «тысяча двести», «миллион тысяча». */
function withScale({ closed, open, held }: Growing, { zeros, alone }: ScaleWord): Growing | null {
  if (held > 0 || (open === '' && !alone)) return null
  const word = (open === '' ? '1' : open) + '0'.repeat(zeros)
  return word.length > roomIn(closed) ? null : { closed: placed(closed, word), open: '', held: 0 }
}

/** After a hundred or a thousand a zero may hold an empty place; whether a word follows that fits shows later. */
function withZero({ closed, open, held }: Growing): Growing | null {
  const room = roomIn(open === '' ? closed : open)
  return (room === 2 || room === 3) && held + 1 < room ? { closed, open, held: held + 1 } : null
}

/**
 * How many digits the next word may have. Ten takes nothing («десять один» is no 11), and from a thousand on only whole
 * groups of three are empty: «двадцать тысяч» takes no second thousand.
 */
function roomIn(number: string): number {
  if (number === '') return Number.POSITIVE_INFINITY
  const zeros = number.length - number.replace(/0+$/, '').length
  if (number.endsWith('10')) return 0
  return zeros < 3 ? zeros : zeros - (zeros % 3)
}
