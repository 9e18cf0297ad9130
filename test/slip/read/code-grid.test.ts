import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { codeModules } from '../../../src/slip/print/payload.ts'
import { codesInGrey, openDecoder } from '../../../src/slip/qr-picture.ts'
import { redrawn } from '../../../src/slip/read/code-grid.ts'
import type { Placement, Point } from '../../../src/slip/read/geometry.ts'
import type { Raster } from '../../../src/slip/read/raster.ts'

const PAYLOAD =
  'ST00012|Name=ЭНЕРГОСБЫТ|PersAcc=5012345678|CounterId=011234567890|PaymPeriod=112025|TechCode=02|Form=R1|Regs=60,51|Chk=88'
const SYMBOL = codeModules(PAYLOAD)
const SIDE = 360
const MARGIN = 30
const MODULE = 300 / SYMBOL.length

const EXPECTED: Placement = { a: MODULE, b: 0, c: MARGIN, d: 0, e: MODULE, f: MARGIN, g: 0, h: 0 }

interface Wear {
  /** How far each dark module reaches over its edge, in modules. */
  readonly grown: number
  /** Radians, around the picture's middle. */
  readonly turn: number
  /** Pixels. */
  readonly dx: number
  readonly dy: number
  readonly dark: number
  readonly light: number
}
const NONE: Wear = { grown: 0, turn: 0, dx: 0, dy: 0, dark: 0, light: 255 }

/** The symbol as a scanner may leave it; `isBlot`: what is dark whatever is printed there. */
function scanned({ grown, turn, dx, dy, dark, light }: Wear, isBlot = (_x: number, _y: number) => false): Raster {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const isDark = (x: number, y: number): boolean => SYMBOL[Math.floor(y)]?.[Math.floor(x)] === true
  const data = Uint8Array.from({ length: SIDE * SIDE }, (_, k) => {
    const [px, py] = [(k % SIDE) + 0.5 - SIDE / 2 - dx, Math.floor(k / SIDE) + 0.5 - SIDE / 2 - dy]
    const x = (cos * px + sin * py + SIDE / 2 - MARGIN) / MODULE
    const y = (cos * py - sin * px + SIDE / 2 - MARGIN) / MODULE
    const isReached = [-grown, grown].some((down) => [-grown, grown].some((right) => isDark(x + right, y + down)))
    return isReached || isBlot(x, y) ? dark : light
  })
  return { width: SIDE, height: SIDE, data }
}

/** What is drawn, module by module; its quiet zone is four modules of four pixels. */
function modulesOf({ width, data }: Raster): boolean[][] {
  const at = (module: number): number => (module + 4) * 4 + 2
  return SYMBOL.map((line, y) => line.map((_, x) => data[at(y) * width + at(x)] === 0))
}

const drawnOf = (picture: Raster): boolean[][] | null => {
  const drawn = redrawn(picture, EXPECTED, SYMBOL.length)
  return drawn === null ? null : modulesOf(drawn)
}

const readAnew = async (picture: Raster): Promise<string[] | null> => {
  const drawn = redrawn(picture, EXPECTED, SYMBOL.length)
  return drawn === null ? null : (await codesInGrey(drawn, 1)).map(({ text }) => text)
}

beforeAll(openDecoder)

test('where nothing grew together, each module is drawn as it was printed', () => {
  expect(drawnOf(scanned({ ...NONE, grown: 0.1, turn: 0.01, dx: -3, dy: 2 }))).toEqual(SYMBOL)
})

test('whatever grew, moved, turned or faded, it is read', async () => {
  const wears = fc.record({
    grown: fc.double({ min: 0, max: 0.3, noNaN: true }),
    turn: fc.double({ min: -0.02, max: 0.02, noNaN: true }),
    dx: fc.double({ min: -6, max: 6, noNaN: true }),
    dy: fc.double({ min: -6, max: 6, noNaN: true }),
    dark: fc.integer({ min: 0, max: 80 }),
    light: fc.integer({ min: 180, max: 255 }),
  })
  await fc.assert(
    fc.asyncProperty(wears, async (wear) => {
      expect(await readAnew(scanned(wear))).toEqual([PAYLOAD])
    }),
    { numRuns: 30 },
  )
})

test('what grew so much that the decoder sees no code is read when it is drawn anew', async () => {
  const picture = scanned({ ...NONE, grown: 0.3, turn: 0.02, dx: 4 })
  expect(await codesInGrey(picture, 1)).toEqual([])
  expect(await readAnew(picture)).toEqual([PAYLOAD])
})

describe('a pen or a blot', () => {
  test('on the patterns that every symbol has is not drawn', () => {
    const onTiming = (x: number, y: number): boolean => Math.abs(x - 20) < 2 && Math.abs(y - 6.5) < 0.5
    const onFinder = (x: number, y: number): boolean => Math.abs(x - 4) < 0.5 && y > 0 && y < 7
    expect(drawnOf(scanned(NONE, (x, y) => onTiming(x, y) || onFinder(x, y)))).toEqual(SYMBOL)
  })

  const FAR = SYMBOL.length - 3.5
  const middles = [
    { x: 3.5, y: 3.5 },
    { x: FAR, y: 3.5 },
    { x: 3.5, y: FAR },
  ]
  const within = (radius: number, at: Point) => (x: number, y: number) => Math.hypot(x - at.x, y - at.y) < radius

  test.each(middles)('that hides the finder pattern at $x, $y leaves two that say where it is', async (middle) => {
    for (const grown of [0, 0.2])
      for (const radius of [4.5, 5, 5.5]) {
        const picture = scanned({ ...NONE, grown, turn: 0.015, dx: 4, dy: -3 }, within(radius, middle))
        expect(await readAnew(picture), `${radius} modules`).toEqual([PAYLOAD])
      }
  })

  test('that hides two of them leaves nothing to lay a grid by', () => {
    const [one, other] = middles.map((middle) => within(5, middle))
    const picture = scanned(NONE, (x, y) => one?.(x, y) === true || other?.(x, y) === true)
    expect(drawnOf(picture)).toBeNull()
  })
})

test('paper without a code has no grid', () => {
  expect(drawnOf({ width: SIDE, height: SIDE, data: new Uint8Array(SIDE * SIDE).fill(240) })).toBeNull()
})
