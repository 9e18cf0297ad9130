/** A filled slip as paper: print, ink and what has become of both. */
import { MARKS } from '../../../src/slip/print/form-r1.ts'
import type { Chance } from './chance.ts'
import type { FilledSlip } from './filling.ts'
import { type Layer, SCALE } from './ink.ts'
import { type Picture, raw, type Setting } from './wear.ts'

/** The slip as the scanner sees it, as sharp as its dots allow. */
export async function paperOf(slip: FilledSlip, setting: Setting, chance: Chance): Promise<Picture> {
  const { printed, ink, hand } = slip
  const { colour, wear, dpi } = setting
  const isBilevel = colour === 'bilevel'
  const print = chance.yes(0.04) ? torn(printed, chance) : printed
  // Who scans in two levels writes with a pen that shows.
  const cover = (isBilevel ? Math.max(0.75, chance.uniform(...wear.ink)) : chance.uniform(...wear.ink)) / 255
  const skip = skipping(hand.skips, chance)
  const white = chance.uniform(228, 255)
  const tint = [white, white - chance.uniform(0, 6), white - chance.uniform(0, 20)]
  const pen = hand.colour.map((level) => (isBilevel ? Math.min(level, 105) : level))
  const toner = chance.uniform(0.04, 0.16)
  const [papers, pens] = colour === 'colour' ? [tint, pen] : [[greyOf(tint)], [greyOf(pen)]]
  const channels = colour === 'colour' ? 3 : 1
  const { width, height } = print
  const data = new Uint8Array(width * height * channels)
  for (let k = 0; k < channels; k++) {
    const levels = new Float32Array(256).map((_, black) => (papers[k] ?? 255) * ((black / 255) * (1 - toner) + toner))
    for (let at = 0; at < print.data.length; at++) {
      const base = levels[print.data[at] ?? 255] ?? 255
      const wet = ink.data[at] ?? 0
      if (wet === 0) data[at * channels + k] = base
      else {
        const share = wet * cover * skip(at % width, Math.floor(at / width))
        data[at * channels + k] = base * (1 - share) + Math.min(base, pens[k] ?? 0) * share
      }
    }
  }
  const paper = { width, height, channels, data } as const
  const sigma = 0.42 * SCALE * (25.4 / dpi)
  return { ...paper, data: await raw(paper).blur(sigma).raw().toBuffer() }
}

function greyOf([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue
}

/** A corner is gone, and a mark with it. */
function torn(printed: Layer, chance: Chance): Layer {
  const { x, y } = chance.one(MARKS)
  const data = Uint8Array.from(printed.data)
  const edge = (place: number, aside: number, most: number): number =>
    Math.round(Math.min(most, Math.max(0, (place + aside + chance.normal(0, 1)) * SCALE)))
  const [left, right] = [edge(x, -6, printed.width), edge(x, 6, printed.width)]
  const [top, bottom] = [edge(y, -6, printed.height), edge(y, 6, printed.height)]
  for (let row = top; row < bottom; row++) data.fill(245, row * printed.width + left, row * printed.width + right)
  return { ...printed, data }
}

/** A pen that skips, a pencil pressed unevenly: patches of a third of a millimetre. */
function skipping(reach: number, chance: Chance): (u: number, v: number) => number {
  const side = 97
  const patches = new Float32Array(side * side).map(() =>
    Math.max(0.2, 1 - reach * 1.8 * Math.max(0, chance.uniform(0, 1) - 0.35)),
  )
  return (u, v) => patches[((v >> 2) % side) * side + ((u >> 2) % side)] ?? 1
}
