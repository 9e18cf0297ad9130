import { describe, expect, test } from 'vitest'
import { distance, onPage, type Placement, type Point } from '../../../src/slip/read/geometry.ts'
import { placedByCode, placedByMarks } from '../../../src/slip/read/placing.ts'
import type { Square } from '../../../src/slip/read/squares.ts'

const MARKS = [
  { x: 8, y: 8 },
  { x: 140, y: 8 },
  { x: 140, y: 97 },
  { x: 8, y: 97 },
]
const CODE = [
  { x: 14, y: 14 },
  { x: 44, y: 14 },
  { x: 44, y: 44 },
  { x: 14, y: 44 },
]
const SCALE = 200 / 25.4

/** A slip turned about its middle, which lies at a point of the page. */
function lying(degrees: number, middle: Point): Placement {
  const turn = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(turn) * SCALE, Math.sin(turn) * SCALE]
  return {
    a: cos,
    b: -sin,
    c: middle.x - cos * 74 + sin * 52.5,
    d: sin,
    e: cos,
    f: middle.y - sin * 74 - cos * 52.5,
    g: 0,
    h: 0,
  }
}

function squaresOf(placement: Placement, without: readonly number[] = []): Square[] {
  return MARKS.map((mark, k) => ({ centre: onPage(placement, mark), side: 5 * SCALE, hole: k === 0 })).filter(
    (_, k) => !without.includes(k),
  )
}

function codeOf(placement: Placement): [Point, Point, Point, Point] {
  const [a, b, c, d] = CODE.map((corner) => onPage(placement, corner))
  return [a ?? MIDDLE, b ?? MIDDLE, c ?? MIDDLE, d ?? MIDDLE]
}

const MIDDLE = { x: 900, y: 700 }
const DIRECTIONS = [0, 90, 180, 270].flatMap((base) => [base - 4, base, base + 4])
const LAST_BOX = { x: 112.5, y: 88 }

/** Text, a letter of it as large as a mark, and a speck. */
const NOISE: Square[] = [
  { centre: { x: 860, y: 300 }, side: 38, hole: false },
  { centre: { x: 420, y: 801 }, side: 21, hole: false },
  { centre: { x: 1500, y: 1500 }, side: 40, hole: true },
]

describe.each(DIRECTIONS)('a slip that lies at %i degrees', (degrees) => {
  const truth = lying(degrees, MIDDLE)
  const missesBy = (placement: Placement | undefined): number =>
    placement === undefined
      ? Number.POSITIVE_INFINITY
      : distance(onPage(placement, LAST_BOX), onPage(truth, LAST_BOX)) / SCALE

  test.each([
    ['all marks', []],
    ['the upper left mark torn off', [0]],
    ['the upper right mark torn off', [1]],
    ['the lower right mark torn off', [2]],
    ['the lower left mark torn off', [3]],
  ])('is placed by its marks with %s', (_why, without) => {
    const found = placedByMarks([...squaresOf(truth, without), ...NOISE])
    expect(found).toHaveLength(1)
    expect(missesBy(found[0]?.placement)).toBeLessThan(0.05)
  })

  test.each([
    ['all marks', []],
    ['one mark torn off', [2]],
    ['two marks torn off', [1, 2]],
  ])('is placed by its code and %s', (_why, without) => {
    const found = placedByCode(codeOf(truth), [...squaresOf(truth, without), ...NOISE])
    expect(missesBy(found?.placement)).toBeLessThan(0.1)
    expect(found?.marks).toBe(4 - without.length)
  })
})

test('a square near a missing mark is not taken for it where the code says otherwise', () => {
  const truth = lying(2, MIDDLE)
  const wrong = onPage(truth, { x: 137, y: 94 })
  const found = placedByCode(codeOf(truth), [...squaresOf(truth, [2]), { centre: wrong, side: 5 * SCALE, hole: false }])
  expect(distance(onPage(found?.placement ?? truth, LAST_BOX), onPage(truth, LAST_BOX)) / SCALE).toBeLessThan(1)
})

test('a code without marks places nothing: the far boxes would be anyone’s guess', () => {
  const truth = lying(0, MIDDLE)
  expect(placedByCode(codeOf(truth), squaresOf(truth, [1, 2, 3]))).toBeNull()
})

test('marks of neighbours make no slip between them', () => {
  const slips = [0, 1, 2].map((k) => lying(k === 1 ? 181 : 1, { x: 850 + 20 * k, y: 450 + 870 * k }))
  const found = placedByMarks(slips.flatMap((slip) => squaresOf(slip)))
  expect(found).toHaveLength(3)
  expect(found.every(({ marks }) => marks === 4)).toBe(true)
})

test('three squares with no hole among them, and the hole’s corner taken by a square, are no slip', () => {
  expect(placedByMarks(squaresOf(lying(0, MIDDLE)).map((square) => ({ ...square, hole: false })))).toEqual([])
})
