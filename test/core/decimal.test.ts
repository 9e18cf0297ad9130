import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimal, decimalOf, wholeOf, withoutZeros, written } from '../../src/core/decimal.ts'

describe('decimal numbers', () => {
  test.each([
    ['0', 0n, '0'],
    ['0012', 12_000_000n, '12'],
    ['12.5', 12_500_000n, '12.5'],
    ['12,500', 12_500_000n, '12.5'],
    ['0.000001', 1n, '0.000001'],
    ['0.0000019', 1n, '0.000001'],
    ['999999999999.999', 999_999_999_999_999_000n, '999999999999.999'],
  ])('%s is read exactly', (text, amount, again) => {
    expect(decimal(text)).toBe(amount)
    expect(written(amount)).toBe(again)
  })

  test('a negative amount keeps its sign when written', () => expect(written(-500_000n)).toBe('-0.5'))

  test.each([
    [18, 18_000_000n],
    [0.1, 100_000n],
    [1e-7, 0n],
  ])('the number %s of the configuration is read exactly', (number, amount) => expect(decimalOf(number)).toBe(amount))

  test.each([
    ['3358', '3358'],
    ['3358.9', '3358'],
    ['3358,9', '3358'],
  ])('%s is cut, never rounded', (text, whole) => expect(wholeOf(text)).toBe(whole))

  test.each([
    ['000', '0'],
    ['00120', '120'],
    ['120', '120'],
  ])('%s loses the zeros in front', (digits, left) => expect(withoutZeros(digits)).toBe(left))

  test('what is written is read back', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), (amount) => decimal(written(amount)) === amount))
  })
})
