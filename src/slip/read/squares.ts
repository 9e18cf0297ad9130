import type { Point } from './geometry.ts'
import { type Page, type Raster, reduced } from './raster.ts'

/** A dark square on a page, which may be a registration mark. Pixels of the page. */
export interface Square {
  readonly centre: Point
  readonly side: number
  /** White in its middle: only the mark at the form's upper left corner has that. */
  readonly hole: boolean
}

/** A connected dark piece of a reduced page. */
interface Piece {
  readonly area: number
  readonly sumX: number
  readonly sumY: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Half the window over which the paper's level is taken, in reduced pixels: wider than a mark, narrower than a slip. */
const AROUND = 40
/** Darker than this share of its neighbourhood is ink. */
const DARK_SHARE = 0.72
const DARK_LEAST = 4
/** Sides of a mark in reduced pixels: 5 mm at 45 to 350 dpi. */
const SIDE_MIN = 9
const SIDE_MAX = 70
/** A square turned by 4° with its hole fills 0.7 of its bounding box. */
const FILL_MIN = 0.6
const ASPECT_MAX = 1.35
/** What is looked at in a square's middle, as a share of its side on each hand: well inside the hole. */
const MIDDLE_SHARE = 0.1

/** A page has four slips at most, and text makes some squares more; a pattern must not make millions of pairs. */
const SQUARES_MAX = 200

/** All squares of a page that have about the size of a mark. */
export function squaresOn(page: Page): Square[] {
  const factor = reductionOf(page)
  const small = reduced(page, factor)
  const dark = darkPixels(small)
  return piecesOf(dark, small.width)
    .filter(isSquare)
    .slice(0, SQUARES_MAX)
    .map((piece) => squareOf(piece, dark, small.width, factor))
}

/** Down to about 100 dpi: at least enough for a mark to be 10 pixels wide, little enough to be quick. */
function reductionOf({ width, height }: Page): number {
  const longest = Math.max(width, height)
  return longest <= 1500 ? 1 : longest <= 3800 ? 2 : Math.ceil(longest / 1900)
}

/** 1 where a pixel is darker than the mean of its neighbourhood by enough. */
function darkPixels({ width, height, data }: Raster): Uint8Array {
  const sums = summed(data, width, height)
  const dark = new Uint8Array(data.length)
  const stride = width + 1
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - AROUND) * stride
    const bottom = Math.min(height, y + AROUND) * stride
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - AROUND)
      const right = Math.min(width, x + AROUND)
      const area = ((bottom - top) / stride) * (right - left)
      const sum =
        (sums[bottom + right] ?? 0) - (sums[top + right] ?? 0) - (sums[bottom + left] ?? 0) + (sums[top + left] ?? 0)
      dark[y * width + x] = (data[y * width + x] ?? 0) < (sum / area) * DARK_SHARE - DARK_LEAST ? 1 : 0
    }
  }
  return dark
}

/** Sums over all rectangles from the upper left corner. A page of 30 million pixels stays below 2^33. */
function summed(data: Uint8Array, width: number, height: number): Float64Array {
  const stride = width + 1
  const sums = new Float64Array(stride * (height + 1))
  for (let y = 0; y < height; y++) {
    let line = 0
    for (let x = 0; x < width; x++) {
      line += data[y * width + x] ?? 0
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] ?? 0) + line
    }
  }
  return sums
}

/** Connected dark pieces, found by flooding; `dark` is left with 2 where it was looked at. */
function piecesOf(dark: Uint8Array, width: number): Piece[] {
  const pieces: Piece[] = []
  const open = new Int32Array(dark.length)
  for (let start = 0; start < dark.length; start++)
    if (dark[start] === 1) pieces.push(flooded(dark, width, start, open))
  return pieces
}

function flooded(dark: Uint8Array, width: number, start: number, open: Int32Array): Piece {
  let [area, sumX, sumY] = [0, 0, 0]
  let [left, right, top, bottom] = [width, 0, dark.length, 0]
  let count = 1
  open[0] = start
  dark[start] = 2
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
    if (x > 0) count = pushed(dark, at - 1, open, count)
    if (x < width - 1) count = pushed(dark, at + 1, open, count)
    count = pushed(dark, at - width, open, count)
    count = pushed(dark, at + width, open, count)
  }
  return { area, sumX, sumY, left, right, top, bottom }
}

function pushed(dark: Uint8Array, at: number, open: Int32Array, count: number): number {
  if (dark[at] !== 1) return count
  dark[at] = 2
  open[count] = at
  return count + 1
}

function isSquare({ area, left, right, top, bottom }: Piece): boolean {
  const wide = right - left + 1
  const high = bottom - top + 1
  const aspect = wide > high ? wide / high : high / wide
  return wide >= SIDE_MIN && wide <= SIDE_MAX && aspect <= ASPECT_MAX && area >= FILL_MIN * wide * high
}

function squareOf(piece: Piece, dark: Uint8Array, width: number, factor: number): Square {
  const x = piece.sumX / piece.area
  const y = piece.sumY / piece.area
  const side = Math.sqrt((piece.right - piece.left + 1) * (piece.bottom - piece.top + 1))
  const reach = Math.max(1, Math.round(side * MIDDLE_SHARE))
  let white = 0
  for (let down = -reach; down <= reach; down++)
    for (let across = -reach; across <= reach; across++)
      white += dark[Math.round(y + down) * width + Math.round(x + across)] === 0 ? 1 : 0
  return {
    centre: { x: (x + 0.5) * factor, y: (y + 0.5) * factor },
    side: side * factor,
    hole: white > (2 * reach + 1) ** 2 / 2,
  }
}
