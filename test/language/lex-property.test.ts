import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lex, TOKENS_MAX } from '../../src/language/lex.ts'
import type { Token } from '../../src/language/token.ts'
import { cpuMs } from './cpu-ms.ts'

/** Generous: on the machine that this was written on the slowest shape takes 20 ms. */
const BUDGET_MS = 250
const HOSTILE_LETTERS = 10_000

/** Pieces that the reader knows, so that random texts get far into it. */
const piece = fc.oneof(
  fc.constantFrom(
    'лс',
    'счетчик',
    'показания',
    'день',
    'ночь',
    'Т1',
    'т',
    'тариф',
    'пред',
    'расход',
    'кв.',
    'тел',
    'руб',
    'не',
    'а',
    'зона II',
  ),
  fc.constantFrom(
    '№',
    ',',
    '.',
    '-',
    '/',
    ':',
    ';',
    '\n',
    '(',
    ')',
    '\u00a0',
    '\u200b',
    '👍',
    '🌀',
    'О',
    'З',
    'e',
    'ё',
    '−',
  ),
  fc.stringMatching(/^\d{1,15}$/),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
)
const sms = fc.array(fc.tuple(piece, fc.constantFrom('', ' ')), { maxLength: 40 }).map((all) => all.flat().join(''))
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  sms,
)

/** NFKC, without what stands between digits unseen. */
function plain(said: string): string {
  return said
    .replaceAll('№', ' ')
    .normalize('NFKC')
    .replace(/\p{Cf}|\p{M}/gu, '')
}

/** Roman figures, and the letters that look like them. */
const FIGURES = /[il]/i

function runsOf(token: Token): readonly string[] {
  if (token.kind === 'code') return token.otherwise.flatMap(runsOf)
  if (token.kind === 'number') return token.fraction === null ? [token.text] : [token.text, token.fraction]
  return token.kind === 'bad' ? (token.text.match(/\d+/g) ?? []) : []
}

describe('any text', () => {
  test('is read without a throw, to a bounded number of tokens', () =>
    fc.assert(
      fc.property(text, (said) => {
        expect(lex(said).tokens.length).toBeLessThanOrEqual(TOKENS_MAX + 10)
      }),
      { numRuns: 2_000 },
    ))

  test('gives no digits that do not stand in it', () =>
    fc.assert(
      fc.property(text, (said) => {
        const stands = plain(said)
        for (const run of lex(said).tokens.flatMap(runsOf))
          if (!(FIGURES.test(stands) && /^[123]$/.test(run))) expect(stands).toContain(run)
      }),
      { numRuns: 2_000, examples: [['0🌀000 e 000'], ['0❷000 e 000'], ['зонаII22'], ['032403не 1339 а 91']] },
    ))

  test('is read the same way twice', () =>
    fc.assert(
      fc.property(text, (said) => {
        expect(lex(said)).toEqual(lex(said))
      }),
    ))
})

test.each([
  ...[
    '1',
    '0',
    '9 ',
    'д ',
    'пред ',
    'предыдущие 1 ',
    'пред, тек, ',
    '(было ',
    '12345 было/',
    'т ',
    'тариф ',
    '1,',
    '1.',
    '-1',
    '(',
    '((1',
    '1e',
    'а',
    'а1',
    '1а',
  ],
  ...[
    'ё',
    '№',
    'лс ',
    'кв 1 ',
    '8 9',
    '7(9',
    '20.',
    '1 1',
    '12 345 ',
    'день ',
    '1э',
    '\u0439'.normalize('NFD'),
    '\u200b',
  ],
  ...[
    '\n',
    '👌',
    'ночь1',
    '1:',
    '1/',
    '11аа',
    'ул ',
    'показания ',
    '\ufdfa',
    '٣',
    'расход ',
    'минус ',
    'п/',
    '1кв',
    'л/',
    '1 п.п. ',
    '12345 за месяц ',
    '22. 11. ',
    '22 числ',
    'тариф i ',
    'i тариф ',
    '123 d, ',
    'оa',
    ', а не 1',
    'расход 1 111 ',
    'п2 1 ',
    '12 п2 ',
    '12 (2) ',
  ],
  `${'я'.repeat(50)} `,
])('10,000 letters of «%s» are read in time', (shape) => {
  const said = shape.repeat(Math.ceil(HOSTILE_LETTERS / shape.length)).slice(0, HOSTILE_LETTERS)
  expect(cpuMs(() => void lex(said))).toBeLessThan(BUDGET_MS)
})
