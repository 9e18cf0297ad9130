import type { Chance } from './chance.ts'
import type { Digits, WrittenDigit } from './digits.ts'
import { type Layer, lay, penCover, SCALE, type Spot } from './ink.ts'
import { type Field, GRID, type Strokes } from './strokes.ts'

type Colour = readonly [red: number, green: number, blue: number]

/** How one person writes on one slip: one pen, one size, one slant. Millimetres and radians. */
export interface Hand {
  readonly pen: number
  readonly height: number
  readonly aspect: number
  readonly slant: number
  readonly turn: number
  /** How much strokes bend, in steps of the grid. */
  readonly wobble: number
  /** How far digits stand from where this hand puts them, and where it puts them. */
  readonly jitter: number
  readonly offset: Spot
  /** Whether digits are drawn along their centre line; else they keep the thick and thin of the sheet. */
  readonly redrawn: boolean
  readonly colour: Colour
  /** How much a pen skips, 0 to 1. */
  readonly skips: number
  /** What stands before the first digit. */
  readonly lead: ' ' | '0' | '-'
}

const BLUE: Colour = [30, 45, 135]
const BLACK: Colour = [35, 32, 36]
const VIOLET: Colour = [85, 40, 120]

/** Any hand with any pen: blue and black ball pens, some violet, a few pencils. */
export function anyHand(chance: Chance): Hand {
  const ink = chance.weighted<Colour | null>([
    [BLUE, 0.5],
    [BLACK, 0.28],
    [VIOLET, 0.1],
    [null, 0.12],
  ])
  const pencil = chance.uniform(70, 125)
  const tint = (level: number): number => within(level + chance.normal(0, 14), 5, 165)
  return {
    pen: within(chance.normal(0.52, 0.12), 0.32, 0.95),
    height: within(chance.normal(6.9, 0.8), 4.8, 9),
    aspect: chance.uniform(0.8, 1.12),
    slant: chance.normal(0.06, 0.12),
    turn: chance.normal(0, 0.035),
    wobble: chance.uniform(0.4, 2),
    jitter: chance.uniform(0.15, 0.6),
    offset: [chance.normal(0, 0.35), chance.normal(0, 0.4)],
    redrawn: chance.yes(0.75),
    colour: ink === null ? [pencil, pencil, pencil] : [tint(ink[0]), tint(ink[1]), tint(ink[2])],
    skips: chance.yes(0.35) ? chance.uniform(0, 0.35) : 0,
    lead: chance.weighted([
      [' ', 0.75],
      ['0', 0.17],
      ['-', 0.08],
    ]),
  }
}

/** Where a digit is written: its middle, its height and the room that it has. */
export interface Stand {
  readonly x: number
  readonly y: number
  readonly height: number
  /** A digit that is wider is squeezed. */
  readonly widthMax: number
}

/** Writes with one hand on layers. */
export interface Writer {
  readonly hand: Hand
  /** Writes a digit; `like` changes the hand for it. */
  write(layer: Layer, digit: number, stand: Stand, like?: Partial<Hand>): WrittenDigit
}

/** A writer who takes his digits from the sheet. */
export function writerOf(hand: Hand, digits: Digits, chance: Chance): Writer {
  return {
    hand,
    write(layer, digit, stand, like = {}) {
      const written = digits.take(digit)
      const drawn = { ...hand, ...like }
      drawDigit(layer, written.strokes, stand, { hand: drawn, chance })
      return written
    },
  }
}

interface Drawn {
  readonly hand: Hand
  readonly chance: Chance
}

function drawDigit(layer: Layer, strokes: Strokes, stand: Stand, { hand, chance }: Drawn): void {
  const { box } = strokes
  const tall = (stand.height * SCALE) / Math.max(box.bottom - box.top, 20)
  const wide = Math.min(
    tall * hand.aspect * chance.uniform(0.92, 1.08),
    (stand.widthMax * SCALE) / Math.max(box.right - box.left, 1),
  )
  const turn = hand.turn + chance.normal(0, 0.035)
  const slant = hand.slant + chance.normal(0, 0.04)
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }
  const bend = bending(hand.wobble, chance)
  const step = Math.sqrt(wide * tall)
  const isLine = hand.redrawn && strokes.keepsForm
  const field = isLine ? strokes.centre() : strokes.edge()
  const grow = isLine ? 0 : widening(field, hand, { step, chance })
  const [cx, cy] = [stand.x * SCALE, stand.y * SCALE]
  const reach = Math.max(stand.height, stand.widthMax) * SCALE * 0.85
  lay(layer, { left: cx - reach, top: cy - reach, right: cx + reach, bottom: cy + reach }, (x, y) => {
    const dx = x + 0.5 - cx
    const dy = y + 0.5 - cy
    const v = -sin * dx + cos * dy
    const u = middle.x + (cos * dx + sin * dy + slant * v) / wide
    const w = middle.y + v / tall
    const value = fieldAt(field, u + bend.x(u, w), w + bend.y(u, w))
    return isLine ? penCover(hand.pen * SCALE, value * step) : penCover(0, -(value * step + grow))
  })
}

/** The sheet's own strokes, brought nearer to the pen's width, but never thinned away. */
function widening(edge: Field, hand: Hand, { step, chance }: { step: number; chance: Chance }): number {
  const thickest = edge.reduce((max, value) => Math.max(max, value), 0) * step
  return within((hand.pen * SCALE) / 2 - thickest, -0.3 * thickest, 0.15 * SCALE) * chance.uniform(0.4, 1)
}

/** Moves points of the grid as a hand bends strokes: by slow waves across them. */
function bending(wobble: number, chance: Chance) {
  const wave = () => {
    const height = chance.normal(0, wobble * 1.3)
    const [across, down] = [(2 * Math.PI) / chance.uniform(60, 150), (2 * Math.PI) / chance.uniform(60, 150)]
    const from = chance.uniform(0, 2 * Math.PI)
    return (x: number, y: number): number => height * Math.sin(across * x + down * y + from)
  }
  return { x: wave(), y: wave() }
}

function fieldAt(field: Field, x: number, y: number): number {
  const u = within(x - 0.5, 0, GRID - 1.01)
  const v = within(y - 0.5, 0, GRID - 1.01)
  const left = u | 0
  const top = v | 0
  const at = top * GRID + left
  const upper = (field[at] ?? 0) * (1 - u + left) + (field[at + 1] ?? 0) * (u - left)
  const lower = (field[at + GRID] ?? 0) * (1 - u + left) + (field[at + GRID + 1] ?? 0) * (u - left)
  return upper * (1 - v + top) + lower * (v - top)
}

/** A number kept between two others. */
function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
