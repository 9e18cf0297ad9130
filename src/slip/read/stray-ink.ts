import type { RowLayout } from '../../core/slip.ts'
import { BOX, boxLeft, ROW_TOPS } from '../print/form-r1.ts'
import type { Placement } from './geometry.ts'
import { type Piece, piecesOf } from './pieces.ts'
import { levelOf, type Raster, seenQuickly } from './raster.ts'

/** The part of the form on which nothing is printed but the rows (see form-r1.ts), less the end of their labels. */
const FIELD = { left: 41, top: 47.5, right: 138, bottom: 90 }
const SCALE = 4
const WINDOW = {
  corner: { x: FIELD.left, y: FIELD.top },
  width: Math.round((FIELD.right - FIELD.left) * SCALE),
  height: Math.round((FIELD.bottom - FIELD.top) * SCALE),
  scale: SCALE,
}
/** Digits stand out of their boxes by so much, and the form is found to half a millimetre. */
const BESIDE_MM = 2.2
/** The comma and what is written over it. */
const COMMA_MM = 3
/** Ink is darker than the paper by half of what the darkest of the field is. */
const INK_DEPTH = 0.5
const DEPTH_LEAST = 40
/** 12 mm. */
const BLOCK = 12 * SCALE
/** A digit of 4 mm by a thin pen covers about 2.5 mm²; a speck, a shadow or the tail of a 9 less than this. */
const AREA_MIN = 1.6
/** A piece of it is at least so large both ways: a speck is not, nor a short part of a scanner's streak. */
const PIECE_MM = 1.2
/** What is longer and thin is a fold or a streak, upright or not. */
const STREAK_MM = 14
const STREAK_WIDTH_MM = 0.7

/** For each row, whether something is written beside its boxes: a number, or a correction. */
export function strayInkOf(page: Raster, placement: Placement, layouts: readonly RowLayout[]): boolean[] {
  const ink = inkOf(seenQuickly(page, placement, WINDOW))
  for (const [row, layout] of layouts.entries()) clearBoxes(ink, row, layout)
  const areas = layouts.map(() => 0)
  for (const piece of piecesOf(ink, WINDOW.width).filter(isWriting)) {
    const row = Math.min(layouts.length - 1, rowNear(FIELD.top + piece.middle.y / SCALE))
    areas[row] = (areas[row] ?? 0) + squareMm(piece.area)
  }
  return areas.map((area) => area > AREA_MIN)
}

/** 1 where the field is darker than the paper around: light may fall unevenly, so each block has a paper of its own. */
function inkOf({ width, height, data }: Raster): Uint8Array {
  const ink = new Uint8Array(data.length)
  const darkest = levelOf(data, 0.002)
  for (let top = 0; top < height; top += BLOCK)
    for (let left = 0; left < width; left += BLOCK) {
      const rows = Array.from({ length: Math.min(BLOCK, height - top) }, (_, row) => (top + row) * width + left)
      const wide = Math.min(BLOCK, width - left)
      const block = new Uint8Array(rows.length * wide)
      for (const [row, at] of rows.entries()) block.set(data.subarray(at, at + wide), row * wide)
      const paper = levelOf(block, 0.6)
      const level = paper - Math.max(DEPTH_LEAST, (paper - darkest) * INK_DEPTH)
      for (const at of rows) for (let x = at; x < at + wide; x++) ink[x] = (data[x] ?? 0) < level ? 1 : 0
    }
  return ink
}

/** The row to which something at this height most likely belongs: what is written below a row, rather than above it. */
function rowNear(y: number): number {
  const distances = ROW_TOPS.map((top) => Math.abs(y - top - BOX.height / 2))
  return distances.indexOf(Math.min(...distances))
}

function clearBoxes(ink: Uint8Array, row: number, { whole, decimals }: RowLayout): void {
  const top = ROW_TOPS[row] ?? 0
  const y0 = pixel(top - BESIDE_MM - FIELD.top, WINDOW.height)
  const y1 = pixel(top + BOX.height + BESIDE_MM - FIELD.top, WINDOW.height)
  for (let box = 0; box < whole + decimals; box++) {
    const left = boxLeft(box, whole)
    const x0 = pixel(left - (box === whole ? COMMA_MM : 0) - BESIDE_MM - FIELD.left, WINDOW.width)
    const x1 = pixel(left + BOX.width + BESIDE_MM - FIELD.left, WINDOW.width)
    for (let y = y0; y < y1; y++) ink.fill(0, y * WINDOW.width + x0, y * WINDOW.width + x1)
  }
}

function pixel(mm: number, max: number): number {
  return Math.min(max, Math.max(0, Math.round(mm * SCALE)))
}

/** Whether a piece is neither a speck nor a streak. */
function isWriting({ area, wide, high }: Piece): boolean {
  const [least, most] = [Math.min(wide, high) / SCALE, Math.max(wide, high) / SCALE]
  return least >= PIECE_MM && (most <= STREAK_MM || squareMm(area) / most >= STREAK_WIDTH_MM)
}

function squareMm(pixels: number): number {
  return pixels / SCALE ** 2
}
