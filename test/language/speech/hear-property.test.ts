import fc from 'fast-check'
import { toCardinal } from 'n2words/ru-RU'
import { describe, expect, test } from 'vitest'
import { type Heard, hear } from '../../../src/language/speech/hear.ts'

const DIGITS = 5
const value = (heard: string): Heard => hear(heard, { as: 'value', digits: DIGITS, decimals: 0 })
const words = (number: number): string => toCardinal(number)

/** Sums of numbers that the library says and that are not among their own candidates, with what was heard. */
function missed(say: (number: number) => string): string[] {
  const found: string[] = []
  for (let number = 0; number < 10 ** DIGITS; number++) {
    const heard = say(number)
    if (!value(heard).candidates.includes(String(number))) found.push(`${number}: ${heard}`)
  }
  return found
}

describe('every number from 0 to 99,999 is among its own candidates', () => {
  test('said in full', () => expect(missed(words)).toEqual([]), 60_000)

  test('said digit by digit', () => {
    expect(missed((number) => [...String(number)].map((digit) => words(Number(digit))).join(' '))).toEqual([])
  }, 60_000)

  test('said in pairs', () => {
    const pairs = (number: number) => String(number).match(/\d{1,2}/g) ?? []
    const said = (pair: string) =>
      pair.startsWith('0') ? [...pair].map((one) => words(Number(one))).join(' ') : words(Number(pair))
    expect(missed((number) => pairs(number).map(said).join(' '))).toEqual([])
  }, 60_000)
})

const NUMBER_WORDS =
  'ноль нуля один одна два две три четыре пять десять одиннадцать двадцать сорок сто двести тысяча тысяч миллион полтора первый сорок пятый семерка запятая целых десятых и минус дробь тариф минут нет 7 12 345 007'.split(
    ' ',
  )
/** Talk of people on the telephone in which nobody says a number. */
const TALK =
  'здравствуйте девушка я хочу передать показания за свет по квартире у меня счетчик в подъезде сейчас посмотрю подождите пожалуйста очки найду вот она лампочка горит мама стоит пятно стол сторож двор тройник семья пятка первоначально сотрудник тысячелистник опять одинаково дважды одеваюсь седой восьмушка нольный столько сколько стоимость сторона двойня разница'.split(
    ' ',
  )

describe('any text', () => {
  test('is heard without an error, and gives nothing but numbers of the dial', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), row(NUMBER_WORDS), row([...NUMBER_WORDS, ...TALK])),
        (heard) => {
          const { candidates, corrected } = value(heard)
          for (const one of candidates) expect(one).toMatch(/^(0|[1-9]\d{0,4})$/)
          expect(candidates).toEqual([...new Set(candidates)].sort())
          if (corrected) expect(candidates).toEqual([])
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('of other talk is no number', () => {
    fc.assert(
      fc.property(row(TALK), (heard) => {
        expect(value(heard).candidates).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    ['ten thousand zeros', '0'.repeat(10_000)],
    ['number words without end', 'двадцать один '.repeat(700)],
    ['thousands without end', 'тысяча ноль '.repeat(800)],
    ['repeated repeats', 'девять нулей '.repeat(750)],
    ['a glued word without end', 'двадцатьодин'.repeat(830)],
    ['marks without end', '1,'.repeat(5_000)],
    ['tariffs without end', 'т 1 '.repeat(2_500)],
    ['negations without end', 'не '.repeat(3_333)],
  ])('of ten thousand hostile characters is read to its end: %s', (_why, heard) => {
    expect(value(heard).candidates.length).toBeLessThan(100)
    const account = hear(heard, { as: 'account', pattern: '^\\d{18}$' }).candidates
    expect(account.every((one) => /^\d{18}$/.test(one))).toBe(true)
  })
})

function row(of: readonly string[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...of), { maxLength: 12 }).map((some) => some.join(' '))
}
