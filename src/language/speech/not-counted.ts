/** Numbers that are said but are no part of a reading (rule 7 of the candidate set). */
import { type Row, rowOf } from './row.ts'
import { isNumeral, type Token } from './token.ts'

/** Registers are told apart by 1, 2 and 3. */
const TARIFF_NUMBER = /^[123]$/

/** What a reading is made of; everything else leaves no trace in the row. */
const COUNTED: ReadonlySet<Token['is']> = new Set([
  ...(['number', 'scale', 'digit', 'half'] as const),
  ...(['mark', 'half-more', 'tenths', 'slash'] as const),
])
const TARIFFS: ReadonlySet<Token['is']> = new Set(['tariff', 'tariff-letter'])
const NOUNS: ReadonlySet<Token['is']> = new Set(['unit', 'unit-of-one', ...TARIFFS])

/** What counts of what was said. */
export interface Counted {
  readonly row: readonly Token[]
  /** The numbers that name a tariff, `1` to `3`: «по второму тарифу», «т два». */
  readonly tariffs: readonly string[]
}

/**
 * The row that counts: numbers before «минут», «ноября», «рублей» and those that name a tariff are gone, and so is every
 * word that is no number and no mark. «Right before» and «right after» look over hums («тариф, э, один») and nothing else,
 * so in «тридцать тысяч сто на двадцать второе ноября» the day is 22.
 */
export function countedRow(tokens: readonly Token[]): Counted {
  const kept: Token[] = []
  const afterOther = new Set<number>()
  for (const token of tokens) {
    if (COUNTED.has(token.is) || NOUNS.has(token.is)) kept.push(token)
    else if (token.is !== 'hum') afterOther.add(kept.length)
  }
  const row = rowOf(kept)
  const dropped = new Set<number>()
  const tariffs: string[] = []
  let behindOther = 0
  for (const [at, token] of kept.entries()) {
    // Not at «половиной»: «с» before it is no other word.
    if (afterOther.has(at) && isNumeral(token)) behindOther = at
    if (!NOUNS.has(token.is)) continue
    const start = afterOther.has(at) ? at : Math.max(startBefore(row, at), behindOther)
    const end = afterOther.has(at + 1) ? at + 1 : (row.numbers[at + 1]?.at(-1)?.end ?? at + 1)
    for (const place of placesNotCounted(row, { start, noun: at, end })) {
      const not = kept[place]
      if (TARIFFS.has(token.is) && not?.is === 'number') tariffs.push(not.text)
      dropped.add(place)
    }
  }
  return { row: kept.filter((token, at) => COUNTED.has(token.is) && !dropped.has(at)), tariffs }
}

/** A noun, and where the number right before it begins and the one right after it ends; where there is none, the noun's own bounds. */
interface Around {
  readonly start: number
  readonly noun: number
  readonly end: number
}

function placesNotCounted({ tokens, numbers }: Row, { start, noun, end }: Around): readonly number[] {
  const { is } = tokens[noun] ?? { is: 'other' }
  const before = tokens.slice(start, noun)
  const isOne = before.at(-1)?.is === 'number' && /(^|[^1])1$/.test(textAt(numbers, start, noun))
  if (is === 'unit' || (is === 'unit-of-one' && isOne)) return places(start, noun)
  if (is === 'unit-of-one') return []
  const last = before.at(-1)
  // «Двести первый тариф»: no meter has so many, and the hundred is the reading.
  if (is === 'tariff' && last?.is === 'number' && last.ordinal && TARIFF_NUMBER.test(last.text)) return [noun - 1]
  const behind = tokens[noun + 2]
  // «Т2 тысяча двести»: nobody counts «два тысяча», so the reading is 1200.
  const numberEnd = behind?.is === 'scale' && behind.one ? Math.min(end, noun + 2) : end
  return TARIFF_NUMBER.test(textAt(numbers, noun + 1, numberEnd)) ? places(noun + 1, numberEnd) : []
}

function places(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_none, index) => start + index)
}

function textAt(numbers: Row['numbers'], start: number, end: number): string {
  return numbers[start]?.find((number) => number.end === end)?.text ?? ''
}

/** Where begins what is said right before `end`: a number with its fraction («12,5 рублей»), or the digits of one word («00 копеек»). */
function startBefore(row: Row, end: number): number {
  const { tokens, starts } = row
  const last = tokens[end - 1]
  if (last === undefined || NOUNS.has(last.is)) return end
  if (last.is === 'mark' || last.is === 'half-more' || last.is === 'tenths') return startBefore(row, end - 1)
  const first = wordStart(tokens, starts.get(end) ?? end - 1)
  return tokens[first - 1]?.is === 'mark' ? startBefore(row, first - 1) : first
}

/** Leading zeros belong to the digit string that they stand in. */
function wordStart(tokens: readonly Token[], at: number): number {
  let start = at
  while (start > 0 && tokens[start - 1]?.source === tokens[at]?.source) start -= 1
  return start
}
