import { expect, test } from 'vitest'
import { createLimiter } from '../../src/http/limits.ts'

function limiter(keysMax = 100) {
  const clock = { ms: 0 }
  const made = createLimiter({ most: 2, windowMs: 1_000, keysMax, secret: 'of the test', monotonicMs: () => clock.ms })
  return { clock, ...made }
}

test('a key is used up after as many as it may, others are not', () => {
  const { isUsedUp, count } = limiter()
  count('one')
  expect(isUsedUp('one')).toBe(false)
  count('one')
  expect([isUsedUp('one'), isUsedUp('other')]).toEqual([true, false])
})

test('the window begins with the first and ends on time', () => {
  const { clock, isUsedUp, count } = limiter()
  count('one')
  clock.ms = 900
  count('one')
  clock.ms = 999
  expect(isUsedUp('one')).toBe(true)
  clock.ms = 1_000
  expect(isUsedUp('one')).toBe(false)
  count('one')
  expect(isUsedUp('one')).toBe(false)
  count('one')
  expect(isUsedUp('one')).toBe(true)
})

test('what is taken back is not counted', () => {
  const { isUsedUp, count } = limiter()
  count('one')
  const back = count('one')
  back()
  expect(isUsedUp('one')).toBe(false)
  count('one')
  expect(isUsedUp('one')).toBe(true)
})

test('of more keys than it keeps it forgets the one that was silent longest', () => {
  const { isUsedUp, count } = limiter(2)
  for (const key of ['a', 'a', 'b', 'b', 'a', 'c', 'c']) count(key)
  expect(['a', 'b', 'c'].map(isUsedUp)).toEqual([true, false, true])
})
