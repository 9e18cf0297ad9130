import { describe, expect, test } from 'vitest'
import { hear } from '../../../src/language/speech/hear.ts'

const many = (word: string, times: number) => Array.from({ length: times }, () => word).join(' ')

describe('hostile speech ends, without a candidate', () => {
  test.each([
    ['200 pairs', many('двадцать один', 200)],
    ['3,000 hundreds', many('сто двадцать один', 600)],
    ['digits without end', '1'.repeat(10_000)],
    ['a glued word without end', 'двадцать'.repeat(1_200)],
    ['glued nonsense', 'тридвадва'.repeat(9)],
    ['corrections without end', many('нет двенадцать', 600)],
    ['a word that asks for its neighbours without end', `${many('семью,', 700)}${','.repeat(4_000)}семью`],
    ['units without end', many('пять минут', 900)],
    ['more than anyone says', `${' '.repeat(10_000)}12`],
  ])('%s', (_what, heard) => {
    expect(hear(heard, { as: 'value', digits: 5, decimals: 0 }).candidates).toEqual([])
    expect(hear(heard, { as: 'account', pattern: '^\\d{10}$' }).candidates).toEqual([])
  })

  test('zeros without end are a nought', () => {
    expect(hear(many('ноль', 1_900), { as: 'value', digits: 5, decimals: 0 }).candidates).toEqual(['0'])
  })

  test('a fraction without end is cut', () => {
    for (const fraction of ['1'.repeat(9_000), many('1', 4_900)]) {
      expect(hear(`12,${fraction}`, { as: 'value', digits: 5, decimals: 2 }).candidates).toEqual(['12.11'])
    }
  })

  test('what may mean too much means nothing, and what an account may mean is told in full', () => {
    expect(hear(many('сто двадцать один', 7), { as: 'account', pattern: '^\\d+$' }).candidates).toEqual([])
    expect(hear(many('двадцать один', 9), { as: 'account', pattern: '^\\d{18}$' }).candidates).toHaveLength(1)
    expect(hear(many('двадцать один', 7), { as: 'account', pattern: '^\\d{18}$' }).candidates).toHaveLength(35)
  })
})
