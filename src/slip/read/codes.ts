import { QR } from '../print/form-r1.ts'
import { codesInGrey } from '../qr-picture.ts'
import { redrawn } from './code-grid.ts'
import type { Placement, Quad } from './geometry.ts'
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

/**
 * A second look where the marks say that a code must stand: upright, in full contrast; then drawn anew, module by module. What
 * is decoded must pass the code's own correction and the check digits all the same, so nothing is made up.
 */
export async function codeUnder(page: Raster, placement: Placement): Promise<Payload | null> {
  const seen = stretched(seenIn(page, placement, { corner: CORNER, width: SIZE, height: SIZE, scale: SCALE }, 1))
  const asItIs = await payloadIn(seen)
  if (asItIs !== null) return asItIs
  for (const modules of MODULES) {
    const drawn = redrawn(seen, symbolOf(modules), modules)
    const payload = drawn === null ? null : await payloadIn(drawn)
    if (payload !== null) return payload
  }
  return null
}

/** Modules of the symbol → pixels of what is looked at. */
function symbolOf(modules: number): Placement {
  const module = (QR.size * SCALE) / modules
  return { a: module, b: 0, c: MARGIN * SCALE, d: 0, e: module, f: MARGIN * SCALE, g: 0, h: 0 }
}

async function payloadIn(raster: Raster): Promise<Payload | null> {
  const found = await codesInGrey(raster, 1)
  return found.map(({ text }) => payloadOf(text)).find((payload) => payload !== null) ?? null
}

function stretched({ width, height, data }: Raster): Raster {
  const low = levelOf(data, 0.05)
  const high = Math.max(low + 1, levelOf(data, 0.9))
  const stretch = (level: number): number => Math.min(255, Math.max(0, ((level - low) / (high - low)) * 255))
  return { width, height, data: data.map(stretch) }
}
