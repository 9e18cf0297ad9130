import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigits } from '../../src/core/check-digits.ts'

test.each([
  ['the example of the form', '5012345678', '011234567890', '88'],
  ['an account with a stroke, by its digits', '12345/67', '011234567890', '20'],
  ['one digit of rest: filled up with a zero', '', '32', '02'],
])('%s', (_what, account, meter, digits) => expect(checkDigits(account, meter)).toBe(digits))

describe('for all numbers', () => {
  const number = fc.stringMatching(/^\d{1,15}$/)

  test('account, meter and check digits together leave 1 when divided by 97, as the standard has it', () => {
    fc.assert(
      fc.property(number, number, (account, meter) => {
        expect(BigInt(account + meter + checkDigits(account, meter)) % 97n).toBe(1n)
      }),
    )
  })

  test('one wrong digit, or two neighbours changed over, always shows', () => {
    fc.assert(
      fc.property(number, fc.nat(), fc.integer({ min: 1, max: 9 }), (digits, place, more) => {
        const at = place % digits.length
        const other = `${digits.slice(0, at)}${(Number(digits[at]) + more) % 10}${digits.slice(at + 1)}`
        expect(checkDigits(other, '1')).not.toBe(checkDigits(digits, '1'))
        const swapped = digits.slice(0, at) + (digits[at + 1] ?? '') + digits[at] + digits.slice(at + 2)
        if (swapped !== digits) expect(checkDigits(swapped, '1')).not.toBe(checkDigits(digits, '1'))
      }),
    )
  })

  test('what is no digit changes nothing', () => {
    fc.assert(
      fc.property(number, number, (account, meter) => {
        expect(checkDigits([...account].join('/'), `№ ${meter}`)).toBe(checkDigits(account, meter))
      }),
    )
  })
})
