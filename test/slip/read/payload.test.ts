import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { payloadOf } from '../../../src/slip/read/payload.ts'

const GOOD =
  'ST00012|Name=ЭНЕРГОСБЫТ|PersAcc=5012345678|CounterId=011234567890|PaymPeriod=112025|TechCode=02|Form=R1|Regs=60,51|Chk=88'

test('the code of a slip says whose it is and where its boxes are', () => {
  expect(payloadOf(GOOD)).toEqual({
    identity: { account: '5012345678', meter: '011234567890', printedFor: '2025-11' },
    rows: [
      { register: 'T1', whole: 6, decimals: 0 },
      { register: 'T2', whole: 5, decimals: 1 },
    ],
  })
})

test('an account that is not digits only stands as it is, and its digits are checked', () => {
  // 123456701123 · 100 mod 97 = 33, and 98 − 33 = 65.
  expect((123456701123n * 100n) % 97n).toBe(33n)
  expect(
    payloadOf(GOOD.replace('5012345678', '12345/67').replace('011234567890', '01123').replace('Chk=88', 'Chk=65'))
      ?.identity,
  ).toMatchObject({
    account: '12345/67',
    meter: '01123',
  })
})

describe('what is no slip of ours', () => {
  test.each([
    ['a bill', 'ST00012|Name=АО|PersonalAcc=40702810600000012345|PersAcc=5012345678|Sum=100'],
    ['another form', GOOD.replace('Form=R1', 'Form=R2')],
    ['wrong check digits', GOOD.replace('Chk=88', 'Chk=87')],
    ['no check digits', GOOD.replace('|Chk=88', '')],
    ['another encoding', GOOD.replace('ST00012', 'ST00011')],
    ['no row', GOOD.replace('Regs=60,51', 'Regs=')],
    ['four rows', GOOD.replace('Regs=60,51', 'Regs=60,60,60,60')],
    ['a row of nine boxes', GOOD.replace('Regs=60,51', 'Regs=81')],
    ['a row without whole digits', GOOD.replace('Regs=60,51', 'Regs=03')],
    ['a month that is none', GOOD.replace('112025', '132025')],
    [
      'an account with what moves a terminal’s cursor',
      GOOD.replace('5012345678', '5012345678\u001b[2J').replace('Chk=88', 'Chk=08'),
    ],
    [
      'an account with the same in one character',
      GOOD.replace('5012345678', '5012345678\u009b2J').replace('Chk=88', 'Chk=08'),
    ],
    ['a serial of two lines', GOOD.replace('011234567890', '011234567890\nSlip 7').replace('Chk=88', 'Chk=74')],
    ['an account that is written backwards', GOOD.replace('5012345678', '\u202e5012345678')],
    ['nothing', ''],
  ])('%s', (_why, text) => expect(payloadOf(text)).toBeNull())
})

test('a digit changed, or two neighbours swapped, never passes the check digits', () => {
  fc.assert(
    fc.property(fc.nat({ max: 9 }), fc.integer({ min: 1, max: 9 }), fc.boolean(), (at, by, swap) => {
      const account = [...'5012345678']
      const changed = swap
        ? account.toSpliced(at % 9, 2, account[(at % 9) + 1] ?? '', account[at % 9] ?? '')
        : account.with(at, String((Number(account[at]) + by) % 10))
      expect(payloadOf(GOOD.replace('5012345678', changed.join('')))).toBeNull()
    }),
  )
})

test('any text is either a payload or null, and nothing throws', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat({ max: GOOD.length }), (text, at) => {
      expect(payloadOf(text)).toBeNull()
      payloadOf(GOOD.slice(0, at) + text)
    }),
  )
})
