import { MARK_SIZE, MARKS, QR, SLIP } from '../print/form-r1.ts'
import {
  affineThrough,
  distance,
  homographyThrough,
  onPage,
  type Placement,
  type Point,
  pixelsPerMm,
  type Quad,
  type Tie,
} from './geometry.ts'
import type { Square } from './squares.ts'

/** Where a slip lies on a page, and how many of its four marks say so. */
export interface Placed {
  readonly placement: Placement
  readonly marks: number
}

/** Corners of the QR symbol on the form. */
const CODE_CORNERS: Quad = [
  { x: QR.x, y: QR.y },
  { x: QR.x + QR.size, y: QR.y },
  { x: QR.x + QR.size, y: QR.y + QR.size },
  { x: QR.x, y: QR.y + QR.size },
]
/** The nearest marks first: each one that is found tells better where the next must be. TL, BL, TR, BR. */
const FROM_THE_CODE = [0, 3, 1, 2]
/** How far from where it is expected a mark is taken for it, in mm: a code's corners are good to half a millimetre. */
const SEARCH_MM = [4, 6, 6, 4]
const SIDE_TOLERANCE = 0.4
/** Corners of the code weigh little against a mark: its finder patterns are cut by pens and blots. */
const CODE_WEIGHT = 0.05
/** How far the fitted form may be from a mark or a corner of the code, in mm, before one of the marks is doubted. */
const MISS_MAX = 1.6
/** A mark that is 4 times as far off makes the best flat fit of four miss by so much, in mm. */
const UNEVEN_MAX = 0.7
/** Fewer marks leave the far end of the rows open: such a slip can be shown, and not be read. */
export const MARKS_MIN = 2

/** Places the slip whose code was read: `corners` are its code's on the page. */
export function placedByCode(corners: Quad, squares: readonly Square[]): Placed | null {
  const code = codeTies(corners)
  const found = new Map<number, Tie>()
  for (const mark of FROM_THE_CODE) {
    const guess = affineThrough([...code, ...found.values()])
    const tie = guess === null ? null : markNear(mark, guess, squares, SEARCH_MM[mark] ?? 0)
    if (tie !== null) found.set(mark, tie)
  }
  return bestOf(code, [...found.values()])
}

function codeTies(corners: Quad): Tie[] {
  return CODE_CORNERS.map((mm, k) => ({ mm, px: corners[k] ?? corners[0], weight: CODE_WEIGHT }))
}

/** About where the slip lies whose code was read and whose marks were not found: for the clerk. */
export function placedByCodeAlone(corners: Quad): Placed | null {
  return fitted(codeTies(corners), [])
}

/** Whether a square has the size of a mark, at so many pixels a mm; `tolerance`: by which share its side may be off. */
export function isOfMarkSize({ side }: Square, scale: number, tolerance = SIDE_TOLERANCE): boolean {
  return Math.abs(side / (MARK_SIZE * scale) - 1) < tolerance
}

function markNear(mark: number, guess: Placement, squares: readonly Square[], reach: number): Tie | null {
  const mm = MARKS[mark] ?? MARKS[0]
  const expected = onPage(guess, mm)
  const scale = pixelsPerMm(guess)
  const near = squares
    .filter((square) => isOfMarkSize(square, scale))
    .filter(({ hole }) => mark === 0 || !hole)
    .filter(({ centre }) => distance(centre, expected) < reach * scale)
    .toSorted((one, other) => distance(one.centre, expected) - distance(other.centre, expected))
  const best = near.find(({ hole }) => hole === (mark === 0)) ?? near[0]
  return best === undefined ? null : { mm, px: best.centre, weight: 1 }
}

/** The fit through all marks; where it misses one of them or the code, the best that leaves one mark out. */
function bestOf(code: readonly Tie[], marks: readonly Tie[]): Placed | null {
  if (marks.length < MARKS_MIN) return null
  const all = fitted(code, marks)
  if (all !== null && missed(all.placement, [...code, ...marks]) <= MISS_MAX && areEven(marks)) return all
  const others = marks.map((left) =>
    fitted(
      code,
      marks.filter((tie) => tie !== left),
    ),
  )
  return (
    others
      .filter((placed) => placed !== null)
      .filter(({ marks: count, placement }) => count >= MARKS_MIN && missed(placement, code) <= MISS_MAX)
      .toSorted((one, other) => missed(one.placement, code) - missed(other.placement, code))[0] ?? null
  )
}

/** Whether four marks stand as on a sheet that lies flat: paper may curl by half a millimetre, but a scanner has no perspective. */
function areEven(marks: readonly Tie[]): boolean {
  const flat = marks.length === 4 ? affineThrough(marks) : null
  return flat === null || missed(flat, marks) <= UNEVEN_MAX
}

function fitted(code: readonly Tie[], marks: readonly Tie[]): Placed | null {
  const placement = marks.length === 4 ? homographyThrough(marks) : affineThrough([...code, ...marks])
  return placement === null ? null : { placement, marks: marks.length }
}

/** The largest distance between where ties are and where they are expected, in mm. */
function missed(placement: Placement, ties: readonly Tie[]): number {
  const scale = pixelsPerMm(placement)
  return Math.max(...ties.map(({ mm, px }) => distance(onPage(placement, mm), px))) / scale
}

/** From mark to mark, in mm. */
const ACROSS = MARKS[1].x - MARKS[0].x
const DOWN = MARKS[3].y - MARKS[0].y

/**
 * Places every slip that the marks alone show: at least three of its four, at any scale, in any direction. A mark is of one
 * slip only; where two could have it, the one with more marks does.
 */
export function placedByMarks(squares: readonly Square[]): Placed[] {
  const placed = squares.flatMap((one) =>
    squares.flatMap((other) => (one === other ? [] : edgesOf(one, other, squares))),
  )
  const chosen: Placed[] = []
  for (const candidate of placed.toSorted((one, other) => other.marks - one.marks))
    if (!chosen.some(({ placement }) => MARKS.some((mark) => covers(placement, onPage(candidate.placement, mark)))))
      chosen.push(candidate)
  return chosen
}

/** Whether a point of the page lies on a placed slip: on the same side of all its edges, whichever that is. */
export function covers(placement: Placement, point: Point): boolean {
  const corners = cornersOf(placement)
  const sides = corners.map((corner, k) => {
    const next = corners[(k + 1) % 4] ?? corner
    return (next.x - corner.x) * (point.y - corner.y) - (next.y - corner.y) * (point.x - corner.x)
  })
  return sides.every((side) => side >= 0) || sides.every((side) => side <= 0)
}

/** Slips of which two squares are one edge: the upper one (TL, TR) or, where that corner is torn off, the lower one (BR, BL). */
function edgesOf(one: Square, other: Square, squares: readonly Square[]): Placed[] {
  const scale = distance(one.centre, other.centre) / ACROSS
  if (![one, other].every((square) => isOfMarkSize(square, scale))) return []
  return [
    ...(other.hole ? [] : [placedByEdge(UPPER_EDGE, one, other, squares)]),
    ...(one.hole || other.hole ? [] : [placedByEdge(LOWER_EDGE, one, other, squares)]),
  ].filter((placed) => placed !== null)
}

/** The two marks of an edge, so that the form lies to the right hand of who walks from one to the other, and the mark right of the first. */
const UPPER_EDGE = [MARKS[0], MARKS[1], MARKS[3]] as const
const LOWER_EDGE = [MARKS[2], MARKS[3], MARKS[1]] as const

/** The slip of which two squares are that edge; null unless a third mark, and the hole if it is there, agree. */
function placedByEdge(
  [first, second, right]: readonly [Point, Point, Point],
  one: Square,
  other: Square,
  squares: readonly Square[],
): Placed | null {
  const [{ x, y }, end] = [one.centre, other.centre]
  const across = { x: (end.x - x) / ACROSS, y: (end.y - y) / ACROSS }
  const guess = affineThrough([
    { mm: first, px: one.centre, weight: 1 },
    { mm: second, px: end, weight: 1 },
    { mm: right, px: { x: x - across.y * DOWN, y: y + across.x * DOWN }, weight: 1 },
  ])
  if (guess === null) return null
  const ties = MARKS.map((_, mark) => markNear(mark, guess, squares, MISS_MAX * 2)).filter((tie) => tie !== null)
  const scale = distance(one.centre, end) / ACROSS
  const upperLeft = squares.find(({ centre }) => distance(centre, onPage(guess, MARKS[0])) < MISS_MAX * 2 * scale)
  if (ties.length < 3 || (upperLeft !== undefined && !upperLeft.hole)) return null
  return fitted([], ties)
}

/** Of a slip, in mm. */
export const MIDDLE = { x: SLIP.width / 2, y: SLIP.height / 2 }

/** Whether two placements are of one slip: their middles are nearer than half its height. */
export function overlap(one: Placement, other: Placement): boolean {
  return distance(onPage(one, MIDDLE), onPage(other, MIDDLE)) < (SLIP.height / 2) * pixelsPerMm(one)
}

/** The slip's corners on the page. */
export function cornersOf(placement: Placement): Quad {
  const at = (x: number, y: number): Point => onPage(placement, { x, y })
  return [at(0, 0), at(SLIP.width, 0), at(SLIP.width, SLIP.height), at(0, SLIP.height)]
}
