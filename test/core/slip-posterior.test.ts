import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Branch } from '../../src/core/branch.ts'
import type { Register } from '../../src/core/facts.ts'
import type { RowSeen } from '../../src/core/slip.ts'
import { BOUNDS, readRow } from '../../src/core/slip-posterior.ts'
import { expectationOf, type Known } from '../../src/core/slip-use.ts'
import { spellingOf } from '../../src/core/slip-values.ts'
import { boxOf, rowOf } from './seen-row.ts'

const branch = Branch.parse({
  id: 'amur',
  name: 'Amur',
  timeZone: 'Asia/Yakutsk',
  window: { fromDay: 20, toDay: 25, closesAt: '24:00', outside: 'next-period' },
  accountPattern: '^\\d{10}$',
})

/** Last billed 30 days ago; the cap is 18 kW × 24 h × 30 = 12960 kWh. */
function known(lastValue: string, monthlyUsage: string | null = '150', digits = 5): Known {
  const register: Register = {
    register: 'T1',
    zone: 'TOTAL',
    digits,
    decimals: 0,
    lastValue,
    lastDate: '2026-10-26',
    monthlyUsage,
  }
  const meter = {
    meter: '1',
    service: 'ELECTRICITY',
    status: 'ACTIVE',
    replacedBy: null,
    ratio: 1,
    registers: [register],
  } as const
  return { register, scale: { branch, meter, day: Date.parse('2026-11-25') / 86_400_000 } }
}

function told(row: RowSeen, what: Known | null): string {
  const { value, why } = readRow(row, what)
  return `${value} ${why ?? 'sure'}`
}

describe('a row is read', () => {
  test.each<[why: string, row: RowSeen, known: Known | null, outcome: string]>([
    ['plainly', rowOf('04850'), known('4700'), '4850 sure'],
    ['with empty boxes in front', rowOf('_4850'), known('4700'), '4850 sure'],
    ['with dashes in front', rowOf('-4850'), known('4700'), '4850 sure'],
    ['with decimals', rowOf('04850,7'), known('4700'), '4850.7 sure'],
    ['with an empty box in front of decimals', rowOf('_4850,7'), known('4700'), '4850.7 sure'],
    ['with no digit before the comma', rowOf('_____,7'), known('0'), '0.7 sure'],
    ['when nothing was used', rowOf('04700'), known('4700'), '4700 sure'],
    ['over the top of the dial', rowOf('00070'), known('99950'), '70 sure'],
    [
      'with a doubtful thousand that the last reading settles',
      rowOf('04850', { 1: { 4: 0.98, 9: 0.0199 } }),
      known('4700'),
      '4850 sure',
    ],
    ['but not with a doubtful unit', rowOf('04850', { 4: { 0: 0.7, 6: 0.29 } }), known('4700'), '4850 UNCERTAIN'],
    ['nor with a little doubtful one', rowOf('04850', { 4: { 0: 0.95, 6: 0.049 } }), known('4700'), '4850 UNCERTAIN'],
    ['with one box crossed out', rowOf('048#0'), known('4700'), '4840 JUNK'],
    ['with a box that may be crossed out', rowOf('04850', { 4: { 0: 0.7, '#': 0.3 } }), known('4700'), '4850 JUNK'],
    ['with an untidy digit', rowOf('04850', { 4: { 0: 0.9, '#': 0.1 } }), known('4700'), '4850 sure'],
    ['with an empty box behind the first digit', rowOf('048_0'), known('4700'), '4840 GAP'],
    ['with empty boxes behind the last digit', rowOf('485__'), known('4700'), '485 GAP'],
    ['with a dash behind the first digit', rowOf('04-50'), known('4700'), '4850 GAP'],
    ['with nothing written', rowOf('_____'), known('4700'), '4700 BLANK'],
    ['with a number beside it', { ...rowOf('04850'), strayInk: true }, known('4700'), '4850 STRAY_INK'],
    ['one below the last reading', rowOf('04699'), known('4700'), '4699 REFUSED'],
    ['over the cap', rowOf('17661'), known('4700'), '17661 REFUSED'],
    ['exactly at the cap', rowOf('17660'), known('4700'), '17660 sure'],
    ['with more digits than the dial', rowOf('104850'), known('4700'), '104850 REFUSED'],
  ])('%s', (_why, row, what, outcome) => {
    expect(told(row, what).replace(/^\d+(?= (BLANK|JUNK|GAP))/, '*')).toBe(
      outcome.replace(/^\d+(?= (BLANK|JUNK|GAP))/, '*'),
    )
  })

  test('a value that only the registry makes likely waits for a person', () => {
    // The boxes say 4350, which is below the last reading; 4850 is nearly what is expected.
    expect(readRow(rowOf('04350', { 2: { 3: 0.96, 8: 0.039 } }), known('4700'))).toMatchObject({
      value: '4350',
      why: 'REFUSED',
    })
    // And 7850 is allowed, but so unlikely that the boxes' second choice comes first.
    expect(readRow(rowOf('07850', { 1: { 7: 0.96, 4: 0.039 } }), known('4700'))).toMatchObject({
      value: '7850',
      why: 'CONTRADICTED',
    })
  })

  test('where the registry knows nothing the boxes alone decide, by a bound of their own', () => {
    const row = rowOf('04850', { 1: { 4: 0.9, 9: 0.0999 } })
    expect(BOUNDS.sureFromBoxes).toBeGreaterThan(BOUNDS.sureFrom)
    const { confidence } = readRow(row, null)
    expect(confidence).toBeLessThan(readRow(row, known('4700')).confidence)
    expect(readRow(row, null, { sureFrom: 0, sureFromBoxes: confidence }).why).toBeNull()
    expect(readRow(row, null, { sureFrom: 0, sureFromBoxes: confidence + 1e-9 })).toMatchObject({
      value: '4850',
      why: 'UNCERTAIN',
    })
  })

  test('both sides of the bound', () => {
    const row = rowOf('04850', { 4: { 0: 0.9, 1: 0.1 } })
    const { confidence } = readRow(row, known('4700'))
    expect(readRow(row, known('4700'), { ...BOUNDS, sureFrom: confidence }).why).toBeNull()
    expect(readRow(row, known('4700'), { ...BOUNDS, sureFrom: confidence + 1e-9 }).why).toBe('UNCERTAIN')
  })

  test('what may be junk takes its part of the confidence, and no more', () => {
    const { confidence } = readRow(rowOf('04850', { 4: { 0: 0.7, '#': 0.3 } }), known('4700'))
    expect(confidence).toBeGreaterThan(0.5)
    expect(confidence).toBeLessThan(0.95)
  })
})

describe('what a row spells', () => {
  test('ends in its last box, and is nothing where nothing is written', () => {
    const values = (row: RowSeen) => spellingOf(row).values.map(({ value }) => value)
    expect(values(rowOf('45', { 1: { 5: 0.7, _: 0.3 } }))).not.toContain('4')
    expect(values({ ...rowOf('_'), boxes: [{ digits: Array(10).fill(0), empty: 1, dash: 0, junk: 0 }] })).toEqual([])
  })

  test('is what is likeliest in all its writings together', () => {
    const [first] = spellingOf(rowOf('15', { 0: { 1: 0.4, 0: 0.3, _: 0.3 } })).values
    expect(first).toMatchObject({ value: '5', likelihood: expect.closeTo(0.6, 2) })
  })

  test('may always be another digit than the net is certain of', () => {
    const certain = rowOf('7', { 0: { 7: 1 } })
    expect(spellingOf(certain).values).toHaveLength(10)
    expect(spellingOf(certain).values[0]?.likelihood).toBeGreaterThan(0.9999)
  })
})

describe('what is expected of a register', () => {
  test('a value with more digits than the dial is refused, whatever may have been used', () => {
    const { register, scale } = known('99950', null)
    const water = { register, scale: { ...scale, meter: { ...scale.meter, service: 'COLD_WATER' as const } } }
    expect(expectationOf('99960', water).refused).toBe(false)
    expect(expectationOf('100010', water).refused).toBe(true)
  })

  test('a transformer’s ratio changes nothing on its dial', () => {
    const { register, scale } = known('4700', '6000')
    const byTransformer = { register, scale: { ...scale, meter: { ...scale.meter, ratio: 40 } } }
    for (const value of ['4850', '4700', '9000'])
      expect(expectationOf(value, byTransformer).density).toBeCloseTo(expectationOf(value, known('4700')).density, 12)
  })

  test('nothing used is likelier than little, and a little below the last reading than much', () => {
    const density = (value: string): number => expectationOf(value, known('4700')).density
    expect(density('4700')).toBeGreaterThan(5 * density('4701'))
    expect(density('4690')).toBeGreaterThan(5 * density('1000'))
  })

  test('use near the usual is likelier than far from it, and far is not impossible', () => {
    const density = (value: string): number => expectationOf(value, known('4700')).density
    expect(density('4850')).toBeGreaterThan(density('5400'))
    expect(density('5400')).toBeGreaterThan(density('9000'))
    expect(density('9000')).toBeGreaterThan(1e-5)
  })

  test('where the usual use is unknown, little is likelier than much', () => {
    const density = (value: string): number => expectationOf(value, known('4700', null)).density
    expect(density('4750')).toBeGreaterThan(density('6700'))
  })

  test('it sums up to about one over the dial', () => {
    const sum = Array.from({ length: 100_000 }, (_, value) => expectationOf(String(value), known('4700')).density)
    expect(sum.reduce((total, density) => total + density, 0)).toBeCloseTo(1, 1)
  })
})

const box = fc
  .record({
    sign: fc.constantFrom(...'0123456789_-#'),
    p: fc.double({ min: 0.3, max: 1, noNaN: true }),
    other: fc.constantFrom(...'0123456789_-#'),
  })
  .map(({ sign, p, other }) => boxOf(sign === other ? { [sign]: p } : { [sign]: p, [other]: (1 - p) * 0.9 }))
const row = fc
  .record({ boxes: fc.array(box, { minLength: 1, maxLength: 8 }), decimals: fc.integer({ min: 0, max: 2 }) })
  .map(({ boxes, decimals }): RowSeen => {
    const behind = Math.min(decimals, boxes.length - 1)
    return { register: 'T1', whole: boxes.length - behind, decimals: behind, boxes, strayInk: false }
  })
/** Five plain digits, the odd one of them doubtful: any value of the dial. */
const plainRow = fc
  .record({ value: fc.nat(99_999), at: fc.nat(4), p: fc.double({ min: 0.9, max: 1, noNaN: true }), other: fc.nat(9) })
  .map(({ value, at, p, other }) => {
    const text = String(value).padStart(5, '0')
    const digit = text.charAt(at)
    return rowOf(text, { [at]: digit === `${other}` ? { [digit]: p } : { [other]: (1 - p) * 0.9, [digit]: p } })
  })
const registers = fc.record({
  last: fc.integer({ min: 0, max: 99_999 }),
  usual: fc.option(fc.integer({ min: 0, max: 900 }), { nil: null }),
})

test('a confidence is a probability', () => {
  fc.assert(
    fc.property(row, registers, (seen, { last, usual }) => {
      const { confidence } = readRow(seen, known(String(last), usual === null ? null : String(usual)))
      expect(confidence).toBeGreaterThanOrEqual(0)
      expect(confidence).toBeLessThanOrEqual(1)
    }),
  )
})

test('nobody is ever sure of a value that the rules refuse', () => {
  let sure = 0
  fc.assert(
    fc.property(plainRow, registers, (seen, { last, usual }) => {
      const what = known(String(last), usual === null ? null : String(usual))
      const { value, why } = readRow(seen, what)
      if (why !== null) return
      sure += 1
      expect(expectationOf(value ?? '', what).refused).toBe(false)
    }),
    { numRuns: 400, seed: 23 },
  )
  expect(sure).toBeGreaterThan(20)
})

test('nobody is ever sure of a row with junk in it, whatever the bounds', () => {
  fc.assert(
    fc.property(row, registers, fc.nat(), (seen, { last }, at) => {
      const boxes = seen.boxes.with(at % seen.boxes.length, boxOf({ '#': 0.6, 1: 0.4 }))
      expect(readRow({ ...seen, boxes }, known(String(last)), { sureFrom: 0, sureFromBoxes: 0 }).why).not.toBeNull()
    }),
  )
})
