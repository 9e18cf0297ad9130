import { expect, test } from 'vitest'
import { fitting } from '../../src/channel/fitting.ts'

test.each([20, 21])('a text that a messenger takes in %i units is never cut within a letter', (most) => {
  const cut = fitting('🙂'.repeat(30), most)
  expect([cut.isWellFormed(), cut.length <= most, cut.endsWith('…')]).toEqual([true, true, true])
})

test('a longer one ends with its last whole line that fits', () => {
  expect(fitting('день 123\nночь 456\nпик 789', 20)).toBe('день 123\nночь 456\n…')
  expect(fitting('день 123\nночь 456', 17)).toBe('день 123\nночь 456')
})
