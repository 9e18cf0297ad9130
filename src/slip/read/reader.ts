import type { SlipSeen } from '../../core/slip.ts'
import { SLIP } from '../print/form-r1.ts'
import { openDecoder } from '../qr-picture.ts'
import { codeUnder, slipCodesOn } from './codes.ts'
import { openDigitNet } from './digit-net.ts'
import { onPage, type Placement, type Point, pixelsPerMm, type Quad } from './geometry.ts'
import type { Payload } from './payload.ts'
import {
  cornersOf,
  covers,
  isOfMarkSize,
  MARKS_MIN,
  MIDDLE,
  overlap,
  type Placed,
  placedByCode,
  placedByCodeAlone,
  placedByMarks,
} from './placing.ts'
import type { Raster } from './raster.ts'
import { readRows } from './rows.ts'
import { type Square, squaresOn } from './squares.ts'

/** A slip on a page: what was seen of it, and where. */
export interface SlipFound extends SlipSeen {
  /** From 1, in reading order: from the top, and from left to right. */
  readonly position: number
  /** On the page, in pixels. */
  readonly corners: Quad
  /** The boxes of each row, by which its paper is known again: 40 × 48 pixels at 4 pixels per mm. */
  readonly cutOuts: readonly (readonly Raster[])[]
  /** Where it lies on the page: what a picture of it is made by. */
  readonly placement: Placement
}

/** What was seen on a page. */
export interface PageSeen {
  /** In reading order. */
  readonly slips: readonly SlipFound[]
  /** Beside them stands a mark as theirs are: one more slip may lie there, of which too little is left to be found. */
  readonly strayMark: boolean
}

/** Finds and reads the slips of a page. Nothing is shared between pages; a reader serves one page at a time. */
export interface SlipReader {
  read(page: Raster): Promise<PageSeen>
}

/** A slip that was placed; null: its code can't be read. */
interface Sighting {
  readonly placed: Placed
  readonly payload: Payload | null
}

/** Opens a reader. It fetches nothing and starts no thread: run one in each worker. */
export async function openSlipReader(): Promise<SlipReader> {
  openDecoder()
  const net = await openDigitNet()
  return {
    async read(page) {
      const found: Omit<SlipFound, 'position'>[] = []
      const squares = squaresOn(page)
      for (const { placed, payload } of await sightingsOn(page, squares)) {
        const { placement, marks } = placed
        const rows = marks < MARKS_MIN ? [] : (payload?.rows ?? [])
        const read = await readRows(page, placement, rows, net)
        found.push({ ...read, identity: payload?.identity ?? null, placement, corners: cornersOf(placement) })
      }
      const slips = inReadingOrder(found).map((slip, k) => ({ ...slip, position: k + 1 }))
      return { slips, strayMark: hasStrayMark(slips, squares) }
    },
  }
}

/** Every slip once: those whose code and marks were found, then those that only their marks show, or only their code. */
async function sightingsOn(page: Raster, squares: readonly Square[]): Promise<Sighting[]> {
  const sightings: Sighting[] = []
  const add = (placed: Placed, payload: Payload | null): void => {
    if (!sightings.some((known) => overlap(known.placed.placement, placed.placement)))
      sightings.push({ placed, payload })
  }
  const codes = await slipCodesOn(page)
  for (const { payload, corners } of codes) {
    const placed = placedByCode(corners, squares)
    if (placed !== null) add(placed, payload)
  }
  const rest = outside(
    sightings.map(({ placed }) => placed),
    squares,
  )
  const byCode = codes.flatMap(({ payload, corners }): Sighting[] => {
    const placed = placedByCodeAlone(corners)
    return placed === null ? [] : [{ placed, payload }]
  })
  for (const placed of placedByMarks(rest)) {
    const payload = await codeUnder(page, placed.placement)
    // Letters of a slip that has lost its marks can look like the marks of another one.
    if (payload !== null || !byCode.some((known) => isOn(placed, known.placed))) add(placed, payload)
  }
  for (const { placed, payload } of byCode) add(placed, payload)
  return sightings
}

/** Whether the middle of one slip lies on the other. */
function isOn(one: Placed, other: Placed): boolean {
  return covers(other.placement, onPage(one.placement, MIDDLE))
}

/** By which share a stray mark's side may be off: the page's scale is known by now. */
const STRAY_TOLERANCE = 0.2

function hasStrayMark(slips: readonly Pick<Placed, 'placement'>[], squares: readonly Square[]): boolean {
  const [first] = slips
  if (first === undefined) return false
  const scale = pixelsPerMm(first.placement)
  return outside(slips, squares).some((square) => isOfMarkSize(square, scale, STRAY_TOLERANCE))
}

/** Squares that are no part of a slip already found: marks of two neighbours can look like a slip between them. */
function outside(slips: readonly Pick<Placed, 'placement'>[], squares: readonly Square[]): Square[] {
  return squares.filter(({ centre }) => !slips.some(({ placement }) => covers(placement, centre)))
}

function inReadingOrder<Slip extends Pick<SlipFound, 'corners' | 'placement'>>(slips: readonly Slip[]): Slip[] {
  const middle = ({ corners: [one, , other] }: Slip): Point => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 })
  const line = (slip: Slip): number => Math.round(middle(slip).y / ((SLIP.height / 2) * pixelsPerMm(slip.placement)))
  return slips.toSorted((one, other) => line(one) - line(other) || middle(one).x - middle(other).x)
}
