/** What paper and a scanner do to a page. */
import sharp, { type Sharp } from 'sharp'
import type { Chance } from './chance.ts'

/** A page with one or three values a pixel. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  readonly data: Uint8Array
}

/** How worn a batch is; ranges are drawn from for each page. */
export interface Wear {
  /** Pixels at 200 dpi. */
  readonly blur: readonly [number, number]
  /** Grey levels. */
  readonly noise: readonly [number, number]
  readonly contrast: readonly [number, number]
  /** JPEG's. */
  readonly quality: readonly [number, number]
  /** How uneven the light is. */
  readonly light: number
  /** Share of pages with streaks of a dirty glass. */
  readonly streaks: number
  /** How well the pen covers. */
  readonly ink: readonly [number, number]
  /** Millimetres by which the paper does not lie flat. */
  readonly curl: number
}

const CLEAN: Wear = {
  blur: [0, 0.5],
  noise: [1, 4],
  contrast: [0.9, 1],
  quality: [75, 92],
  light: 0.04,
  streaks: 0.03,
  ink: [0.85, 1],
  curl: 0.1,
}
const NORMAL: Wear = {
  blur: [0.3, 0.9],
  noise: [2, 9],
  contrast: [0.7, 1],
  quality: [45, 85],
  light: 0.12,
  streaks: 0.12,
  ink: [0.65, 1],
  curl: 0.3,
}
const HARSH: Wear = {
  blur: [0.7, 1.5],
  noise: [6, 20],
  contrast: [0.45, 0.85],
  quality: [22, 55],
  light: 0.25,
  streaks: 0.3,
  ink: [0.45, 0.85],
  curl: 0.5,
}

/** Any: three in ten clean, half of them as usual, two in ten harsh. */
export function anyWear(chance: Chance): Wear {
  return chance.weighted([
    [CLEAN, 0.3],
    [NORMAL, 0.5],
    [HARSH, 0.2],
  ])
}

/** How a scanner is set. */
export interface Setting {
  readonly dpi: number
  readonly colour: 'bilevel' | 'grey' | 'colour'
  readonly wear: Wear
}

/** The page as the scanner gives it, before any file is made of it. */
export async function scanned(page: Picture, { dpi, colour, wear }: Setting, chance: Chance): Promise<Picture> {
  const isBilevel = colour === 'bilevel'
  const blur = chance.uniform(...wear.blur) * (dpi / 200)
  const soft = blur > 0.3 ? await blurred(page, blur) : page
  // Who scans in two levels turns the contrast up until something can be seen.
  const contrast = isBilevel ? Math.max(0.75, chance.uniform(...wear.contrast)) : chance.uniform(...wear.contrast)
  const lit = light(soft, isBilevel ? Math.min(0.1, wear.light) : wear.light, chance)
  const grain = grainOf(chance.uniform(wear.noise[0], isBilevel ? Math.min(9, wear.noise[1]) : wear.noise[1]), chance)
  const { width, height, channels } = page
  const data = new Uint8Array(soft.data.length)
  const veil = (1 - contrast) * chance.uniform(150, 215)
  let at = 0
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const bright = lit(x, y)
      const grit = grain()
      for (let channel = 0; channel < channels; channel++, at++)
        data[at] = level(((soft.data[at] ?? 0) * contrast + veil) * bright + grit)
    }
  const worn = { width, height, channels, data }
  if (chance.yes(wear.streaks)) streak(worn, chance)
  if (chance.yes(wear === HARSH ? 1 : 0.15)) dust(worn, chance)
  return isBilevel ? twoLevels(worn, chance) : worn
}

function level(value: number): number {
  return value < 0 ? 0 : Math.min(value, 255)
}

/** A picture as sharp takes it. */
export function raw({ width, height, channels, data }: Picture): Sharp {
  const picture = sharp(data, { raw: { width, height, channels } })
  return channels === 1 ? picture.toColourspace('b-w') : picture
}

async function blurred(page: Picture, sigma: number): Promise<Picture> {
  return { ...page, data: await raw(page).blur(sigma).raw().toBuffer() }
}

/** Brightness over the page: slopes and a bow both ways. */
function light({ width, height }: Picture, reach: number, chance: Chance): (x: number, y: number) => number {
  const draw = (): number => chance.uniform(-reach / 2, reach / 4)
  const [across, down, bowAcross, bowDown] = [draw(), draw(), draw(), draw()]
  const columns = new Float32Array(width).map((_, x) => {
    const u = (2 * x) / width - 1
    return across * u + bowAcross * u * u
  })
  return (x, y) => {
    const v = (2 * y) / height - 1
    return 1 + (columns[x] ?? 0) + down * v + bowDown * v * v
  }
}

const GRAINS = 65_521

/** Noise of a sensor, pixel by pixel; half of the time it runs into its neighbours. */
function grainOf(spread: number, chance: Chance): () => number {
  const grains = new Float32Array(GRAINS).map(() => chance.normal(0, spread))
  const runs = chance.yes(0.5)
  let at = 0
  // A step that shares no factor with the length, now and then a jump: no pattern is seen.
  return () => {
    at += 1 + (at & 7)
    if (at >= GRAINS) at = chance.whole(0, 5_000)
    const here = grains[at] ?? 0
    return runs ? (here + (grains[at - 1] ?? 0)) * 0.7 : here
  }
}

function streak({ width, height, channels, data }: Picture, chance: Chance): void {
  for (let count = chance.whole(1, 4); count > 0; count--) {
    const [x, wide] = [chance.whole(0, width - 2), chance.whole(1, 3)]
    const [dim, rise] = [chance.uniform(0.35, 0.85), chance.uniform(0, 60)]
    for (let y = 0; y < height; y++)
      for (let k = 0; k < wide * channels; k++) {
        const at = (y * width + x) * channels + k
        data[at] = level((data[at] ?? 0) * dim + rise)
      }
  }
}

function dust({ width, height, channels, data }: Picture, chance: Chance): void {
  const specks = Math.floor(width * height * chance.uniform(0, 0.0004))
  for (let k = 0; k < specks; k++) {
    const at = chance.whole(0, width * height) * channels
    data.fill(chance.yes(0.6) ? 30 : 250, at, at + channels)
  }
}

/** Black and white: by one threshold for the page, or by one that follows its paper. */
async function twoLevels(page: Picture, chance: Chance): Promise<Picture> {
  const { width, height, data } = page
  if (chance.yes(0.5)) {
    const threshold = Math.min(225, Math.max(70, middleOf(data) + chance.uniform(-5, 35)))
    return { ...page, data: data.map((value) => (value > threshold ? 255 : 0)) }
  }
  const small = { width: Math.ceil(width / 8), height: Math.ceil(height / 8), channels: 1 } as const
  const coarse = await raw(page)
    .resize({ ...small, fit: 'fill' })
    .raw()
    .toBuffer()
  const paper = await blurred({ ...small, data: brightest(coarse, small.width) }, 6)
  const wide = await raw(paper).resize({ width, height, fit: 'fill', kernel: 'linear' }).raw().toBuffer()
  const share = chance.uniform(0.7, 0.86)
  return { ...page, data: data.map((value, at) => (value > (wide[at] ?? 255) * share ? 255 : 0)) }
}

/** Each pixel as bright as the brightest within two of it both ways: ink is gone, paper stays. */
function brightest(data: Uint8Array, width: number): Uint8Array {
  let from = data
  for (const step of [1, width])
    from = from.map((value, at) => Math.max(value, ...[-2, -1, 1, 2].map((by) => from[at + by * step] ?? 0)))
  return from
}

/** Otsu's level between ink and paper. */
function middleOf(data: Uint8Array): number {
  const counts = new Float64Array(256)
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1
  const sum = counts.reduce((total, count, value) => total + count * value, 0)
  let [below, belowSum, best, at] = [0, 0, -1, 128]
  for (let value = 0; value < 256; value++) {
    below += counts[value] ?? 0
    belowSum += (counts[value] ?? 0) * value
    const above = data.length - below
    if (below === 0 || above === 0) continue
    const apart = belowSum / below - (sum - belowSum) / above
    const spread = below * above * apart * apart
    if (spread > best) [best, at] = [spread, value]
  }
  return at
}
