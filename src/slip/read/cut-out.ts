import type { RowLayout } from '../../core/slip.ts'
import { BOX, boxLeft, ROW_TOPS } from '../print/form-r1.ts'
import type { Placement, Point } from './geometry.ts'
import { levelOf, type Raster, seenIn } from './raster.ts'

/** A box as the net takes it: the box and a millimetre around it. `training/rows.py` has the same. */
export const CUT = { width: 40, height: 48, scale: 4 } as const
export const CUT_PIXELS = CUT.width * CUT.height

/** How a box is looked at: moved by so many mm, and larger or smaller. */
export interface Look {
  readonly dx: number
  readonly dy: number
  readonly grow: number
}

/** Where the form says that the box is. */
const STRAIGHT: Look = { dx: 0, dy: 0, grow: 1 }

/** The paper's level of a cut-out: it is brighter than ink and outline, and noise goes both ways. */
const PAPER_SHARE = 0.8
/** The darkest of a row: a speck is no ink. */
const INK_SHARE = 0.005
/** Where nothing is written the outline, or noise, must not look like ink: a share of the paper's level, and levels. */
const INK_DEPTH_LEAST = 0.25
const INK_DEPTH_FLOOR = 4
/** Of the row's ink; less than this is no trace of a pen. */
const BLANK_DEPTH = 0.05
/** Darker than the row's ink by so much is cut off. */
const DARKNESS_MAX = 1.2

/** One box of a row. */
export interface Box {
  readonly row: number
  /** From the left, 0-based; the first `whole` stand before the comma. */
  readonly index: number
  readonly whole: number
}

/** A box, as a grey picture. */
export function cutOut(page: Raster, placement: Placement, { row, index, whole }: Box, look: Look): Raster {
  const scale = CUT.scale * look.grow
  const middle: Point = {
    x: boxLeft(index, whole) + BOX.width / 2 + look.dx,
    y: (ROW_TOPS[row] ?? 0) + BOX.height / 2 + look.dy,
  }
  const corner = { x: middle.x - CUT.width / scale / 2, y: middle.y - CUT.height / scale / 2 }
  return seenIn(page, placement, { corner, width: CUT.width, height: CUT.height, scale })
}

/** The boxes of a row where the form says that they are, as grey pictures. */
export function cutOuts(page: Raster, placement: Placement, row: number, { whole, decimals }: RowLayout): Raster[] {
  return Array.from({ length: whole + decimals }, (_, index) =>
    cutOut(page, placement, { row, index, whole }, STRAIGHT),
  )
}

/** How far below its paper the ink of a row lies, in grey levels: one for the row, since one pen wrote it. */
export function inkDepthOf(cuts: readonly Raster[]): number {
  const papers = cuts.map(paperOf)
  // How much darker than its paper each pixel is, and nothing where it is brighter.
  const depths = new Uint8Array(cuts.length * CUT_PIXELS)
  for (const [k, { data }] of cuts.entries())
    for (let at = 0; at < CUT_PIXELS; at++)
      depths[k * CUT_PIXELS + at] = Math.max(0, (papers[k] ?? 0) - (data[at] ?? 0))
  const mean = papers.reduce((sum, paper) => sum + paper, 0) / papers.length
  return Math.max(levelOf(depths, 1 - INK_SHARE), INK_DEPTH_LEAST * mean, INK_DEPTH_FLOOR)
}

/** A cut-out as darkness, 0 paper to 1, written to where the net's input has room for it. */
export function darken(cut: Raster, inkDepth: number, into: Float32Array): void {
  const paper = paperOf(cut)
  for (let at = 0; at < CUT_PIXELS; at++)
    into[at] = Math.min(DARKNESS_MAX, Math.max(0, (paper - (cut.data[at] ?? 0)) / inkDepth)) / DARKNESS_MAX
}

/** In which boxes nothing is darker than paper: where a scanner knows two levels, even the outline may be gone. */
export function blankOnes(cuts: readonly Raster[], inkDepth: number): boolean[] {
  const level = Math.max(...cuts.map(paperOf)) - BLANK_DEPTH * inkDepth
  return cuts.map(({ data }) => data.every((grey) => grey >= level))
}

function paperOf({ data }: Raster): number {
  return levelOf(data, PAPER_SHARE)
}
