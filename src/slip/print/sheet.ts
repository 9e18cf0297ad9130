import { SLIP } from './form-r1.ts'

/** How slips lie on a sheet of paper; all in millimetres. */
export interface Sheet {
  readonly width: number
  readonly height: number
  /** Top left corners of its slips, in the order in which they are filled. */
  readonly places: readonly (readonly [x: number, y: number])[]
  /** Cut marks: thin rectangles, x, y, width and height. */
  readonly marks: readonly (readonly [x: number, y: number, width: number, height: number])[]
}

/** `a4`: four on a sheet with cut marks; `a6`: one on a page of its own size. */
export type Layout = 'a4' | 'a6'

/** Two slips side by side leave 1 mm of a sheet of A4, half of it on either side. */
const A4 = { width: 297, height: 210 }
const MARGIN = (A4.width - 2 * SLIP.width) / 2
const CUT = { x: MARGIN + SLIP.width, y: SLIP.height }
/** Long enough to be seen where a printer leaves the edge of the paper white. */
const TICK = 9
const LINE = 0.15

/** Every layout there is. */
export const LAYOUTS: Readonly<Record<Layout, Sheet>> = {
  a4: {
    ...A4,
    places: [
      [MARGIN, 0],
      [CUT.x, 0],
      [MARGIN, CUT.y],
      [CUT.x, CUT.y],
    ],
    marks: [
      upright(0, TICK),
      upright(CUT.y - TICK, 2 * TICK),
      upright(A4.height - TICK, TICK),
      across(0, TICK),
      across(CUT.x - TICK, 2 * TICK),
      across(A4.width - TICK, TICK),
    ],
  },
  a6: { ...SLIP, places: [[0, 0]], marks: [] },
}

/** Between left and right. */
function upright(y: number, length: number) {
  return [CUT.x - LINE / 2, y, LINE, length] as const
}

/** Between top and bottom. */
function across(x: number, length: number) {
  return [x, CUT.y - LINE / 2, length, LINE] as const
}
