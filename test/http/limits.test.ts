import { expect, test } from 'vitest'
import { createLimiter, networkOf } from '../../src/http/limits.ts'

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

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['192.0.2.7:51234', '192.0.2.7'],
  ['[2001:db8:1:2::9]:51234', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
  ['::ffff:c000:207', '192.0.2.7'],
  ['0:0:0:0:0:FFFF:192.0.2.7', '192.0.2.7'],
  ['2001:0DB8:0001:0002:0000:0000:0000:0009', '2001:db8:1:2::/64'],
  ['unknown', 'unknown'],
  ['a:b', 'a:b'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network))
