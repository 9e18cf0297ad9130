import type { Point } from './geometry.ts'

/** A connected piece of ink; everything in pixels of its raster. */
export interface Piece {
  readonly area: number
  readonly wide: number
  readonly high: number
  /** The mean of all its pixels. */
  readonly middle: Point
}

/** Connected pieces of what is 1 in a raster, found by flooding; it is left with 2 where it was looked at. */
export function piecesOf(ink: Uint8Array, width: number): Piece[] {
  const pieces: Piece[] = []
  let count = 0
  for (let at = 0; at < ink.length; at++) count += ink[at] ?? 0
  const open = new Int32Array(count)
  for (let start = ink.indexOf(1); start !== -1; start = ink.indexOf(1, start + 1))
    pieces.push(flooded(ink, width, start, open))
  return pieces
}

function flooded(ink: Uint8Array, width: number, start: number, open: Int32Array): Piece {
  let [area, sumX, sumY] = [0, 0, 0]
  let [left, right, top, bottom] = [width, 0, ink.length, 0]
  let count = 1
  open[0] = start
  ink[start] = 2
  while (count > 0) {
    count -= 1
    const at = open[count] ?? 0
    const x = at % width
    const y = (at - x) / width
    area += 1
    sumX += x
    sumY += y
    left = Math.min(x, left)
    right = Math.max(x, right)
    top = Math.min(y, top)
    bottom = Math.max(y, bottom)
    if (x > 0) count = pushed(ink, at - 1, open, count)
    if (x < width - 1) count = pushed(ink, at + 1, open, count)
    count = pushed(ink, at - width, open, count)
    count = pushed(ink, at + width, open, count)
  }
  return { area, wide: right - left + 1, high: bottom - top + 1, middle: { x: sumX / area, y: sumY / area } }
}

function pushed(ink: Uint8Array, at: number, open: Int32Array, count: number): number {
  if (ink[at] !== 1) return count
  ink[at] = 2
  open[count] = at
  return count + 1
}
