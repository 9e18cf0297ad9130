import { expect, test } from 'vitest'
import { instantOf, msOf, msOfRfc3339 } from '../../src/core/instant.ts'

const NOON = Date.parse('2026-11-22T12:00:00Z')

test.each([
  ['in UTC', '2026-11-22T12:00:00Z', NOON],
  ['in small letters', '2026-11-22t12:00:00z', NOON],
  ['with a space', '2026-11-22 12:00:00Z', NOON],
  ['with an offset', '2026-11-22T21:00:00+09:00', NOON],
  ['with a fraction', '2026-11-22T12:00:00.1234567890123Z', NOON + 123],
  ['without a zone', '2026-11-22T12:00:00', null],
  ['without seconds', '2026-11-22T12:00Z', null],
  ['on a day that there is not', '2026-02-30T12:00:00Z', null],
  ['with a zone by name', '2026-11-22T12:00:00Z[UTC]', null],
  ['a day alone', '2026-11-22', null],
  ['between blanks', ' 2026-11-22T12:00:00Z', null],
])('an instant %s is read as RFC 3339 has it', (_why, text, ms) => expect(msOfRfc3339(text)).toBe(ms))

test('instants are read and written anew each time, whichever came last', () => {
  for (const ms of [NOON, NOON + 1, NOON + 1, NOON]) expect(msOf(instantOf(ms))).toBe(ms)
  expect(instantOf(NOON)).toBe('2026-11-22T12:00:00.000Z')
  expect(msOf('2026-11-22T21:00:00+09:00')).toBe(NOON)
  expect(msOf('no instant')).toBeNaN()
  expect(() => instantOf(Number.NaN)).toThrow(RangeError)
})
