import {
  affineThrough,
  homographyThrough,
  onPage,
  type Placement,
  type Point,
  similarityThrough,
  type Tie,
} from './geometry.ts'
import type { Raster } from './raster.ts'

/** A square pattern of a QR symbol, module by module: how far each is from the middle one, and whether it is dark. */
type Pattern = readonly { readonly dx: number; readonly dy: number; readonly isDark: boolean }[]

/** Whether each ring is dark, from the middle module outwards; the finder's with the white around it. */
const FINDER_RINGS = [true, true, false, true, false]
const FINDER = patternOf(FINDER_RINGS)
/** Without that white, which a blot has around it as well. */
const FINDER_ALONE = patternOf(FINDER_RINGS.slice(0, -1))
const ALIGNMENT = patternOf([true, false, true])
/** The column and the line of modules that are dark and light in turn. */
const TIMING = 6

function patternOf(rings: readonly boolean[]): Pattern {
  const offsets = Array.from({ length: 2 * rings.length - 1 }, (_, k) => k - rings.length + 1)
  return offsets.flatMap((dy) =>
    offsets.map((dx) => ({ dx, dy, isDark: rings[Math.max(Math.abs(dx), Math.abs(dy))] === true })),
  )
}

/** How far from where it is expected a pattern is looked for, in modules: paper that is not flat moves a code by a millimetre. */
const FINDER_REACH = 2
const ALIGNMENT_REACH = 1
/** A finder pattern whose light modules are not by so many grey levels lighter than its dark ones is not there to be seen. */
const CONTRAST_MIN = 64
/** Nor one whose light ring is not by so many lighter: blur takes half of that, a blot all. */
const RING_CONTRAST_MIN = 32
/** Where between dark and light a module's colour is decided: blur and a scanner's threshold make white modules smaller. */
const SHARE_OF_LIGHT = 0.35
/** Pixels of a module in what is drawn, and modules of white around the symbol. */
const MODULE = 4
const QUIET = 4

/**
 * The QR symbol of an upright picture in full contrast, drawn anew: each module white or black as its middle is. On worn paper
 * modules run into each other, and only a grid that is laid through the symbol's own patterns tells them apart.
 * `expected`: modules from about its upper left corner → pixels; `modules`: how many a side. null: fewer than two of its three
 * finder patterns can be seen.
 */
export function redrawn(picture: Raster, expected: Placement, modules: number): Raster | null {
  const grid = gridOn(picture, expected, modules)
  if (grid === null) return null
  const levels = Float32Array.from({ length: modules * modules }, (_, k) =>
    middleOf(picture, grid.placement, { x: (k % modules) + 0.5, y: Math.floor(k / modules) + 0.5 }),
  )
  const side = (modules + 2 * QUIET) * MODULE
  const data = new Uint8Array(side * side).fill(255)
  for (let y = 0; y < modules; y++)
    for (let x = 0; x < modules; x++) {
      const isDark = alwaysDark({ x, y }, modules) ?? sharpened(levels, modules, { x, y }) < grid.threshold
      if (isDark) blacken(data, side, { x, y })
    }
  return { width: side, height: side, data }
}

/** Whether a module is dark on every symbol of this size; undefined: the payload says. Pens hit its patterns first. */
function alwaysDark({ x, y }: Point, modules: number): boolean | undefined {
  const ring = Math.min(...findersOf(modules).map((at) => Math.max(Math.abs(x - at.x), Math.abs(y - at.y))))
  if (ring < FINDER_RINGS.length) return FINDER_RINGS[ring]
  return x === TIMING ? y % 2 === 0 : y === TIMING ? x % 2 === 0 : undefined
}

/** The modules in the middle of the finder patterns, from 0. */
function findersOf(modules: number): Point[] {
  return [
    { x: 3, y: 3 },
    { x: modules - 4, y: 3 },
    { x: 3, y: modules - 4 },
  ]
}

interface Grid {
  /** Modules from the symbol's upper left corner → pixels. */
  readonly placement: Placement
  readonly threshold: number
}

function gridOn(picture: Raster, expected: Placement, modules: number): Grid | null {
  const all = findersOf(modules).map(({ x, y }) =>
    found(picture, FINDER, { mm: { x: x + 0.5, y: y + 0.5 }, expected, reach: FINDER_REACH }),
  )
  const seen = all.filter(({ light, dark, px }) => {
    const alone = contrastAt(picture, FINDER_ALONE, px, expected.a)
    return light - dark >= CONTRAST_MIN && alone.light - alone.dark >= RING_CONTRAST_MIN
  })
  const finders = withHidden(all, seen)
  if (finders === null) return null
  const flat = affineThrough(finders)
  if (flat === null) return null
  const mm = { x: modules - 6.5, y: modules - 6.5 }
  const alignment = found(picture, ALIGNMENT, { mm, expected: flat, reach: ALIGNMENT_REACH })
  const [dark, light] = [mean(seen.map((one) => one.dark)), mean(seen.map((one) => one.light))]
  return {
    placement: homographyThrough([...finders, alignment]) ?? flat,
    threshold: dark + (light - dark) * SHARE_OF_LIGHT,
  }
}

/** The finder patterns; one that a stain or a sticker hides stands where the two others say. null: more are hidden. */
function withHidden(all: readonly Found[], seen: readonly Found[]): readonly Tie[] | null {
  const [one, other] = seen
  if (one === undefined || other === undefined) return null
  if (seen.length === all.length) return all
  const placement = similarityThrough(one, other)
  return all.map((finder) => (seen.includes(finder) ? finder : { ...finder, px: onPage(placement, finder.mm) }))
}

interface Found extends Tie {
  /** Mean grey levels of its modules. */
  readonly dark: number
  readonly light: number
}

/** What stands out nearly as much as the best, in grey levels, is as good: where ink is just black, all of a module is. */
const AS_GOOD = 2

/** Where near its expected place a pattern stands out most; `mm` and `reach` in modules. */
function found(
  picture: Raster,
  pattern: Pattern,
  { mm, expected, reach }: { readonly mm: Point; readonly expected: Placement; readonly reach: number },
): Found {
  const middle = onPage(expected, mm)
  const module = onPage(expected, { x: mm.x + 1, y: mm.y }).x - middle.x
  const pixels = Math.round(reach * module)
  const offsets = Array.from({ length: 2 * pixels + 1 }, (_, k) => k - pixels)
  const seen = offsets.flatMap((dy) =>
    offsets.map((dx) => {
      const px = { x: middle.x + dx, y: middle.y + dy }
      return { px, ...contrastAt(picture, pattern, px, module) }
    }),
  )
  const contrast = Math.max(...seen.map(({ dark, light }) => light - dark))
  const good = seen.filter(({ dark, light }) => light - dark >= contrast - AS_GOOD)
  const px = { x: mean(good.map((one) => one.px.x)), y: mean(good.map((one) => one.px.y)) }
  return { mm, px, weight: 1, ...contrastAt(picture, pattern, px, module) }
}

function contrastAt(picture: Raster, pattern: Pattern, { x, y }: Point, module: number) {
  const sums = { dark: 0, light: 0 }
  let darkOnes = 0
  for (const { dx, dy, isDark } of pattern) {
    sums[isDark ? 'dark' : 'light'] += levelAt(picture, x + dx * module, y + dy * module)
    if (isDark) darkOnes += 1
  }
  return { dark: sums.dark / darkOnes, light: sums.light / (pattern.length - darkOnes) }
}

/** How far from its middle a module is looked at, in modules: as far as its neighbours don't reach. */
const NEAR_MIDDLE = [-0.17, 0, 0.17]

function middleOf(picture: Raster, placement: Placement, { x, y }: Point): number {
  return mean(
    NEAR_MIDDLE.flatMap((dy) =>
      NEAR_MIDDLE.map((dx) => {
        const at = onPage(placement, { x: x + dx, y: y + dy })
        return levelAt(picture, at.x, at.y)
      }),
    ),
  )
}

/** A module's level without what blur has brought from its four neighbours. */
function sharpened(levels: Float32Array, modules: number, { x, y }: Point): number {
  const level = (column: number, line: number): number =>
    Math.min(column, line) < 0 || Math.max(column, line) >= modules ? 255 : (levels[line * modules + column] ?? 255)
  return 2 * level(x, y) - mean([level(x - 1, y), level(x + 1, y), level(x, y - 1), level(x, y + 1)])
}

function blacken(data: Uint8Array, side: number, { x, y }: Point): void {
  const left = (x + QUIET) * MODULE
  for (let line = (y + QUIET) * MODULE; line < (y + QUIET + 1) * MODULE; line++)
    data.fill(0, line * side + left, line * side + left + MODULE)
}

/** Beyond the picture's edge it is that of the edge. */
function levelAt({ width, height, data }: Raster, x: number, y: number): number {
  const column = Math.min(width - 1, Math.max(0, Math.floor(x)))
  const line = Math.min(height - 1, Math.max(0, Math.floor(y)))
  return data[line * width + column] ?? 255
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
