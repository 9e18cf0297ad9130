import { MARK_SIZE, MARKS, QR } from '../../../src/slip/print/form-r1.ts'
import { onPage, type Placement, type Point, pixelsPerMm } from '../../../src/slip/read/geometry.ts'
import type { Raster } from '../../../src/slip/read/raster.ts'

const PAPER = 250

/** A page on which some of a slip's marks (0 to 3, from the upper left clockwise) are covered, and its code where wanted. */
export function covered(
  page: Raster,
  placement: Placement,
  what: { readonly marks: readonly number[]; readonly code: boolean },
): Raster {
  const data = page.data.slice()
  const cover = (middle: Point, side: number): void => {
    const reach = (side / 2) * pixelsPerMm(placement)
    const { x, y } = onPage(placement, middle)
    for (let line = Math.round(y - reach); line < y + reach; line++)
      data.fill(PAPER, line * page.width + Math.round(x - reach), line * page.width + Math.round(x + reach))
  }
  for (const [k, mark] of MARKS.entries()) if (what.marks.includes(k)) cover(mark, MARK_SIZE + 2)
  if (what.code) cover({ x: QR.x + QR.size / 2, y: QR.y + QR.size / 2 }, QR.size + 2)
  return { ...page, data }
}
