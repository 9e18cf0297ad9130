/** Points, and the plane maps that carry millimetres of the form to pixels of a page. */

/** Millimetres of the form, or pixels of a page; y grows downwards. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** The corners of a slip, or of its code, clockwise from its own upper left one, however it lies. */
export type Quad = readonly [Point, Point, Point, Point]

/** x → (ax + by + c) / (gx + hy + 1), y → (dx + ey + f) / (gx + hy + 1). With g = h = 0 it is affine. */
export interface Placement {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
  readonly g: number
  readonly h: number
}

/** A point of the form (mm) that was seen on the page (px). */
export interface Tie {
  readonly mm: Point
  readonly px: Point
  readonly weight: number
}

/** Where a point of the form lies on the page. */
export function onPage({ a, b, c, d, e, f, g, h }: Placement, { x, y }: Point): Point {
  const depth = g * x + h * y + 1
  return { x: (a * x + b * y + c) / depth, y: (d * x + e * y + f) / depth }
}

/** Pixels per millimetre, along the form's upper edge. */
export function pixelsPerMm({ a, d }: Placement): number {
  return Math.hypot(a, d)
}

/** In the unit of the points. */
export function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}

/** The map through two ties that only moves, turns and scales; they must stand apart. */
export function similarityThrough(one: Tie, other: Tie): Placement {
  const mm = { x: other.mm.x - one.mm.x, y: other.mm.y - one.mm.y }
  const px = { x: other.px.x - one.px.x, y: other.px.y - one.px.y }
  const square = mm.x ** 2 + mm.y ** 2
  const a = (mm.x * px.x + mm.y * px.y) / square
  const d = (mm.x * px.y - mm.y * px.x) / square
  const [c, f] = [one.px.x - a * one.mm.x + d * one.mm.y, one.px.y - d * one.mm.x - a * one.mm.y]
  return { a, b: -d, c, d, e: a, f, g: 0, h: 0 }
}

/** The affine map that lies closest to at least three ties; null where they stand on a line. */
export function affineThrough(ties: readonly Tie[]): Placement | null {
  const rows = ties.map(({ mm }) => [mm.x, mm.y, 1])
  const weights = ties.map(({ weight }) => weight)
  const across = leastSquares(
    rows,
    ties.map(({ px }) => px.x),
    weights,
  )
  const down = leastSquares(
    rows,
    ties.map(({ px }) => px.y),
    weights,
  )
  if (across === null || down === null) return null
  const [a = 0, b = 0, c = 0] = across
  const [d = 0, e = 0, f = 0] = down
  return { a, b, c, d, e, f, g: 0, h: 0 }
}

/** Units in which the equations of a homography stay near 1: 100 mm and 1000 px. */
const MM_UNIT = 100
const PX_UNIT = 1000

/** The homography that lies closest to at least four ties; null where three of them stand on a line. */
export function homographyThrough(ties: readonly Tie[]): Placement | null {
  const rows: number[][] = []
  const values: number[] = []
  const weights: number[] = []
  for (const { mm, px, weight } of ties) {
    const [x, y, u, v] = [mm.x / MM_UNIT, mm.y / MM_UNIT, px.x / PX_UNIT, px.y / PX_UNIT]
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y])
    values.push(u, v)
    weights.push(weight, weight)
  }
  const found = leastSquares(rows, values, weights)
  if (found === null) return null
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = found
  const scale = PX_UNIT / MM_UNIT
  return {
    a: a * scale,
    b: b * scale,
    c: c * PX_UNIT,
    d: d * scale,
    e: e * scale,
    f: f * PX_UNIT,
    g: g / MM_UNIT,
    h: h / MM_UNIT,
  }
}

/** The solution of weighted linear equations by their normal equations; null where they leave it open. */
function leastSquares(
  rows: readonly number[][],
  values: readonly number[],
  weights: readonly number[],
): number[] | null {
  const size = rows[0]?.length ?? 0
  const normal = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0))
  for (const [k, row] of rows.entries()) {
    const weight = weights[k] ?? 1
    for (const [i, line] of normal.entries()) {
      const part = weight * (row[i] ?? 0)
      for (let j = 0; j < size; j++) line[j] = (line[j] ?? 0) + part * (row[j] ?? 0)
      line[size] = (line[size] ?? 0) + part * (values[k] ?? 0)
    }
  }
  return solved(normal)
}

/** Below it a pivot is a rounding error: the units keep what matters near 1. */
const PIVOT_MIN = 1e-11

/** Gauss and Jordan, with the largest pivot of each column. The last column is the right side. */
function solved(lines: number[][]): number[] | null {
  for (let column = 0; column < lines.length; column++) {
    const rest = lines.slice(column).map((line) => Math.abs(line[column] ?? 0))
    const best = column + rest.indexOf(Math.max(...rest))
    const pivotLine = lines[best]
    const pivot = pivotLine?.[column] ?? 0
    if (pivotLine === undefined || Math.abs(pivot) < PIVOT_MIN) return null
    lines[best] = lines[column] ?? []
    lines[column] = pivotLine.map((value) => value / pivot)
    eliminate(lines, column)
  }
  return lines.map((line) => line.at(-1) ?? 0)
}

function eliminate(lines: number[][], column: number): void {
  const pivotLine = lines[column] ?? []
  for (const [k, line] of lines.entries()) {
    const factor = line[column] ?? 0
    if (k !== column && factor !== 0) lines[k] = line.map((value, j) => value - factor * (pivotLine[j] ?? 0))
  }
}
