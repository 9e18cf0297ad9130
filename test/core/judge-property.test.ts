import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcomeMember } from '../../schemas/outcome.ts'
import type { Claim, ClaimedValue, Verdict } from '../../src/core/claim.ts'
import type { Meter, Register, Service, Standing } from '../../src/core/facts.ts'
import { judge } from '../../src/core/judge.ts'
import { readingOf } from '../../src/dialog/items-and-events.ts'
import { claim, meter, values } from './claims.ts'

const service = fc.constantFrom<Service[]>('ELECTRICITY', 'COLD_WATER', 'HEAT')

const register: fc.Arbitrary<Partial<Register>> = fc
  .record({
    digits: fc.integer({ min: 3, max: 6 }),
    decimals: fc.integer({ min: 0, max: 3 }),
    last: fc.nat(999_999),
    monthlyUsage: fc.option(fc.nat(900).map(String)),
  })
  .map(({ last, ...rest }) => ({ ...rest, lastValue: String(last % 10 ** rest.digits) }))

const anyMeter: fc.Arbitrary<Meter> = fc
  .tuple(fc.array(register, { minLength: 1, maxLength: 3 }), service, fc.constantFrom(1, 20))
  .map(([registers, of, ratio]) => meter(registers, { service: of, ratio }))

const anyText = fc.oneof(fc.string(), fc.nat(9_999_999).map(String), fc.stringMatching(/^\d{1,12}([.,]\d{1,3})?$/))
const anyValue: fc.Arbitrary<ClaimedValue> = fc.record({
  register: fc.option(fc.constantFrom('T1', 'T2', 'T3', 'T4', '__proto__')),
  value: anyText,
})

/** What may come next on a dial, over its top too, and a little less than what stands on it. */
const next = ({ lastValue, digits }: Register) =>
  fc.integer({ min: -20, max: 400 }).map((used) => {
    const top = 10 ** digits
    return String((Number(lastValue) + used + top) % top)
  })

/** A meter and values near its last ones. */
const near = anyMeter.chain((of) => fc.tuple(fc.constant(of), fc.tuple(...of.registers.map(next))))

/** The same, damaged as people damage them, so that proposals come up. */
const nearly = near.chain(([of, texts]) => fc.tuple(fc.constant(of), damaged(texts)))

const unlabelled = (texts: readonly string[]) => texts.map((value) => ({ register: null, value }))
const anything = fc.oneof(
  fc.tuple(anyMeter, fc.array(anyValue, { maxLength: 5 })),
  near.map(([of, texts]) => [of, unlabelled(texts)] as const),
)

function damaged(texts: readonly string[]): fc.Arbitrary<readonly ClaimedValue[]> {
  const [first = '0'] = texts
  const others = texts.slice(1)
  const swapped = first.slice(0, -2) + [...first.slice(-2)].reverse().join('')
  const longer = fc.nat(9).map((digit) => [first + digit, ...others])
  return fc.oneof(fc.constant(texts.toReversed()), fc.constant([swapped, ...others]), longer).map(unlabelled)
}

function agreed(claimed: Claim, proposal: NonNullable<Verdict['proposal']>): Claim {
  const taken = proposal.values.map(({ register: label, value }) => ({ register: label, value }))
  const found = claimed.account.meters.find((one) => one.meter === proposal.meter) ?? claimed.meter
  return { ...claimed, meter: found, values: taken, confirmed: ['VERY_HIGH'], proposalTaken: true }
}

describe('for any meter and any values', () => {
  test('the judge never throws, and what it accepts is below no last value but over the top of the dial', () => {
    let accepted = 0
    fc.assert(
      fc.property(anything, ([of, typed]) => {
        const verdict = judge(claim({ meter: of, values: typed }), [])
        if (verdict.outcome.kind !== 'accepted') return
        accepted += 1
        expect(verdict.registers).toHaveLength(of.registers.length)
        const flagged = verdict.outcome.flags.includes('ROLLOVER')
        for (const { consumption, value, previous } of verdict.registers) {
          expect(flagged || Number(value) >= Number(previous)).toBe(true)
          expect(consumption).toMatch(/^\d+(\.\d+)?$/)
          expect(value).toMatch(/^\d+(\.\d{1,3})?$/)
        }
      }),
      { numRuns: 2000, seed: 23 },
    )
    expect(accepted).toBeGreaterThan(100)
  })

  test('a proposal is accepted when it is taken, and it is not what was typed', () => {
    let proposed = 0
    fc.assert(
      fc.property(nearly, nearly, ([of, typed], [other]) => {
        const claimed = claim({ meter: of, values: typed, others: [{ ...other, meter: '200300400' }] })
        const { proposal, outcome } = judge(claimed, [])
        if (proposal === null) return
        proposed += 1
        expect(outcome.kind).toBe('asked')
        expect(outcomeMember(judge(agreed(claimed, proposal), []).outcome)).toMatch(/^accepted;flags="CONFIRMED/)
      }),
      { numRuns: 3000, seed: 23 },
    )
    expect(proposed).toBeGreaterThan(100)
  })

  test('the same values again are a duplicate, whatever the order of their labels', () => {
    let accepted = 0
    fc.assert(
      fc.property(anything, ([of, typed]) => {
        const claimed = claim({ meter: of, values: typed })
        const { outcome, registers, period } = judge(claimed, [])
        if (outcome.kind !== 'accepted') return
        accepted += 1
        const stands = {
          ...{ branch: 'amur', account: claimed.account.account, meter: of.meter, period, byOperator: false },
          ...{ orderAt: claimed.orderAt, eventId: 'first' },
          registers: Object.fromEntries(registers.map(({ register: label, value }) => [label, value])),
        }
        const again = registers.map(({ register: label, value }) => ({ register: label, value })).reverse()
        expect(judge(claim({ meter: of, values: again }), [stands]).outcome).toEqual({ kind: 'duplicate' })
      }),
      { seed: 23 },
    )
    expect(accepted).toBeGreaterThan(10)
  })

  test('the value received last stands in the end, whatever order they arrive in, said once more or not', () => {
    const received = fc.uniqueArray(fc.record({ minute: fc.nat(59), value: fc.constantFrom('4800', '4801', '4802') }), {
      ...{ minLength: 2, maxLength: 6 },
      selector: ({ minute }) => minute,
    })
    fc.assert(
      fc.property(received, fc.boolean(), (all, byOperator) => {
        let stands: Standing | null = null
        for (const { minute, value } of all) {
          const orderAt = `2026-11-22T03:${String(minute).padStart(2, '0')}:00.000Z`
          const claimed = claim({ values: values(value), orderAt, byOperator })
          const verdict = judge(claimed, stands === null ? [] : [stands])
          if (verdict.outcome.kind === 'accepted')
            stands = readingOf({ claim: claimed, verdict, submittedAccount: '' }, { id: '' })
          else stands = verdict.restated ?? stands
        }
        const last = all.toSorted((one, other) => other.minute - one.minute)[0]
        expect(stands?.registers).toEqual({ T1: last?.value })
      }),
      { seed: 23 },
    )
  })
})
