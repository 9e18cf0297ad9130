import type { BoxSeen, RowSeen } from '../../core/slip.ts'
import { blankOnes, CUT_PIXELS, cutOut, cutOuts, darken, inkReach, type Look, STRAIGHT } from './cut-out.ts'
import type { DigitNet } from './digit-net.ts'
import type { Placement } from './geometry.ts'
import type { RowLayout } from './payload.ts'
import type { Page, Raster } from './raster.ts'
import { strayInkOf } from './stray-ink.ts'

/** The rows of a slip as they were read, with the boxes as pictures. */
export interface RowsRead {
  readonly rows: readonly RowSeen[]
  readonly cutOuts: readonly (readonly Raster[])[]
}

/** Further looks at what is not plainly empty: the form is found to about half a millimetre. */
const LOOKS: readonly Look[] = [
  { dx: 0.35, dy: 0.2, grow: 1 },
  { dx: -0.35, dy: -0.2, grow: 1 },
  { dx: 0.15, dy: -0.3, grow: 0.94 },
  { dx: -0.15, dy: 0.3, grow: 1.06 },
]
/** So sure that a box is empty that one look is enough. */
const PLAINLY_EMPTY = 0.9995

/** What nobody need look at. */
const NOTHING: BoxSeen = { digits: Array.from({ length: 10 }, () => 0), empty: 1, dash: 0, junk: 0 }

/** A row on its way: its pictures, and what was said of each box so far. */
interface Work {
  readonly layout: RowLayout
  readonly cuts: readonly Raster[]
  readonly reach: number
  readonly said: BoxSeen[][]
}

/** Reads all rows of a slip: every box once, then those with ink several times more, each time by both nets. */
export async function readRows(
  page: Page,
  placement: Placement,
  layouts: readonly RowLayout[],
  net: DigitNet,
): Promise<RowsRead> {
  const works = layouts.map((layout, row): Work => {
    const cuts = cutOuts(page, placement, row, layout, STRAIGHT)
    const reach = inkReach(cuts)
    return { layout, cuts, reach, said: blankOnes(cuts, reach).map((blank) => (blank ? [NOTHING] : [])) }
  })
  await lookAt(
    works.flatMap(({ cuts, said }, row) =>
      cuts.flatMap((cut, box) => (said[box]?.length === 0 ? [{ cut, row, box }] : [])),
    ),
    works,
    net,
  )
  const inked = works.flatMap(({ layout, said }, row) =>
    said.flatMap((views, box) =>
      views.every(({ empty }) => empty > PLAINLY_EMPTY) ? [] : [{ row, index: box, whole: layout.whole }],
    ),
  )
  const views = LOOKS.flatMap((look) =>
    inked.map((box): View => ({ cut: cutOut(page, placement, box, look), row: box.row, box: box.index })),
  )
  await lookAt(views, works, net)
  const stray = strayInkOf(page, placement, layouts)
  return {
    rows: works.map(({ layout, said }, row) => ({
      ...layout,
      boxes: said.map(together),
      strayInk: stray[row] ?? false,
    })),
    cutOuts: works.map(({ cuts }) => cuts),
  }
}

/** How one box looks at one look. */
interface View {
  readonly cut: Raster
  readonly row: number
  readonly box: number
}

/** Shows all views to the nets at once; what they say of each is added to its row. */
async function lookAt(views: readonly View[], works: readonly Work[], net: DigitNet): Promise<void> {
  if (views.length === 0) return
  const darkness = new Float32Array(views.length * CUT_PIXELS)
  for (const [k, { cut, row }] of views.entries())
    darken(cut, works[row]?.reach ?? 1, darkness.subarray(k * CUT_PIXELS, (k + 1) * CUT_PIXELS))
  const said = await net(darkness)
  for (const [k, { row, box }] of views.entries()) works[row]?.said[box]?.push(...(said[k] ?? []))
}

/** Below it a net's doubt is noise; one view that is sure of the opposite still outweighs two that are sure. */
const LEAST = 1e-6

/** What all looks and both nets say together: the geometric mean, so that one view that denies a sign has a veto. */
export function together(said: readonly BoxSeen[]): BoxSeen {
  const mean = (of: (view: BoxSeen) => number): number =>
    Math.exp(said.reduce((sum, view) => sum + Math.log(Math.max(LEAST, of(view))), 0) / said.length)
  const digits = Array.from({ length: 10 }, (_, digit) => mean((view) => view.digits[digit] ?? 0))
  const [empty, dash, junk] = [mean((view) => view.empty), mean((view) => view.dash), mean((view) => view.junk)]
  const total = digits.reduce((sum, p) => sum + p, empty + dash + junk)
  return { digits: digits.map((p) => p / total), empty: empty / total, dash: dash / total, junk: junk / total }
}
