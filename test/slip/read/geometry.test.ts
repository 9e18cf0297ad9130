import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  affineThrough,
  distance,
  homographyThrough,
  onPage,
  type Placement,
  type Point,
  similarityThrough,
} from '../../../src/slip/read/geometry.ts'

const CORNERS: readonly Point[] = [
  { x: 8, y: 8 },
  { x: 140, y: 8 },
  { x: 140, y: 97 },
  { x: 8, y: 97 },
]

const ties = (placement: Placement, points: readonly Point[]) =>
  points.map((mm) => ({ mm, px: onPage(placement, mm), weight: 1 }))

/** Any direction, 150 to 400 dpi, a little askew and in perspective, as a scanner or a phone makes it. */
const placements = fc
  .record({
    turn: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
    scale: fc.double({ min: 5, max: 16, noNaN: true }),
    left: fc.integer({ min: 0, max: 3000 }),
    top: fc.integer({ min: 0, max: 3000 }),
    g: fc.double({ min: -1e-4, max: 1e-4, noNaN: true }),
    h: fc.double({ min: -1e-4, max: 1e-4, noNaN: true }),
  })
  .map(({ turn, scale, left, top, g, h }): Placement => {
    const [cos, sin] = [Math.cos(turn) * scale, Math.sin(turn) * scale]
    return { a: cos, b: -sin, c: left, d: sin, e: cos, f: top, g, h }
  })

describe('the map from the form to the page', () => {
  test('two points tell it where it lies flat', () => {
    fc.assert(
      fc.property(placements, (placement) => {
        const flat = { ...placement, g: 0, h: 0 }
        const [one, , other] = ties(flat, CORNERS)
        if (one === undefined || other === undefined) throw new Error('two ties')
        const found = similarityThrough(one, other)
        for (const mm of CORNERS) expect(distance(onPage(found, mm), onPage(flat, mm))).toBeLessThan(1e-6)
      }),
    )
  })

  test('four marks tell it exactly', () => {
    fc.assert(
      fc.property(placements, (placement) => {
        const found = homographyThrough(ties(placement, CORNERS))
        for (const point of [
          { x: 42, y: 49 },
          { x: 138, y: 90 },
        ])
          expect(distance(onPage(found ?? placement, point), onPage(placement, point))).toBeLessThan(1e-4)
        expect(found).not.toBeNull()
      }),
    )
  })

  test('three marks tell it where there is no perspective', () => {
    fc.assert(
      fc.property(placements, (placement) => {
        const flat = { ...placement, g: 0, h: 0 }
        const found = affineThrough(ties(flat, CORNERS.slice(0, 3)))
        expect(distance(onPage(found ?? placement, { x: 8, y: 97 }), onPage(flat, { x: 8, y: 97 }))).toBeLessThan(1e-4)
      }),
    )
  })

  test('points on a line tell nothing', () => {
    const line = [
      { x: 0, y: 0 },
      { x: 10, y: 10 },
      { x: 20, y: 20 },
      { x: 30, y: 30 },
    ].map((mm) => ({ mm, px: mm, weight: 1 }))
    expect(affineThrough(line)).toBeNull()
    expect(homographyThrough(line)).toBeNull()
  })

  test('a heavy tie counts more than a light one', () => {
    const here = { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0, g: 0, h: 0 }
    const off = { mm: { x: 8, y: 8 }, px: { x: 18, y: 8 }, weight: 0.001 }
    const found = affineThrough([...ties(here, CORNERS), off])
    expect(onPage(found ?? here, { x: 8, y: 8 }).x).toBeCloseTo(8, 1)
  })
})
