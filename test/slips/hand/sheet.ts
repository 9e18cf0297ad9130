/** Filled slips laid on a scanner's glass. */
import { MARKS } from '../../../src/slip/print/form-r1.ts'
import type { Chance } from './chance.ts'
import type { FilledSlip } from './filling.ts'
import { type Layer, SCALE } from './ink.ts'
import { type Picture, raw, type Setting } from './wear.ts'

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
  const { slip } = lying
  const paper = await paperOf(slip, setting, chance)
  const { width, height } = slip.printed
  const way = wayBack(lying, setting.dpi, chance)
  const [bendX, bendY] = [curl(slip.printed, setting.wear.curl, chance), curl(slip.printed, setting.wear.curl, chance)]
  const reach = (Math.hypot(width, height) / 2 / SCALE) * (setting.dpi / 25.4)
  const [cx, cy] = [lying.x * (setting.dpi / 25.4), lying.y * (setting.dpi / 25.4)]
  const [a, b, c, d, e, f, g, h] = way
  for (let y = Math.max(0, Math.floor(cy - reach)); y < Math.min(page.height, cy + reach); y++)
    for (let x = Math.max(0, Math.floor(cx - reach)); x < Math.min(page.width, cx + reach); x++) {
      const depth = g * x + h * y + 1
      const [u, v] = [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth]
      if (u < 0 || v < 0 || u >= width || v >= height) {
        if (u > -SHADOW && v > -SHADOW && u < width + SHADOW && v < height + SHADOW) darken(page, x, y)
      } else paper(page, x, y, u + bendX(u, v), v + bendY(u, v))
    }
}

/** Pixels of the slip around it that its shadow falls on. */
const SHADOW = 8

function darken({ width, channels, data }: Picture, x: number, y: number): void {
  for (let k = 0; k < channels; k++) {
    const at = (y * width + x) * channels + k
    data[at] = (data[at] ?? 0) * 0.82
  }
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
function curl({ width, height }: Layer, millimetres: number, chance: Chance): (u: number, v: number) => number {
  const reach = chance.uniform(-1, 1) * millimetres * SCALE
  const wave = (length: number): Float32Array => {
    const [turns, from] = [chance.uniform(0.3, 1.2), chance.uniform(0, 2 * Math.PI)]
    return Float32Array.from({ length: length + 1 }, (_, at) => Math.sin((2 * Math.PI * turns * at) / length + from))
  }
  const [across, down] = [wave(width), wave(height)]
  return (u, v) => reach * (across[u | 0] ?? 0) * (down[v | 0] ?? 0)
}

/** Puts one pixel of the page where that point of the slip lies. */
type Put = (page: Picture, x: number, y: number, u: number, v: number) => void

async function paperOf(
  { printed, ink, hand }: FilledSlip,
  { dpi, colour, wear }: Setting,
  chance: Chance,
): Promise<Put> {
  const sigma = 0.42 * SCALE * (25.4 / dpi)
  const print = await softened(chance.yes(0.04) ? torn(printed, chance) : printed, sigma)
  const pen = await softened(ink, sigma)
  const isBilevel = colour === 'bilevel'
  const cover = isBilevel ? Math.max(0.75, chance.uniform(...wear.ink)) : chance.uniform(...wear.ink)
  const skip = skipping(hand.skips, chance)
  const white = chance.uniform(228, 255)
  const tint = [white, white - chance.uniform(0, 6), white - chance.uniform(0, 20)]
  const toner = chance.uniform(0.04, 0.16)
  const three = hand.colour.map((level) => (isBilevel ? Math.min(level, 105) : level))
  const grey = [greyOf(three)]
  const [papers, inks] = colour === 'colour' ? [tint, three] : [[greyOf(tint)], grey]
  return ({ width, channels, data }, x, y, u, v) => {
    const black = at(print, u, v) / 255
    const wet = (at(pen, u, v) / 255) * cover * skip(u, v)
    for (let k = 0; k < channels; k++) {
      const base = (papers[k] ?? 255) * (black * (1 - toner) + toner)
      data[(y * width + x) * channels + k] = base * (1 - wet) + Math.min(base, inks[k] ?? 0) * wet
    }
  }
}

function greyOf([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue
}

async function softened(layer: Layer, sigma: number): Promise<Layer> {
  return {
    ...layer,
    data: await raw({ ...layer, channels: 1 })
      .blur(sigma)
      .raw()
      .toBuffer(),
  }
}

/** A corner is gone, and a mark with it. */
function torn(printed: Layer, chance: Chance): Layer {
  const [x, y] = chance.one(MARKS)
  const data = Uint8Array.from(printed.data)
  const [left, right] = [(x - 6 + chance.normal(0, 1)) * SCALE, (x + 6 + chance.normal(0, 1)) * SCALE]
  const [top, bottom] = [(y - 6 + chance.normal(0, 1)) * SCALE, (y + 6 + chance.normal(0, 1)) * SCALE]
  for (let row = Math.max(0, Math.round(top)); row < Math.min(printed.height, bottom); row++)
    data.fill(
      245,
      row * printed.width + Math.max(0, Math.round(left)),
      row * printed.width + Math.min(printed.width, Math.round(right)),
    )
  return { ...printed, data }
}

/** A pen that skips, a pencil pressed unevenly: patches of a third of a millimetre. */
function skipping(reach: number, chance: Chance): (u: number, v: number) => number {
  const side = 97
  const patches = Float32Array.from({ length: side * side }, () => {
    const patch = chance.uniform(0, 1)
    return Math.max(0.2, 1 - reach * 1.8 * Math.max(0, patch - 0.35))
  })
  return reach === 0 ? () => 1 : (u, v) => patches[((v >> 2) % side) * side + ((u >> 2) % side)] ?? 1
}

function at({ width, height, data }: Layer, u: number, v: number): number {
  const x = Math.min(width - 1.01, Math.max(0, u))
  const y = Math.min(height - 1.01, Math.max(0, v))
  const [left, top] = [x | 0, y | 0]
  const here = top * width + left
  const [right, below] = [x - left, y - top]
  const upper = (data[here] ?? 0) * (1 - right) + (data[here + 1] ?? 0) * right
  const lower = (data[here + width] ?? 0) * (1 - right) + (data[here + width + 1] ?? 0) * right
  return upper * (1 - below) + lower * below
}
