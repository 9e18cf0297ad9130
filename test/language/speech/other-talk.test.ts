import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hear } from '../../../src/language/speech/hear.ts'

/** A sentence a line: what callers say beside numbers, and words that look like numbers and are none. */
const sentences = readFileSync(new URL('../../fixtures/other-talk.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')

test('words of other talk never become a number', () => {
  const heard = sentences.filter(
    (sentence) => hear(sentence, { as: 'value', digits: 12, decimals: 3 }).candidates.length > 0,
  )
  expect(heard).toEqual([])
})

test.each(['точка', 'запятая', 'с половиной', 'полтора', 'дробь', 'минус', 'тысяч', 'надцать', 'сот', 'десятых'])(
  '«%s» alone is no number',
  (word) => expect(hear(word, { as: 'value', digits: 12, decimals: 3 }).candidates).toEqual([]),
)

test('words of other talk around a number leave it alone', () => {
  const wanted = { as: 'value', digits: 5, decimals: 0 } as const
  const harmed = sentences.filter((sentence) => hear(`${sentence} показания сорок`, wanted).candidates.join() !== '40')
  expect(harmed).toEqual([])
})
