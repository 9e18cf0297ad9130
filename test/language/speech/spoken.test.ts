import { expect, test } from 'vitest'
import { hear } from '../../../src/language/speech/hear.ts'
import { ways } from './spoken.ts'

const wanted = { as: 'value', digits: 5, decimals: 0 } as const

test.each([
  [2, 'два'],
  [17, 'семнадцать'],
  [940, 'девятьсот сорок'],
  [1_001, 'одна тысяча один'],
  [22_012, 'двадцать две тысячи двенадцать'],
  [99_999, 'девяносто девять тысяч девятьсот девяносто девять'],
])('the library says %i rightly', (value, said) => expect(ways['in full']?.(value)).toBe(said))

/** Up to a thousand each, from there every 7th: every one of the thousands, and every rest with some of them. */
function* numbers(): Generator<number> {
  for (let value = 0; value <= 99_999; value += value < 1_000 ? 1 : 7) yield value
}

test.each(Object.entries(ways))('numbers from 0 to 99,999 said %s are in their own candidate sets', (_name, say) => {
  const missed: string[] = []
  for (const value of numbers()) {
    if (!hear(say(value), wanted).candidates.includes(String(value))) missed.push(`${value}: ${say(value)}`)
  }
  expect(missed.slice(0, 20)).toEqual([])
})

test('a number from a thousand on said in full means itself alone', () => {
  const doubtful: string[] = []
  for (const value of numbers()) {
    if (value >= 1_000 && hear(ways['in full']?.(value) ?? '', wanted).candidates.length !== 1)
      doubtful.push(String(value))
  }
  expect(doubtful).toEqual([])
})
