/** A digit of 28 × 28 grey pixels as strokes that a pen of any width can follow. */

/** Strokes stand on a grid of four times MNIST's resolution. */
export const GRID = 112
const SIDE = 28
const FINER = GRID / SIDE

/** A field on the grid, row by row, in grid steps. */
export type Field = Float32Array

/** One digit, ready to be drawn. */
export interface Strokes {
  /** Distance to the strokes' centre line. */
  centre(): Field
  /** Distance to the strokes' edge, positive inside. */
  edge(): Field
  /** Around the centre line. */
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
  /** Whether the centre line alone still shows the digit: no loop of it is filled in. */
  readonly keepsForm: boolean
}

/** Loops that a digit has; of a 4 and a 2 that have one, it is no part of their form. */
const LOOPS: Readonly<Record<number, number>> = { 0: 1, 6: 1, 8: 2, 9: 1 }
/** A loop that is filled in at the first level may be open at a higher one. */
const LEVELS = [100, 130, 160, 185]
const LOOP_PIXELS_LEAST = 12
const PIECE_PIXELS_LEAST = 20

/** The strokes of a digit; 0 is paper, 255 is ink. */
export function strokesOf(pixels: Uint8Array, digit: number): Strokes {
  const grey = smoothed(enlarged(pixels))
  const wanted = LOOPS[digit] ?? 0
  const lowest = darkerThan(grey, LEVELS[0] ?? 0)
  const pieces = piecesIn(lowest)
  const open = LEVELS.map((level) => darkerThan(grey, level)).find(
    // At a higher level thin strokes may be lost: what falls apart is no better than what is filled in.
    (mask) => loopsIn(mask) >= wanted && piecesIn(mask) <= pieces,
  )
  const mask = open ?? lowest
  const line = thinned(mask)
  return {
    centre: () => distanceTo(line, 1),
    edge() {
      const outside = distanceTo(mask, 1)
      return distanceTo(mask, 0).map((value, at) => value - (outside[at] ?? 0))
    },
    box: boxOf(line),
    keepsForm: open !== undefined || digit === 9,
  }
}

function darkerThan(grey: Field, level: number): Uint8Array {
  const mask = new Uint8Array(grey.length)
  for (let at = 0; at < mask.length; at++) mask[at] = (grey[at] ?? 0) > level ? 1 : 0
  return mask
}

function enlarged(pixels: Uint8Array): Field {
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : (pixels[y * SIDE + x] ?? 0)
  const fine = new Float32Array(GRID * GRID)
  for (let y = 0; y < GRID; y++)
    for (let x = 0; x < GRID; x++) {
      const u = (x + 0.5) / FINER - 0.5
      const v = (y + 0.5) / FINER - 0.5
      const left = Math.floor(u)
      const top = Math.floor(v)
      const right = u - left
      const below = v - top
      const upper = at(left, top) * (1 - right) + at(left + 1, top) * right
      const lower = at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right
      fine[y * GRID + x] = upper * (1 - below) + lower * below
    }
  return fine
}

/** Three times the mean of three neighbours both ways: enough to round off the steps of large pixels. */
function smoothed(field: Field): Field {
  let from = field
  for (let round = 0; round < 3; round++) for (const step of [1, GRID]) from = meanOf(from, step)
  return from
}

function meanOf(from: Field, step: number): Field {
  const mean = new Float32Array(from.length)
  for (let at = step; at < from.length - step; at++)
    mean[at] = ((from[at - step] ?? 0) + (from[at] ?? 0) + (from[at + step] ?? 0)) / 3
  return mean
}

/** Areas of paper that strokes enclose. */
function loopsIn(mask: Uint8Array): number {
  return areasOf(mask, 0).filter(({ size, touchesRim }) => !touchesRim && size >= LOOP_PIXELS_LEAST).length
}

/** Pieces that the strokes make. */
function piecesIn(mask: Uint8Array): number {
  return areasOf(mask, 1).filter(({ size }) => size >= PIECE_PIXELS_LEAST).length
}

interface Area {
  readonly size: number
  readonly touchesRim: boolean
}

function areasOf(mask: Uint8Array, value: 0 | 1): Area[] {
  const left = Uint8Array.from(mask)
  const areas: Area[] = []
  for (let start = 0; start < left.length; start++) if (left[start] === value) areas.push(taken(left, start, value))
  return areas
}

/** The area around a pixel; it is taken away. */
function taken(left: Uint8Array, start: number, value: 0 | 1): Area {
  const waiting = [start]
  left[start] = TAKEN
  let [size, touchesRim] = [0, false]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    size++
    const x = at % GRID
    if (x === 0 || x === GRID - 1 || at < GRID || at >= GRID * (GRID - 1)) touchesRim = true
    for (const next of [x > 0 ? at - 1 : -1, x < GRID - 1 ? at + 1 : -1, at - GRID, at + GRID]) {
      if (left[next] !== value) continue
      left[next] = TAKEN
      waiting.push(next)
    }
  }
  return { size, touchesRim }
}
const TAKEN = 2

/** Neighbours clockwise from above. */
const AROUND = [-GRID, -GRID + 1, 1, GRID + 1, GRID, GRID - 1, -1, -GRID - 1]

/** The strokes' centre line, one pixel wide (Zhang and Suen, 1984); nothing of a digit touches the grid's rim. */
function thinned(mask: Uint8Array): Uint8Array {
  const line = Uint8Array.from(mask)
  for (let changed = true; changed; ) {
    changed = false
    for (const pass of [0, 1] as const) {
      const gone: number[] = []
      for (let at = GRID + 1; at < GRID * (GRID - 1) - 1; at++)
        if (line[at] === 1 && canGo(line, at, pass)) gone.push(at)
      for (const at of gone) line[at] = 0
      changed ||= gone.length > 0
    }
  }
  return line.includes(1) ? line : mask
}

function canGo(line: Uint8Array, at: number, pass: 0 | 1): boolean {
  let [count, rises] = [0, 0]
  for (let k = 0; k < 8; k++) {
    const here = line[at + (AROUND[k] ?? 0)] ?? 0
    count += here
    if (here === 0 && line[at + (AROUND[(k + 1) % 8] ?? 0)] === 1) rises++
  }
  if (count < 2 || count > 6 || rises !== 1) return false
  const [up, right, down, left] = [0, 2, 4, 6].map((k) => line[at + (AROUND[k] ?? 0)] === 1)
  return pass === 0
    ? !(up && right && down) && !(right && down && left)
    : !(up && right && left) && !(up && down && left)
}

/** Steps of a chamfer distance that errs by 4 % at most. */
const STRAIGHT = 0.955
const SLANTED = 1.369
const FAR = 60

/** Distance to the nearest pixel of that value. */
function distanceTo(mask: Uint8Array, value: 0 | 1): Field {
  const field = new Float32Array(mask.length)
  for (let at = 0; at < field.length; at++) field[at] = mask[at] === value ? 0 : FAR
  for (let at = 0; at < field.length; at++) nearer(field, at, -1)
  for (let at = field.length - 1; at >= 0; at--) nearer(field, at, 1)
  return field
}

/** What a pixel's neighbours on one side say of it. */
function nearer(field: Field, at: number, side: 1 | -1): void {
  const straight = Math.min(field[at + side] ?? FAR, field[at + side * GRID] ?? FAR) + STRAIGHT
  const slanted = Math.min(field[at + side * (GRID + 1)] ?? FAR, field[at + side * (GRID - 1)] ?? FAR) + SLANTED
  field[at] = Math.min(field[at] ?? FAR, straight, slanted)
}

function boxOf(line: Uint8Array): Strokes['box'] {
  const box = { left: GRID, top: GRID, right: 0, bottom: 0 }
  for (const [at, pixel] of line.entries()) {
    if (pixel === 0) continue
    const [x, y] = [at % GRID, Math.floor(at / GRID)]
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y)
  }
  return box
}
