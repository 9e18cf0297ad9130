import type { BoxSeen, RowLayout, RowSeen } from '../../core/slip.ts'
import { blankOnes, CUT_PIXELS, cutOut, cutOuts, darken, inkDepthOf, type Look } from './cut-out.ts'
import type { DigitNet } from './digit-net.ts'
import type { Placement } from './geometry.ts'
import type { Raster } from './raster.ts'
import { strayInkOf } from './stray-ink.ts'

/** The rows of a slip as they were read, with the boxes as pictures. */
export interface RowsRead {
  readonly rows: readonly RowSeen[]
  readonly cutOuts: readonly (readonly Raster[])[]
}

/**
 * Two looks, a little aside of each other, one from nearer and one from farther: the form is found to about half a
 * millimetre. The second is for boxes that are not plain at the first. Further ones cost time and change nothing; see the
 * figures in `../training/README.md`.
 */
const FIRST_LOOK: Look = { dx: 0.15, dy: -0.3, grow: 0.94 }
const SECOND_LOOK: Look = { dx: -0.15, dy: 0.3, grow: 1.06 }
/** So sure of a box that one look is enough. */
const PLAIN = 0.998

/** What nobody need look at. */
const NOTHING: BoxSeen = { digits: Array.from({ length: 10 }, () => 0), empty: 1, dash: 0, junk: 0 }

/** A row on its way: its pictures, and what was said of each box so far, look by look. */
interface Work {
  readonly layout: RowLayout
  readonly cuts: readonly Raster[]
  readonly inkDepth: number
  readonly said: BoxSeen[][]
}

/** Reads all rows of a slip: every box once, then those that were not plain once more. */
export async function readRows(
  page: Raster,
  placement: Placement,
  layouts: readonly RowLayout[],
  net: DigitNet,
): Promise<RowsRead> {
  const works = layouts.map((layout, row): Work => {
    const cuts = cutOuts(page, placement, row, layout)
    const inkDepth = inkDepthOf(cuts)
    return { layout, cuts, inkDepth, said: blankOnes(cuts, inkDepth).map((blank) => (blank ? [NOTHING] : [])) }
  })
  const look = async (at: Look, isWanted: (said: Work['said'][number]) => boolean): Promise<void> => {
    const views = works.flatMap(({ layout: { whole }, said }, row) =>
      said.flatMap((looks, index) =>
        isWanted(looks) ? [{ cut: cutOut(page, placement, { row, index, whole }, at), row, box: index }] : [],
      ),
    )
    await lookAt(views, works, net)
  }
  await look(FIRST_LOOK, (looks) => looks.length === 0)
  await look(SECOND_LOOK, (looks) => !isPlain(looks))
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

function isPlain(looks: readonly BoxSeen[]): boolean {
  const { digits, empty, dash, junk } = together(looks)
  return Math.max(...digits, empty, dash, junk) > PLAIN
}

/** How one box looks at one look. */
interface View {
  readonly cut: Raster
  readonly row: number
  readonly box: number
}

/** Shows all views to the net at once; what it says of each is added to its row. */
async function lookAt(views: readonly View[], works: readonly Work[], net: DigitNet): Promise<void> {
  if (views.length === 0) return
  const darkness = new Float32Array(views.length * CUT_PIXELS)
  for (const [k, { cut, row }] of views.entries())
    darken(cut, works[row]?.inkDepth ?? 1, darkness.subarray(k * CUT_PIXELS, (k + 1) * CUT_PIXELS))
  for (const [k, seen] of (await net(darkness)).entries()) {
    const { row, box } = views[k] as View
    works[row]?.said[box]?.push(seen)
  }
}

/** Below it the net's doubt is noise. */
const LEAST = 1e-6

/** What all looks say together: their geometric mean, so that one look that denies a sign has a veto. */
function together(looks: readonly BoxSeen[]): BoxSeen {
  const mean = (of: (look: BoxSeen) => number): number => geometricMean(looks.map(of))
  const digits = Array.from({ length: 10 }, (_, digit) => mean((look) => look.digits[digit] ?? 0))
  const [empty, dash, junk] = [mean((look) => look.empty), mean((look) => look.dash), mean((look) => look.junk)]
  const total = digits.reduce((sum, p) => sum + p, empty + dash + junk)
  return { digits: digits.map((p) => p / total), empty: empty / total, dash: dash / total, junk: junk / total }
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, p) => sum + Math.log(Math.max(LEAST, p)), 0) / values.length)
}
