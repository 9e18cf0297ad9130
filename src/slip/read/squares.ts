import type { Point } from './geometry.ts'
import { type Piece, piecesOf } from './pieces.ts'
import { type Raster, reduced } from './raster.ts'

/** A dark square on a page, which may be a registration mark. Pixels of the page. */
export interface Square {
  readonly centre: Point
  readonly side: number
  /** White in its middle: only the mark at the form's upper left corner has that. */
  readonly hole: boolean
}

/** Half the window over which the paper's level is taken, in reduced pixels: wider than a mark, narrower than a slip. */
const AROUND = 40
/** Darker than 18/25 of its neighbourhood is ink. */
const DARK_PARTS = 18
const DARK_OF = 25
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
export function squaresOn(page: Raster): Square[] {
  const factor = reductionOf(page)
  const small = reduced(page, factor)
  const dark = darkPixels(small)
  return piecesOf(dark, small.width)
    .filter(isSquare)
    .slice(0, SQUARES_MAX)
    .map((piece) => squareOf(piece, dark, small.width, factor))
}

/** Down to about 100 dpi: at least enough for a mark to be 10 pixels wide, little enough to be quick. */
function reductionOf({ width, height }: Raster): number {
  const longest = Math.max(width, height)
  return longest <= 1500 ? 1 : longest <= 3800 ? 2 : Math.ceil(longest / 1900)
}

/** 1 where a pixel is darker than the mean of its neighbourhood by enough; the neighbourhood ends with the page. */
function darkPixels({ width, height, data }: Raster): Uint8Array {
  const dark = new Uint8Array(data.length)
  // The sum of each column over the lines of the neighbourhood, which moves down with the line.
  const columns = new Int32Array(width)
  for (let below = 0; below < Math.min(AROUND - 1, height); below++) moveDown(columns, data, below * width, -1)
  for (let y = 0; y < height; y++) {
    const [above, below] = [y - AROUND - 1, y + AROUND - 1]
    if (below < height || above >= 0)
      moveDown(columns, data, below < height ? below * width : -1, above >= 0 ? above * width : -1)
    const lines = Math.min(height - 1, below) - Math.max(-1, above)
    markDark(data, dark, y * width, { columns, lines })
  }
  return dark
}

/** Adds the line that begins at `below` to the columns and takes away the one at `above`; -1: there is none. */
function moveDown(columns: Int32Array, data: Uint8Array, below: number, above: number): void {
  const width = columns.length
  if (below >= 0 && above >= 0)
    for (let x = 0; x < width; x++) columns[x] = (columns[x] ?? 0) + (data[below + x] ?? 0) - (data[above + x] ?? 0)
  else if (below >= 0) for (let x = 0; x < width; x++) columns[x] = (columns[x] ?? 0) + (data[below + x] ?? 0)
  else for (let x = 0; x < width; x++) columns[x] = (columns[x] ?? 0) - (data[above + x] ?? 0)
}

interface Columns {
  readonly columns: Int32Array
  /** Lines that they are sums of. */
  readonly lines: number
}

/** Whole numbers throughout: this is done for every pixel of a page. */
function markDark(data: Uint8Array, dark: Uint8Array, line: number, { columns, lines }: Columns): void {
  const width = columns.length
  let [sum, count] = [0, 0]
  for (let x = 1 - AROUND; x < width; x++) {
    const [left, right] = [x - AROUND - 1, x + AROUND - 1]
    if (right < width) {
      sum += columns[right] ?? 0
      count += lines
    }
    if (left >= 0) {
      sum -= columns[left] ?? 0
      count -= lines
    }
    if (x >= 0) dark[line + x] = ((data[line + x] ?? 0) + DARK_LEAST) * count * DARK_OF < sum * DARK_PARTS ? 1 : 0
  }
}

function isSquare({ area, wide, high }: Piece): boolean {
  const aspect = wide > high ? wide / high : high / wide
  return wide >= SIDE_MIN && wide <= SIDE_MAX && aspect <= ASPECT_MAX && area >= FILL_MIN * wide * high
}

function squareOf({ wide, high, middle: { x, y } }: Piece, dark: Uint8Array, width: number, factor: number): Square {
  const side = Math.sqrt(wide * high)
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
