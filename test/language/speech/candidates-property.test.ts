import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hear } from '../../../src/language/speech/hear.ts'
import { digitsSaid, naiveReadings, naiveValues, type Said } from './naive.ts'

const word = (text: string, ...atoms: number[]): Said => ({ text, atoms, kind: 'word' })
const lexicon: readonly Said[] = [
  ...['одна', 'два', 'три', 'четыре', 'пять', 'шести', 'семь', 'восемь', 'девять'].map((text, at) =>
    word(text, at + 1),
  ),
  ...['десять', 'одинадцать', 'двенацать', 'тринадцать'].map((text, at) => word(text, at + 10)),
  ...['двадцать', 'трицать', 'сорока', 'пийсят'].map((text, at) => word(text, (at + 2) * 10)),
  ...['сто', 'двести', 'трёхсот', 'четыреста', 'пицот'].map((text, at) => word(text, (at + 1) * 100)),
]
const scales: readonly Said[] = [
  word('тысяча', -3),
  word('тыщи', -3),
  { ...word('тысяч', -3), needsNumber: true },
  word('миллион', -6),
  { ...word('миллионов', -6), needsNumber: true },
]
const others: readonly Said[] = [
  { text: 'пятый', atoms: [5], kind: 'ordinal' },
  { text: 'сороковой', atoms: [40], kind: 'ordinal' },
  { text: 'двухсотая', atoms: [200], kind: 'ordinal' },
  { text: 'нуля', atoms: [0], kind: 'counted' },
  { text: 'семёрки', atoms: [7], kind: 'name' },
]
const zero: Said = { text: 'ноль', atoms: [0], kind: 'zero' }
const digits = fc
  .oneof(
    fc.nat({ max: 999 }).map(String),
    fc.constantFrom('00', '045', '300', '1000', '1200', '12000', '20', '10', '12010'),
  )
  .map(digitsSaid)
const fillers = ['', ' ', ' э ', ' — ', ' показания ', ', ', ' и ']

const rows = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...lexicon) },
    { weight: 2, arbitrary: fc.constantFrom(...scales) },
    { weight: 1, arbitrary: fc.constant(zero) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
    { weight: 2, arbitrary: digits },
  ),
  { minLength: 1, maxLength: 8 },
)
const spoken = (row: readonly Said[], filler: string): string => row.map(({ text }) => text).join(` ${filler} `)
const runs = { numRuns: Number(process.env['SPEECH_RUNS'] ?? 3_000) }

test('a value has the candidates that the rules give it when they are read naively', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(...fillers), fc.integer({ min: 3, max: 12 }), (row, filler, dial) => {
      const heard = hear(spoken(row, filler), { as: 'value', digits: dial, decimals: 0 })
      expect(heard.candidates).toEqual(naiveValues(row, dial))
    }),
    runs,
  )
})

test('an account keeps its zeros and has the readings that its pattern matches', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 3, max: 18 }), (row, length) => {
      const heard = hear(spoken(row, ''), { as: 'account', pattern: `^\\d{${length}}$` })
      expect(heard.candidates).toEqual(
        naiveReadings(row)
          .filter((reading) => reading.length === length)
          .toSorted(),
      )
    }),
    runs,
  )
})

test('no text is too strange, and candidates are numbers', () => {
  const pieces = [
    'двадцать',
    'один',
    '12',
    '0',
    ',',
    '.',
    '/',
    'целых',
    'десятых',
    'и',
    'т',
    'рублей',
    'с',
    'половиной',
    'тысяч',
    '12345/67',
    '00001',
    'дробь',
  ]
  const strange = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 20 })
      .map((list) => list.join(' ')),
  )
  const heard = { values: 0, accounts: 0 }
  fc.assert(
    fc.property(strange, (text) => {
      for (const value of hear(text, { as: 'value', digits: 6, decimals: 2 }).candidates) {
        expect(value).toMatch(/^(0|[1-9]\d{0,5})(\.\d?[1-9])?$/)
        heard.values += 1
      }
      for (const account of hear(text, { as: 'account', pattern: '^\\d{5}/\\d{2}$' }).candidates) {
        expect(account).toMatch(/^\d{5}\/\d{2}$/)
        heard.accounts += 1
      }
    }),
    runs,
  )
  expect(heard.values).toBeGreaterThan(100)
  expect(heard.accounts).toBeGreaterThan(0)
})
