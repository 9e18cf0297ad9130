import { describe, expect, test } from 'vitest'
import { hasWriting, isSamePaper, paperOf } from '../../src/slip/paper.ts'
import { CUT } from '../../src/slip/read/cut-out.ts'
import type { Raster } from '../../src/slip/read/raster.ts'
import { seededRandom } from '../drill/seeded-random.ts'

/** A box with strokes through these points, in hundredths of the box, drawn with a pen of three pixels. */
function box(
  points: readonly (readonly [number, number])[],
  { dx = 0, noise = 0, ink = 40, paper = 235 } = {},
): Raster {
  const random = seededRandom(points.length * 31 + dx * 7 + noise)
  const data = new Uint8Array(CUT.width * CUT.height).map(() => paper - random() * noise)
  for (const [at, [x1, y1]] of points.entries()) {
    const [x2, y2] = points[at + 1] ?? [x1, y1]
    for (let part = 0; part <= 1; part += 0.02) {
      const [x, y] = [8 + dx + ((x1 + (x2 - x1) * part) * 24) / 100, 6 + ((y1 + (y2 - y1) * part) * 36) / 100]
      for (const oy of [-1, 0, 1])
        for (const ox of [-1, 0, 1]) data[Math.round(y + oy) * CUT.width + Math.round(x + ox)] = ink
    }
  }
  return { width: CUT.width, height: CUT.height, data }
}

const SEVEN = [
  [10, 10],
  [90, 10],
  [40, 95],
] as const
const OTHER_SEVEN = [
  [25, 30],
  [80, 18],
  [70, 90],
] as const
const ONE = [
  [20, 35],
  [60, 5],
  [60, 95],
] as const
const EMPTY = [] as const

describe('a paper', () => {
  const first = paperOf([[box(EMPTY), box(SEVEN), box(ONE)]])

  test.each([
    ['noisier', { noise: 40 }],
    ['a little to the side', { dx: 1 }],
    ['by another scanner', { ink: 90, paper: 210 }],
  ])('is known again when it is scanned %s', (_how, change) => {
    expect(isSamePaper(first, paperOf([[box(EMPTY, change), box(SEVEN, change), box(ONE, change)]]))).toBe(true)
  })

  test.each([
    ['the same digits, written anew', [box(EMPTY), box(OTHER_SEVEN), box(ONE)]],
    ['another digit', [box(EMPTY), box(SEVEN), box(SEVEN)]],
    ['nothing', [box(EMPTY), box(EMPTY), box(EMPTY)]],
    ['fewer boxes', [box(SEVEN), box(ONE)]],
  ])('with %s is another', (_what, row) => expect(isSamePaper(first, paperOf([row]))).toBe(false))

  test('with nothing on it is like any other of its customer', () => {
    const empty = paperOf([[box(EMPTY), box(EMPTY, { noise: 20 })]])
    expect(hasWriting(empty)).toBe(false)
    expect(isSamePaper(empty, paperOf([[box(EMPTY, { noise: 30 }), box(EMPTY)]]))).toBe(true)
  })

  test('of which no box was found is like none', () => {
    expect(paperOf([])).toBe('')
    expect(isSamePaper('', '')).toBe(false)
  })
})
