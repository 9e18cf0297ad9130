/** What the handwriting on a slip looks like, coarsely: the same paper is known again on another scan, another paper is not. */
import type { Raster } from './read/raster.ts'

/** Cells of a box: 0.9 × 1.1 mm, coarse enough for another scanner and a crooked feed, fine enough for a stroke's place. */
const ACROSS = 7
const DOWN = 9
const CELLS = ACROSS * DOWN
/** A cell's darkness, 0 to 15, so that two fit a byte. */
const LEVELS = 15
/** Pixels around the box that the outline and the neighbours fill. */
const MARGIN = 7
/** A box with less ink than this, in the sum of its cells, is empty. */
const INK_LEAST = 24
/** Where the strokes of a row begin among its depths, and what is too little to be one, in proportion to paper and stroke. */
const INK_FROM = 0.99
const INK_DEPTH_LEAST = 0.25
const FLOOR = 0.4
/** How alike two scans of one paper are at least, box by box and on the whole (correlation). */
const ALIKE_MEAN = 0.8
const ALIKE_LEAST = 0.5

/** The look of all boxes, base64; empty where no boxes were found. */
export function paperOf(rows: readonly (readonly Raster[])[]): string {
  return Buffer.concat(rows.flatMap(rowCells).map(packed)).toString('base64')
}

/** Whether two looks are of one paper; two of one customer's on which nothing is written are. */
export function isSamePaper(one: string, other: string): boolean {
  if (one === '' || one.length !== other.length) return false
  const [ones, others] = [unpacked(one), unpacked(other)]
  const alike = ones.flatMap((box, at) => {
    const pair = others[at] ?? []
    return hasInk(box) || hasInk(pair) ? [correlation(box, pair)] : []
  })
  if (alike.length === 0) return true
  const mean = alike.reduce((sum, value) => sum + value, 0) / alike.length
  return mean >= ALIKE_MEAN && Math.min(...alike) >= ALIKE_LEAST
}

/** Whether anything is written in the boxes. */
export function hasWriting(paper: string): boolean {
  return unpacked(paper).some(hasInk)
}

interface Depths {
  readonly box: Raster
  /** The level of its paper: most of a box is. */
  readonly paper: number
}

/** How much darker than their paper the strokes of a row are: the darkest hundredth, but never as little as noise. */
function inkDepthOf(boxes: readonly Depths[]): number {
  const paper = boxes.reduce((sum, one) => sum + one.paper, 0) / boxes.length
  const depths = new Int16Array(boxes.reduce((sum, { box }) => sum + box.data.length, 0))
  let at = 0
  for (const { box, paper } of boxes) for (const level of box.data) depths[at++] = paper - level
  depths.sort()
  return Math.max(depths[Math.floor(depths.length * INK_FROM)] ?? 0, INK_DEPTH_LEAST * paper)
}

function rowCells(row: readonly Raster[]): readonly number[][] {
  const boxes = row.map((box) => ({ box, paper: middleOf(box.data) }))
  if (boxes.length === 0) return []
  const inkDepth = inkDepthOf(boxes)
  return boxes.map((box) => cellsOf(box, inkDepth))
}

function middleOf(data: Uint8Array): number {
  return data.toSorted()[data.length >> 1] ?? 255
}

function cellsOf({ box: { data, width, height }, paper }: Depths, inkDepth: number): number[] {
  const [w, h] = [width - 2 * MARGIN, height - 2 * MARGIN]
  const floor = inkDepth * FLOOR
  return Array.from({ length: CELLS }, (_, cell) => {
    const [column, row] = [cell % ACROSS, Math.floor(cell / ACROSS)]
    let [sum, count] = [0, 0]
    for (let y = MARGIN + Math.floor((row * h) / DOWN); y < MARGIN + Math.floor(((row + 1) * h) / DOWN); y++)
      for (
        let x = MARGIN + Math.floor((column * w) / ACROSS);
        x < MARGIN + Math.floor(((column + 1) * w) / ACROSS);
        x++
      ) {
        sum += Math.max(0, paper - (data[y * width + x] ?? 255) - floor)
        count++
      }
    return Math.min(LEVELS, Math.round((sum / count / (inkDepth - floor)) * LEVELS))
  })
}

function hasInk(cells: readonly number[]): boolean {
  return cells.reduce((sum, level) => sum + level, 0) >= INK_LEAST
}

function packed(cells: readonly number[]): Buffer {
  const bytes = Buffer.alloc(Math.ceil(CELLS / 2))
  for (const [at, level] of cells.entries())
    bytes[at >> 1] = (bytes[at >> 1] ?? 0) | (at % 2 === 0 ? level << 4 : level)
  return bytes
}

function unpacked(text: string): number[][] {
  const bytes = Buffer.from(text, 'base64')
  const size = Math.ceil(CELLS / 2)
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, box) =>
    Array.from({ length: CELLS }, (_, at) => {
      const byte = bytes[box * size + (at >> 1)] ?? 0
      return at % 2 === 0 ? byte >> 4 : byte & LEVELS
    }),
  )
}

/** The best over shifts by one cell: two scans place a box a little differently. */
function correlation(one: readonly number[], other: readonly number[]): number {
  let best = -1
  for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) best = Math.max(best, shifted(one, other, dx, dy))
  return best
}

function shifted(one: readonly number[], other: readonly number[], dx: number, dy: number): number {
  let [n, sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0, 0]
  for (let y = Math.max(0, dy); y < DOWN + Math.min(0, dy); y++)
    for (let x = Math.max(0, dx); x < ACROSS + Math.min(0, dx); x++) {
      const a = one[y * ACROSS + x] ?? 0
      const b = other[(y - dy) * ACROSS + x - dx] ?? 0
      n++
      sa += a
      sb += b
      saa += a * a
      sbb += b * b
      sab += a * b
    }
  const [va, vb] = [saa - (sa * sa) / n, sbb - (sb * sb) / n]
  return va <= 0 || vb <= 0 ? 0 : (sab - (sa * sb) / n) / Math.sqrt(va * vb)
}
