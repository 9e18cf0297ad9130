import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterOf, growingFilter } from '../../src/core/filter.ts'

const phone = (n: number) => `+7${9_000_000_000 + n}`

function filled(count: number) {
  const filter = growingFilter()
  for (let n = 0; n < count; n++) filter.add(phone(n))
  return filter
}

describe('a filter', () => {
  test('never says of a key that was put in that it was not', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (keys) => {
        const filter = growingFilter()
        for (const key of keys) filter.add(key)
        expect(keys.filter((key) => !filter.mayHold(key))).toEqual([])
        const again = filterOf(filter.parts())
        expect(keys.filter((key) => !again.mayHold(key))).toEqual([])
      }),
    )
  })

  test('holds nothing while it is empty', () => {
    expect(growingFilter().mayHold('')).toBe(false)
    expect(filterOf([]).mayHold('')).toBe(false)
  })

  test.each([10_000, 65_536, 300_000])('of %d keys takes fewer than 1 in 100 others for one of them', (count) => {
    const filter = filled(count)
    const kept = filterOf(filter.parts())
    const all = Array.from({ length: count }, (_, n) => phone(n))
    expect(all.filter((key) => !kept.mayHold(key))).toEqual([])
    const others = Array.from({ length: 20_000 }, (_, n) => phone(count + n))
    expect(others.filter(filter.mayHold).length).toBeLessThan(200)
    expect(others.filter(kept.mayHold)).toEqual(others.filter(filter.mayHold))
  })
})
