import { onPage, type Placement, type Point } from './geometry.ts'

/** A grey picture: a page, or a part of one. */
export interface Raster {
  readonly width: number
  readonly height: number
  /** Row by row, one byte a pixel: 0 black to 255 white. */
  readonly data: Uint8Array
}

/** A rectangle of the form that is to be looked at: its upper left corner in mm, and pixels. */
export interface Window {
  readonly corner: Point
  readonly width: number
  readonly height: number
  /** Pixels per mm. */
  readonly scale: number
}

/** What of the page lies in a window of the form, upright: each pixel is the mean of `fine` × `fine` samples. */
export function seenIn(page: Raster, placement: Placement, window: Window, fine = 2): Raster {
  const { corner, width, height, scale } = window
  const { a, b, c, d, e, f, g, h } = placement
  const step = 1 / (scale * fine)
  const data = new Uint8Array(width * height)
  const sums = new Float64Array(width)
  // What a sample's x adds to the three sums of a placement is the same in every line.
  const across = Float64Array.from({ length: width * fine }, (_, k) => corner.x + (k + 0.5) * step)
  const [ax, dx, gx] = [across.map((x) => a * x), across.map((x) => d * x), across.map((x) => g * x)]
  for (let row = 0; row < height; row++) {
    sums.fill(0)
    for (let line = row * fine; line < (row + 1) * fine; line++) {
      const y = corner.y + (line + 0.5) * step
      const [by, ey, hy] = [b * y, e * y, h * y]
      for (let k = 0; k < width * fine; k++) {
        const depth = (gx[k] ?? 0) + hy + 1
        const grey = greyAt(page, ((ax[k] ?? 0) + by + c) / depth, ((dx[k] ?? 0) + ey + f) / depth)
        const column = Math.floor(k / fine)
        sums[column] = (sums[column] ?? 0) + grey
      }
    }
    for (let column = 0; column < width; column++)
      data[row * width + column] = (sums[column] ?? 0) / (fine * fine) + 0.5
  }
  return { width, height, data }
}

/** The grey level at a point of the page, between four pixels; beyond the page's edge that of the edge. */
function greyAt({ width, height, data }: Raster, x: number, y: number): number {
  // A pixel's value stands at its middle.
  const u = within(x - 0.5, width - 1.001)
  const v = within(y - 0.5, height - 1.001)
  const left = Math.floor(u)
  const top = Math.floor(v)
  const at = top * width + left
  const right = u - left
  const below = v - top
  const upper = (data[at] ?? 0) * (1 - right) + (data[at + 1] ?? 0) * right
  const lower = (data[at + width] ?? 0) * (1 - right) + (data[at + width + 1] ?? 0) * right
  return upper * (1 - below) + lower * below
}

function within(value: number, max: number): number {
  return value < 0 ? 0 : Math.min(value, max)
}

/** Parts of a pixel, and of a grey level between two of them, as whole numbers. */
const PARTS = 65_536
const WEIGHTS = 256

/**
 * As `seenIn` in half its time, and good to a twentieth of a pixel: points of a line are taken to stand evenly on the page.
 * For what people look at, and for whether there is ink; not for what the net is shown.
 */
export function seenQuickly(page: Raster, placement: Placement, window: Window, fine = 2): Raster {
  const { corner, width, height, scale } = window
  const step = 1 / (scale * fine)
  const last = width * fine - 1
  const sums = new Int32Array(width)
  const data = new Uint8Array(width * height)
  for (let row = 0; row < height; row++) {
    sums.fill(0)
    for (let line = row * fine; line < (row + 1) * fine; line++) {
      const y = corner.y + (line + 0.5) * step
      const from = onPage(placement, { x: corner.x + 0.5 * step, y })
      const to = onPage(placement, { x: corner.x + (last + 0.5) * step, y })
      addLineOf(page, from, { x: (to.x - from.x) / last, y: (to.y - from.y) / last }, sums, fine)
    }
    for (let column = 0; column < width; column++)
      data[row * width + column] = (sums[column] ?? 0) / (fine * fine * WEIGHTS ** 2) + 0.5
  }
  return { width, height, data }
}

/** Adds `fine` samples to each sum, from a point on, so far apart; beyond the page's edge they are those of the edge. */
function addLineOf({ width, height, data }: Raster, from: Point, apart: Point, sums: Int32Array, fine: number): void {
  // A pixel's value stands at its middle.
  let [x, y] = [Math.round((from.x - 0.5) * PARTS), Math.round((from.y - 0.5) * PARTS)]
  const [dx, dy] = [Math.round(apart.x * PARTS), Math.round(apart.y * PARTS)]
  const [right, bottom] = [Math.max(0, (width - 1) * PARTS - 1), Math.max(0, (height - 1) * PARTS - 1)]
  for (let column = 0; column < sums.length; column++) {
    let sum = sums[column] ?? 0
    for (let k = 0; k < fine; k++) {
      const u = x < 0 ? 0 : Math.min(x, right)
      const v = y < 0 ? 0 : Math.min(y, bottom)
      const at = (v >> 16) * width + (u >> 16)
      const [beside, below] = [(u >> 8) & 255, (v >> 8) & 255]
      const upper = (data[at] ?? 0) * (WEIGHTS - beside) + (data[at + 1] ?? 0) * beside
      const lower = (data[at + width] ?? 0) * (WEIGHTS - beside) + (data[at + width + 1] ?? 0) * beside
      sum += upper * (WEIGHTS - below) + lower * below
      x += dx
      y += dy
    }
    sums[column] = sum
  }
}

/** A page made smaller by a whole factor: each pixel is the mean of a block. */
export function reduced(page: Raster, factor: number): Raster {
  if (factor === 1) return page
  const width = Math.floor(page.width / factor)
  const height = Math.floor(page.height / factor)
  const data = new Uint8Array(width * height)
  const sums = new Int32Array(width)
  for (let row = 0; row < height; row++) {
    sums.fill(0)
    for (let line = row * factor; line < (row + 1) * factor; line++)
      if (factor === 2) addPairs(sums, page.data, line * page.width)
      else addBlocks(sums, page.data, line * page.width, factor)
    for (let column = 0; column < width; column++)
      data[row * width + column] = (sums[column] ?? 0) / (factor * factor) + 0.5
  }
  return { width, height, data }
}

function addPairs(sums: Int32Array, data: Uint8Array, start: number): void {
  for (let column = 0, at = start; column < sums.length; column++, at += 2)
    sums[column] = (sums[column] ?? 0) + (data[at] ?? 0) + (data[at + 1] ?? 0)
}

function addBlocks(sums: Int32Array, data: Uint8Array, start: number, factor: number): void {
  let at = start
  for (let column = 0; column < sums.length; column++) {
    let sum = sums[column] ?? 0
    for (let k = 0; k < factor; k++) sum += data[at++] ?? 0
    sums[column] = sum
  }
}

/** The grey level below which the given share (0..1) of a raster's pixels lies. */
export function levelOf(data: Uint8Array, share: number): number {
  const counts = new Uint32Array(256)
  for (const level of data) counts[level] = (counts[level] ?? 0) + 1
  let rest = share * data.length
  for (let level = 0; level < 256; level++) {
    rest -= counts[level] ?? 0
    if (rest < 0) return level
  }
  return 255
}
