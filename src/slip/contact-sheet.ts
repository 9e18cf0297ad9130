/** A picture of a whole batch: every slip with its boxes outlined and what was read in them. */
import sharp from 'sharp'
import type { BoxSeen, RowSeen } from '../core/slip.ts'
import { BOX, boxLeft, ROW_TOPS, SLIP } from './print/form-r1.ts'
import type { TakenSlip } from './take.ts'

const COLUMNS = 4
/** Pixels per mm of a slip on the sheet. */
const SCALE = 3
const GAP = 8
/** Three hundred of them make a picture of 60 million pixels; a larger batch has several. */
const SLIPS_MAX = 300

const TILE = { width: SLIP.width * SCALE, height: SLIP.height * SCALE }
const COLOURS = { accepted: '#0a7d2c', duplicate: '#0a5d9d', held: '#c77700', rejected: '#b3122a' } as const

/** The slips of each sheet of a batch; one at least. */
export function sheetsOf<Slip>(slips: readonly Slip[]): readonly (readonly Slip[])[] {
  const count = Math.max(1, Math.ceil(slips.length / SLIPS_MAX))
  return Array.from({ length: count }, (_, at) => slips.slice(at * SLIPS_MAX, (at + 1) * SLIPS_MAX))
}

/** The sheet as PNG, in the order of the slips; a frame's colour says what became of it, a thick box what was not plain in it. */
export async function contactSheet(slips: readonly TakenSlip[]): Promise<Uint8Array> {
  const tiles = await Promise.all(slips.map(tileOf))
  const rows = Math.max(1, Math.ceil(tiles.length / COLUMNS))
  const size = { width: COLUMNS * (TILE.width + GAP) + GAP, height: rows * (TILE.height + GAP) + GAP }
  const placed = tiles.map((input, at) => ({
    input,
    left: GAP + (at % COLUMNS) * (TILE.width + GAP),
    top: GAP + Math.floor(at / COLUMNS) * (TILE.height + GAP),
  }))
  return sharp({ create: { ...size, channels: 3, background: '#d8d8d8' }, limitInputPixels: false })
    .composite(placed)
    .png()
    .toBuffer()
}

async function tileOf(taken: TakenSlip): Promise<Buffer> {
  const { slip, outcome } = taken
  const colour = COLOURS[outcome.kind as keyof typeof COLOURS] ?? '#444444'
  const drawn = [
    `<rect x="2" y="2" width="${TILE.width - 4}" height="${TILE.height - 4}" fill="none" stroke="${colour}" stroke-width="4"/>`,
    ...(slip.corners === null ? [] : slip.seen.rows.flatMap((row, at) => rowOf(row, at, taken))),
  ]
  const overlay = `<svg xmlns="http://www.w3.org/2000/svg" width="${TILE.width}" height="${TILE.height}">${drawn.join('')}</svg>`
  return sharp(slip.picture)
    .resize({ ...TILE, fit: 'contain', background: 'white' })
    .toColourspace('srgb')
    .composite([{ input: Buffer.from(overlay) }])
    .png({ compressionLevel: 1 })
    .toBuffer()
}

function rowOf({ register, whole, boxes }: RowSeen, at: number, { record }: TakenSlip): readonly string[] {
  const read = record?.registers.find((one) => one.register === register)
  const digits = (read?.value ?? '').replace(/\D/g, '').padStart(boxes.length, ' ')
  const colour = read?.sure === true ? COLOURS.accepted : COLOURS.held
  return boxes.flatMap((seen, box) => {
    const place = { x: boxLeft(box, whole) * SCALE, y: (ROW_TOPS[at] ?? 0) * SCALE }
    const line = read?.sure !== true && !isPlain(seen) ? DOUBTED : 1
    const [width, height] = [BOX.width * SCALE, BOX.height * SCALE]
    const outline = `<rect x="${place.x}" y="${place.y}" width="${width}" height="${height}" fill="none" stroke="${colour}" stroke-width="${line}"/>`
    const below = { x: place.x + width / 2 - DIGIT.width / 2, y: place.y + height + 2 }
    return [outline, segments(digits[box] ?? ' ', below, colour)]
  })
}

/** How thick a box is outlined that may be why its row is not surely read. */
const DOUBTED = 4
/** From this probability of the net's on a box is plain; most have far more. */
const PLAIN_FROM = 0.95

/** Whether the net sees one digit in it, or nothing. */
function isPlain({ digits, empty, dash }: BoxSeen): boolean {
  return Math.max(...digits, empty + dash) >= PLAIN_FROM
}

const DIGIT = { width: 6, height: 10 }
/** Digits are drawn of seven strokes, for a machine may have no fonts. Top, right above, right below, bottom, left below, left above, middle. */
const STROKES: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 1, 0],
  [1, 0, 1, 0.5],
  [1, 0.5, 1, 1],
  [0, 1, 1, 1],
  [0, 0.5, 0, 1],
  [0, 0, 0, 0.5],
  [0, 0.5, 1, 0.5],
]
const LIT: Readonly<Record<string, string>> = {
  0: '012345',
  1: '12',
  2: '01643',
  3: '01623',
  4: '5612',
  5: '05623',
  6: '056432',
  7: '012',
  8: '0123456',
  9: '012356',
}

function segments(digit: string, { x, y }: { x: number; y: number }, colour: string): string {
  const lines = [...(LIT[digit] ?? '')].map((stroke) => {
    const [x1, y1, x2, y2] = STROKES[Number(stroke)] ?? [0, 0, 0, 0]
    const at = (fx: number, fy: number) => `${(x + fx * DIGIT.width).toFixed(1)} ${(y + fy * DIGIT.height).toFixed(1)}`
    return `M${at(x1, y1)}L${at(x2, y2)}`
  })
  return `<path d="${lines.join('')}" stroke="${colour}" stroke-width="1.6" stroke-linecap="round" fill="none"/>`
}
