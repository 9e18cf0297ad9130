import { describe, expect, test } from 'vitest'
import type { SlipComparison } from '../../src/core/slip-claim.ts'
import { calibrationOf } from '../../src/slip/calibration.ts'

function compared(confidence: number, typed: string | null): SlipComparison {
  const registers = [{ register: 'T1', value: '4557', confidence, sure: confidence >= 0.999 }]
  return { review: 'first', registers, values: typed === null ? null : { T1: typed } }
}

const many = (count: number, confidence: number, typed: string | null = '4557') =>
  Array.from({ length: count }, () => compared(confidence, typed))

describe('calibration', () => {
  test('counts how often people read what was read, by confidence', () => {
    const { ranges } = calibrationOf([...many(3, 0.95), ...many(1, 0.95, '4558'), ...many(2, 0.9999, '04557')])
    expect(ranges.find(({ from }) => from === 0.9)).toEqual({ from: 0.9, read: 4, agreed: 3 })
    expect(ranges.find(({ from }) => from === 0.9999)).toEqual({ from: 0.9999, read: 2, agreed: 2 })
  })

  test.each([
    ['too few reviews', many(299, 0.9999), null],
    ['no mistake at all', many(300, 0.9999), 0.99],
    ['the surest mistake at 0.997', [...many(300, 0.9999), ...many(1, 0.997, '1')], 0.998],
    ['a mistake right at a bound', [...many(300, 0.9999), ...many(1, 0.999, '1')], 0.9995],
    ['one that nobody could read, believed', [...many(300, 0.9999), ...many(1, 0.9992, null)], 0.9995],
    ['even the surest wrong', [...many(300, 0.9999), ...many(1, 1, '1')], null],
  ])('with %s proposes its bound', (_what, comparisons, sureFrom) =>
    expect(calibrationOf(comparisons).sureFrom).toBe(sureFrom),
  )

  test('says how many were compared, so that too few are told from wrong ones', () => {
    expect(calibrationOf([])).toMatchObject({ compared: 0, sureFrom: null })
    expect(calibrationOf([...many(300, 0.9999), ...many(1, 1, '1')]).compared).toBe(301)
  })

  test('learns nothing of a register that was surely read beside one that nobody can read', () => {
    const registers = [
      { register: 'T1', value: '4557', confidence: 0.99999, sure: true },
      { register: 'T2', value: '1', confidence: 0.3, sure: false },
    ]
    const { ranges, sureFrom } = calibrationOf([...many(300, 0.9999), { review: 'held', registers, values: null }])
    expect(sureFrom).toBe(0.99)
    expect(ranges.map(({ read }) => read)).toEqual([1, 0, 0, 0, 0, 0, 0, 300])
  })

  test('says how many may be wrong all the same: 3 of n', () => {
    expect(calibrationOf(many(600, 0.9999))).toMatchObject({ above: 600, errorMax: 0.005 })
  })
})
