import { expect, test } from 'vitest'
import type { Meter } from '../../src/core/facts.ts'
import { about, meter } from './about.ts'

/** The same with seven digits. */
function wide({ registers, ...rest }: Meter): Meter {
  return { ...rest, registers: registers.map((one) => ({ ...one, digits: 7, lastValue: '1010000' })) }
}

const extra = 'rejected;code=EXTRA_VALUES'

test('a value may stand in three groups of thousands (rule 11)', () =>
  expect(about([wide(meter('111111111'))])('2880950001 1 010 110').accepted).toMatchObject([
    { registers: { T1: '1010110' } },
  ]))

test.each([
  ['10 1101', extra],
  ['10 11', extra],
  ['1010 110', extra],
  ['10; 110', extra],
  ['10,5 110', extra],
  ['101 105', 'rejected;code=TOO_MANY_DIGITS'],
])('«%s» on a dial of five digits is %s', (text, outcome) =>
  expect(about([meter('111111111')])(`2880950001 ${text}`).outcome).toBe(outcome),
)

test.each(['1 010 110000001 110', '110000001 1 010 110000001 110', '1 010 2880950001 110'])(
  'numbers between which account or meter is named are no groups of one: «%s» (rule 11)',
  (text) => {
    const say = about([wide(meter('110000001'))])
    expect(say(text.includes('2880950001') ? text : `2880950001 ${text}`)).toMatchObject({
      outcome: extra,
      accepted: [],
    })
  },
)

test('«1010 110» is no number in groups on a wider dial either', () =>
  expect(about([wide(meter('111111111'))])('2880950001 1010 110').outcome).toBe(extra))

test('where groups may be put together in two ways nothing is guessed (rule 9)', () => {
  const { registers, ...rest } = meter('111111111', 2)
  const long = { digits: 7, lastDate: '2025-10-22', monthlyUsage: null }
  const either = registers.map((one, at) => ({ ...one, ...long, lastValue: at === 0 ? '10' : '120' }))
  const said = (text: string) => about([{ ...rest, registers: either }])(`2880950001 ${text}`).accepted
  expect([said('10110; 120').length, said('10; 110120').length]).toEqual([1, 1])
  expect(said('10 110 120')).toEqual([])
})

test('a letter in a value beside another one in groups is refused (rule 11)', () =>
  expect(about([meter('111111111', 2)])('2880950001 10 110 101ж0').outcome).toBe('rejected;code=BAD_VALUE'))
