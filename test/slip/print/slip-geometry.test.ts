import { describe, expect, test } from 'vitest'
import type { PrintedSlip } from '../../../src/core/printed-slip.ts'
import { type Area, drawn, inkAt, inked, openPdf, type Picture, printed, rows, slip } from './printed.ts'

/** The form's own measure of exactness, in millimetres. */
const EXACT = 0.2

/** Written out once more, independently of the code: what the form's description says. */
const MARKS = [
  ['top left', 8, 8],
  ['top right', 140, 8],
  ['bottom right', 140, 97],
  ['bottom left', 8, 97],
] as const
const ROW_TOPS = [49, 63.5, 78]

async function pictureOf(one: PrintedSlip): Promise<Picture> {
  return drawn(await openPdf(await printed([one], 'a6')))
}

function around(x: number, y: number, reach: number): Area {
  return { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }
}

function expectArea(area: Area | null, wanted: Area): void {
  expect(area).not.toBeNull()
  for (const side of ['left', 'top', 'right', 'bottom'] as const)
    expect(Math.abs((area?.[side] ?? 0) - wanted[side]), `${side} ${area?.[side]}`).toBeLessThan(EXACT)
}

test('the page is A6, lying', async () => {
  const { originalWidth, originalHeight } = (await openPdf(await printed([slip()], 'a6'))).getPage(0).getOriginalSize()
  expect([originalWidth, originalHeight].map((points) => (points / 72) * 25.4)).toEqual([
    expect.closeTo(148, 1),
    expect.closeTo(105, 1),
  ])
})

describe('the registration marks', async () => {
  test.each(MARKS)('%s: a black square of 5 mm with 2 mm of white around it', async (_where, x, y) => {
    const picture = await pictureOf(slip())
    expectArea(inked(picture, around(x, y, 4.5)), around(x, y, 2.5))
    expect(inkAt(picture, x + 2, y + 2)).toBe(1)
  })

  test('only the first has a hole: white, square, 2 mm, in its middle', async () => {
    const picture = await pictureOf(slip())
    const [hole, solid] = [around(8, 8, 0.9), around(140, 8, 0.9)]
    expect(inked(picture, hole)).toBeNull()
    expectArea(inked(picture, solid), solid)
    for (const [x, y] of [
      [6.85, 8],
      [9.15, 8],
      [8, 6.85],
      [8, 9.15],
    ] as const)
      expect(inkAt(picture, x, y)).toBe(1)
  })
})

describe('the code', () => {
  test.each([
    ['of the example', slip()],
    ['with little in it', slip({ account: '1', meter: '2', rows: rows([1, 0]) })],
    ['with much in it', slip({ account: '9'.repeat(40), meter: '8'.repeat(60), rows: rows([5, 3], [5, 3], [5, 3]) })],
  ])('%s is a square of 30 mm in white', async (_what, one) => {
    const picture = await pictureOf(one)
    expectArea(inked(picture, { left: 11, top: 11, right: 47, bottom: 48 }), {
      left: 14,
      top: 14,
      right: 44,
      bottom: 44,
    })
  })
})

describe('the rows', () => {
  const one = slip({ service: 'COLD_WATER', rows: rows([5, 3], [8, 0], [1, 1]) })
  const boxes = [
    [42, 51, 60, 69, 78, 90, 99, 108],
    [42, 51, 60, 69, 78, 87, 96, 105],
    [42, 54],
  ]

  test('each box has its outline of grey where a reader looks for it', async () => {
    const picture = await pictureOf(one)
    for (const [row, lefts] of boxes.entries()) {
      const top = ROW_TOPS[row] ?? 0
      for (const left of lefts) {
        const box = { left: left - 0.15, top: top - 0.15, right: left + 7.65, bottom: top + 10.15 }
        // The comma's column is left out of what is looked at.
        const look = { left: left - 0.6, top: top - 2, right: left + 8.1, bottom: top + 12 }
        expectArea(inked(picture, look, 0.1), box)
        const inside = { left: left + 0.4, top: top + 0.4, right: left + 7.1, bottom: top + 9.6 }
        expect(inked(picture, inside, 0.01)).toBeNull()
        for (const x of [left, left + 7.5]) {
          const ink = inkAt(picture, x, top + 5)
          expect(ink).toBeGreaterThanOrEqual(0.3)
          expect(ink).toBeLessThanOrEqual(0.65)
        }
      }
    }
  })

  test('the lines are 0.2 to 0.4 mm wide', async () => {
    const picture = await pictureOf(one)
    const line = inked(picture, { left: 41, top: 53, right: 43, bottom: 54 })
    expect((line?.right ?? 0) - (line?.left ?? 0)).toBeGreaterThan(0.2)
    expect((line?.right ?? 9) - (line?.left ?? 0)).toBeLessThan(0.4)
  })

  test('a comma stands in the wider gap, and touches no box', async () => {
    const picture = await pictureOf(one)
    const gap = { left: 42 + 4 * 9 + 7.5 + 0.3, top: 49, right: 42 + 5 * 9 + 3 - 0.3, bottom: 61 }
    const comma = inked(picture, gap)
    expect(comma).not.toBeNull()
    expect(comma?.left).toBeGreaterThan(gap.left + 0.3)
    expect(comma?.right).toBeLessThan(gap.right - 0.3)
    expect(comma?.top).toBeGreaterThan(54)
  })

  test.each([
    ['one register', slip({ rows: rows([6, 0]) })],
    ['two', slip()],
    ['three with commas', one],
  ])('nothing else is printed from x 36 to 138 and y 47.5 to 90: %s', async (_what, printedOne) => {
    const picture = await pictureOf(printedOne)
    const isBox = (x: number, y: number) =>
      printedOne.rows.some(({ whole, decimals }, row) => {
        const top = ROW_TOPS[row] ?? 0
        const right = 42 + 9 * (whole + decimals) - 1.5 + (decimals > 0 ? 3 : 0)
        return x > 41.7 && x < right + 0.3 && y > top - 0.3 && y < top + 10.5
      })
    const stray: string[] = []
    for (let y = 47.5; y < 90; y += 0.05) {
      for (let x = 36; x < 138; x += 0.05) {
        if (!isBox(x, y) && inkAt(picture, x, y) > 0.01) stray.push(`${x.toFixed(1)} ${y.toFixed(1)}`)
      }
    }
    expect([...new Set(stray)].slice(0, 5)).toEqual([])
  })
})

test('texts stay in their own places', async () => {
  const picture = await pictureOf(slip({ account: '123456789012345', meter: '9'.repeat(30) }))
  expectWithin(inked(picture, { left: 46, top: 0, right: 136, bottom: 48 }, 0.1), [48, 6, 135, 46])
  expectWithin(inked(picture, { left: 11, top: 48, right: 41, bottom: 90 }, 0.1), [13, 49, 40, 90])
  expectWithin(inked(picture, { left: 12, top: 90, right: 136, bottom: 105 }, 0.1), [14, 92, 134, 97])
})

/** Up to the pixel that a border falls into. */
function expectWithin(area: Area | null, [left, top, right, bottom]: readonly [number, number, number, number]): void {
  const pixel = 25.4 / 600
  expect(area?.left).toBeGreaterThan(left - pixel)
  expect(area?.top).toBeGreaterThan(top - pixel)
  expect(area?.right).toBeLessThan(right + pixel)
  expect(area?.bottom).toBeLessThan(bottom + pixel)
}
