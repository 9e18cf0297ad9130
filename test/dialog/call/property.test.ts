import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixtureAccounts } from '../../core/fixture-registry.ts'
import { STRANGER } from '../talk.ts'
import { calling } from './talk.ts'

const words = [
  'да',
  'нет',
  'оператор',
  'повторите',
  'не знаю',
  'один',
  'двенадцать тысяч',
  'пять ноль пять семь',
  'КР468713',
  'свет',
  'алло',
  '',
]
const keys = [
  '0',
  '1',
  '2',
  '*',
  '#',
  '5057',
  '56311',
  '2880950488',
  '2863396002',
  '8840',
  '4146',
  '54300',
  '1268',
  '999999999999',
  '12*5',
]
const turns = fc.array(
  fc.oneof(fc.constantFrom(...words), fc.constantFrom(...keys.map((one) => `#${one}`)), fc.constant('…'), fc.string()),
  {
    maxLength: 25,
  },
)
const callers = fc.constantFrom(STRANGER, '+79635744912', '+79097140165', '+79635896059', '+79633044809')

/** Addresses and last values of the registry that a caller must never hear. */
const lastValues = [...fixtureAccounts().values()].flatMap(({ meters }) =>
  meters.flatMap(({ registers }) => registers.map(({ lastValue }) => lastValue)),
)
const secrets = new Set(lastValues.filter((value) => value.length >= 5))

test('whatever a caller does, every step has one outcome and something to say, and no account or last value is said', () => {
  fc.assert(
    fc.property(callers, turns, (from, does) => {
      const { start, say } = calling(from)
      for (const step of [start(), ...does.filter((one) => one !== '.').map(say)]) {
        const { say: said, expect: expected, outcome, decision, transfer } = step
        expect(decision.answer.outcomes).toHaveLength(1)
        expect(said.length).toBeGreaterThan(0)
        expect(expected === null).toBe(step.stage === 'over')
        expect(transfer === undefined || outcome.startsWith('held') || outcome.startsWith('none')).toBe(true)
        const digits = said.join(' ').replaceAll(/[ ,]/g, '')
        expect(digits).not.toMatch(/2880950488|2863396002|2879104778|2800711268/)
        for (const number of digits.match(/\d{5,}/g) ?? [])
          if (!does.some((one) => one.includes(number))) expect(secrets).not.toContain(number)
      }
      expect(say('.').expect).toBeNull()
    }),
    { numRuns: 300 },
  )
})
