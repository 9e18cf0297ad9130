/** Filled slips laid on a scanner's glass. */
import { SLIP } from '../../../src/slip/print/form-r1.ts'
import type { Chance } from './chance.ts'
import type { FilledSlip } from './filling.ts'
import { SCALE } from './ink.ts'
import { paperOf } from './paper.ts'
import type { Picture, Setting } from './wear.ts'

/** Millimetres of the glass for so many slips: a slip's own size and a little more, A4, A4 and more, A3. */
const GLASS: Readonly<Record<number, readonly [width: number, height: number]>> = {
  1: [160, 118],
  2: [210, 297],
  3: [216, 356],
  4: [297, 420],
}

/** How slips lie. */
interface Lying {
  readonly slip: FilledSlip
  /** Of its middle, millimetres. */
  readonly x: number
  readonly y: number
  /** Degrees, clockwise. */
  readonly turn: number
}

/** A sheet of one to four slips, each a little crooked and now and then upside down. */
export async function laidOut(slips: readonly FilledSlip[], setting: Setting, chance: Chance): Promise<Picture> {
  const onSide = slips.length === 1 && chance.yes(0.2)
  const [across, down] = GLASS[slips.length] ?? [0, 0]
  const [wide, high] = onSide ? [down, across] : [across, down]
  const step = setting.dpi / 25.4
  const [width, height] = [Math.round(wide * step), Math.round(high * step)]
  const channels = setting.colour === 'colour' ? 3 : 1
  const bed = chance.weighted([
    [250, 0.35],
    [240, 0.25],
    [205, 0.15],
    [45, 0.15],
    [25, 0.1],
  ])
  const page: Picture = { width, height, channels, data: new Uint8Array(width * height * channels).fill(bed) }
  const over = chance.yes(0.2) ? 180 : 0
  const base = (slips.length === 4 ? 90 : onSide ? chance.one([90, 270]) : 0) + over
  for (const [k, slip] of slips.entries()) {
    const [x, y] =
      slips.length === 4
        ? [wide * (k % 2 === 0 ? 0.25 : 0.75) + chance.uniform(-10, 10), (k < 2 ? 105 : 300) + chance.uniform(-14, 14)]
        : [
            wide / 2 + chance.uniform(-1, 1) * (slips.length === 1 ? 2 : 18),
            (high / slips.length) * (k + 0.5) + chance.uniform(-2, 2),
          ]
    const turn = base + chance.uniform(-4, 4) + (chance.yes(0.08) ? 180 : 0)
    await lay(page, { slip, x, y, turn }, setting, chance)
  }
  return page
}

/** From a pixel of the page to one of the slip. */
type Way = readonly [number, number, number, number, number, number, number, number]

async function lay(page: Picture, lying: Lying, setting: Setting, chance: Chance): Promise<void> {
  const paper = await paperOf(lying.slip, setting, chance)
  const { width, height } = paper
  const [a, b, c, d, e, f, g, h] = wayBack(lying, setting.dpi, chance)
  const bend = { x: curl(paper, setting.wear.curl, chance), y: curl(paper, setting.wear.curl, chance) }
  const { left, top, right, bottom } = aroundOf(lying, setting.dpi)
  for (let y = Math.max(0, top); y < Math.min(page.height, bottom); y++)
    for (let x = Math.max(0, left); x < Math.min(page.width, right); x++) {
      const depth = g * x + h * y + 1
      const u = (a * x + b * y + c) / depth
      const v = (d * x + e * y + f) / depth
      const isOn = u >= 0 && v >= 0 && u < width && v < height
      if (isOn) put(page, y * page.width + x, paper, u + bend.x(u, v), v + bend.y(u, v))
      else if (u > -SHADOW && v > -SHADOW && u < width + SHADOW && v < height + SHADOW) darken(page, y * page.width + x)
    }
}

/** The part of the page that a slip lies on, and a little more. */
function aroundOf({ x, y, turn }: Lying, dpi: number) {
  const step = dpi / 25.4
  const [cos, sin] = [Math.abs(Math.cos((turn * Math.PI) / 180)), Math.abs(Math.sin((turn * Math.PI) / 180))]
  const across = (cos * SLIP.width + sin * SLIP.height) / 2 + 2
  const down = (sin * SLIP.width + cos * SLIP.height) / 2 + 2
  return {
    left: Math.floor((x - across) * step),
    right: Math.ceil((x + across) * step),
    top: Math.floor((y - down) * step),
    bottom: Math.ceil((y + down) * step),
  }
}

/** Puts a point of the paper on a pixel of the page. */
function put(page: Picture, pixel: number, { width, height, data }: Picture, u: number, v: number): void {
  const { channels } = page
  const x = Math.min(width - 1.01, Math.max(0, u))
  const y = Math.min(height - 1.01, Math.max(0, v))
  const left = x | 0
  const top = y | 0
  const right = x - left
  const below = y - top
  const row = width * channels
  for (let k = 0; k < channels; k++) {
    const here = top * row + left * channels + k
    const upper = (data[here] ?? 0) * (1 - right) + (data[here + channels] ?? 0) * right
    const lower = (data[here + row] ?? 0) * (1 - right) + (data[here + row + channels] ?? 0) * right
    page.data[pixel * channels + k] = upper * (1 - below) + lower * below
  }
}

/** Pixels of the slip around it that its shadow falls on. */
const SHADOW = 8

function darken({ channels, data }: Picture, pixel: number): void {
  for (let at = pixel * channels; at < (pixel + 1) * channels; at++) data[at] = (data[at] ?? 0) * 0.82
}

/** A slip may be printed at a size that is not quite its own, and lie a little askew in space. */
function wayBack({ x, y, turn, slip: { printed } }: Lying, dpi: number, chance: Chance): Way {
  const step = dpi / 25.4 / SCALE
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)]
  const [sx, sy] = [step * (1 + chance.normal(0, 0.004)), step * (1 + chance.normal(0, 0.004))]
  const shear = chance.normal(0, 0.003)
  // Pixel of the page = A · (pixel of the slip − its middle) + (cx, cy).
  const [p, q, r, s] = [cos * sx, cos * sx * shear - sin * sy, sin * sx, sin * sx * shear + cos * sy]
  const determinant = p * s - q * r
  const [ip, iq, ir, is] = [s / determinant, -q / determinant, -r / determinant, p / determinant]
  const [cx, cy] = [(x * dpi) / 25.4, (y * dpi) / 25.4]
  const [mx, my] = [printed.width / 2, printed.height / 2]
  // The depth is 1 in the slip's middle.
  const [gx, gy] = [(chance.normal(0, 2e-6) * 200) / dpi, (chance.normal(0, 2e-6) * 200) / dpi]
  const one = 1 - gx * cx - gy * cy
  const [g, h] = [gx / one, gy / one]
  const line = (u: number, v: number, middle: number): [number, number, number] => [
    (u + middle * gx) / one,
    (v + middle * gy) / one,
    (-u * cx - v * cy + middle * one) / one,
  ]
  const [a, b, c] = line(ip, iq, mx)
  const [d, e, f] = line(ir, is, my)
  return [a, b, c, d, e, f, g, h]
}

/** Paper that does not lie flat: slow waves, in pixels of the slip. */
function curl({ width, height }: Picture, millimetres: number, chance: Chance): (u: number, v: number) => number {
  const reach = chance.uniform(-1, 1) * millimetres * SCALE
  const wave = (length: number): Float32Array => {
    const [turns, from] = [chance.uniform(0.3, 1.2), chance.uniform(0, 2 * Math.PI)]
    return new Float32Array(length + 1).map((_, at) => Math.sin((2 * Math.PI * turns * at) / length + from))
  }
  const [across, down] = [wave(width), wave(height)]
  return (u, v) => reach * (across[u | 0] ?? 0) * (down[v | 0] ?? 0)
}
