import { QR } from '../print/form-r1.ts'
import { codesInGrey } from '../qr-picture.ts'
import type { Placement, Point, Quad } from './geometry.ts'
import { type Payload, payloadOf } from './payload.ts'
import { levelOf, type Raster, seenIn } from './raster.ts'

/** A slip's code on a page. */
export interface SlipCode {
  readonly payload: Payload
  /** Of the symbol. */
  readonly corners: Quad
}

/** All codes of a page that are a slip's, check digits and all. */
export async function slipCodesOn(page: Raster): Promise<SlipCode[]> {
  const found = await codesInGrey(page, 16)
  return found.flatMap(({ text, corners }) => {
    const payload = payloadOf(text)
    return payload === null ? [] : [{ payload, corners }]
  })
}

/** Pixels per mm of a code that is looked at alone: 5 or 6 a module. */
const SCALE = 10
/** What is looked at: the symbol with its quiet zone. */
const MARGIN = 3
const CORNER = { x: QR.x - MARGIN, y: QR.y - MARGIN }
const SIZE = Math.round((QR.size + 2 * MARGIN) * SCALE)
/** Modules a side of versions 8 to 10, then their neighbours: what a payload of a slip takes. */
const MODULES = [49, 53, 57, 45, 41, 61]
const BINARIZERS = ['LocalAverage', 'GlobalHistogram'] as const

/**
 * A second look where the marks say that a code must stand: upright, in full contrast; then with its quiet zone and its
 * finder patterns painted anew, for pens and blots hit those first. What is decoded must pass the code's own correction and
 * the check digits all the same, so nothing is made up.
 */
export async function codeUnder(page: Raster, placement: Placement): Promise<Payload | null> {
  const seen = stretched(seenIn(page, placement, { corner: CORNER, width: SIZE, height: SIZE, scale: SCALE }, 1))
  const asItIs = await payloadIn(seen, 'LocalAverage')
  if (asItIs !== null) return asItIs
  for (const modules of MODULES) {
    const painted = repainted(seen, modules)
    for (const binarizer of BINARIZERS) {
      const payload = await payloadIn(painted, binarizer)
      if (payload !== null) return payload
    }
  }
  return null
}

async function payloadIn(raster: Raster, binarizer: (typeof BINARIZERS)[number]): Promise<Payload | null> {
  const found = await codesInGrey(raster, 1, binarizer)
  return found.map(({ text }) => payloadOf(text)).find((payload) => payload !== null) ?? null
}

function stretched({ width, height, data }: Raster): Raster {
  const low = levelOf(data, 0.05)
  const high = Math.max(low + 1, levelOf(data, 0.9))
  const stretch = (level: number): number => Math.min(255, Math.max(0, ((level - low) / (high - low)) * 255))
  return { width, height, data: data.map(stretch) }
}

/** Sides of a finder pattern's rings in modules, from the white around it inwards. */
const RINGS = [
  { side: 9, level: 255 },
  { side: 7, level: 0 },
  { side: 5, level: 255 },
  { side: 3, level: 0 },
]

function repainted(raster: Raster, modules: number): Raster {
  const painted = { ...raster, data: quietAround(raster) }
  const module = QR.size / modules
  const near = MARGIN + 3.5 * module
  const far = MARGIN + QR.size - 3.5 * module
  for (const middle of [
    { x: near, y: near },
    { x: far, y: near },
    { x: near, y: far },
  ])
    for (const { side, level } of RINGS) fill(painted, middle, (side * module) / 2, level)
  return painted
}

function quietAround({ width, data }: Raster): Uint8Array {
  const first = (MARGIN - 0.1) * SCALE
  const last = (MARGIN + QR.size + 0.1) * SCALE
  const outside = (at: number): boolean => at < first || at > last
  return data.map((level, k) => (outside(k % width) || outside(Math.floor(k / width)) ? 255 : level))
}

/** Paints a square around a point, both in mm of the window. */
function fill({ width, height, data }: Raster, middle: Point, reach: number, level: number): void {
  const edge = (at: number): number => Math.min(width, Math.max(0, Math.round(at * SCALE)))
  for (let y = edge(middle.y - reach); y < Math.min(height, edge(middle.y + reach)); y++)
    data.fill(level, y * width + edge(middle.x - reach), y * width + edge(middle.x + reach))
}
