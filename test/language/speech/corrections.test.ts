import { describe, expect, test } from 'vitest'
import { hear } from '../../../src/language/speech/hear.ts'
import type { Wanted } from '../../../src/language/speech/narrow.ts'
import { values } from './values.ts'

describe('corrections (rule 10)', () => {
  const words =
    'нет ой точнее точней вернее верней то·есть то-есть т.·е. не·так ошибся ошиблась извините простите стоп заново сначала или'
  test.each(words.split(' ').map((word) => word.replace('·', ' ')))('«%s» between two numbers asks', (word) => {
    const wanted: Wanted = { as: 'value', digits: 5, decimals: 0 }
    const corrected = { candidates: [], corrected: true, intent: null, tariffs: [] }
    expect(hear(`двенадцать, ${word}, тринадцать`, wanted)).toEqual(corrected)
    expect(hear(`двенадцать, ${word}, с половиной`, wanted)).toEqual(corrected)
    expect(hear(`${word} двенадцать`, wanted)).toMatchObject({ candidates: ['12'], corrected: false })
    expect(hear(`двенадцать ${word}`, wanted)).toMatchObject({ candidates: ['12'], corrected: false })
  })

  test('a number denied asks', () => {
    expect(hear('не двенадцать, а тринадцать', { as: 'value', digits: 5, decimals: 0 }).corrected).toBe(true)
  })

  test('«если не ошибаюсь» is none', () => {
    expect(values('двести если не ошибаюсь пять', 8)).toBe('2005 205')
  })

  test('minus before a number leaves none, behind it nothing', () => {
    expect(values('минус двенадцать')).toBe('')
    expect(values('двенадцать минус')).toBe('12')
  })
})
