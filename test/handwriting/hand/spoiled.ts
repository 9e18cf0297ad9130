/** Boxes that no machine may read: crossed out, overwritten, blotted, two digits in one. */
import { ROW_TOPS } from '../../../src/slip/print/form-r1.ts'
import type { Chance } from './chance.ts'
import type { Stand, Writer } from './hand.ts'
import { drawLine, type Layer, layOver, noInk, type Spot, shareBeside } from './ink.ts'

export const SPOILINGS = ['crossed-out', 'overwritten', 'two-digits-in-box', 'blot'] as const
export type Spoiling = (typeof SPOILINGS)[number]

/** A box to be spoiled. */
export interface SpoiltBox {
  readonly digit: number
  readonly stand: Stand
  /** The slip's row, from 0. */
  readonly row: number
}

/** Writes a digit into a box, and spoils it. */
export function spoil(
  layer: Layer,
  kind: Spoiling,
  box: SpoiltBox,
  { writer, chance }: { writer: Writer; chance: Chance },
): void {
  if (kind === 'crossed-out') crossOut(layer, box, writer, chance)
  else if (kind === 'overwritten') overwrite(layer, box, writer, chance)
  else if (kind === 'two-digits-in-box') writeTwo(layer, box, writer, chance)
  else blot(layer, box, writer, chance)
}

function crossOut(layer: Layer, { digit, stand, row }: SpoiltBox, writer: Writer, chance: Chance): void {
  const { x, y, height } = stand
  writer.write(layer, digit, stand)
  const pen = writer.hand.pen
  const [w, h] = [3.15, height * 0.42]
  const kind = chance.weighted([
    ['cross', 0.35],
    ['bars', 0.25],
    ['zigzag', 0.25],
    ['slashes', 0.15],
  ])
  const line = (...spots: Spot[]): void => drawLine(layer, spots, pen)
  if (kind === 'cross') {
    line([x - w, y - h], [x + w, y + h])
    line([x - w, y + h], [x + w, y - h])
  } else if (kind === 'bars') {
    // One of a pair might lie on a stroke, or be the bar of a 7.
    for (const level of [-0.45, 0.05, 0.45].slice(0, chance.whole(2, 4))) {
      const at = y + (level + chance.uniform(-0.15, 0.15)) * h
      line([x - w * 1.1, at + chance.normal(0, 0.3)], [x + w * 1.1, at + chance.normal(0, 0.3)])
    }
  } else if (kind === 'zigzag') {
    const turns = chance.whole(6, 12)
    const spots = Array.from({ length: turns + 1 }, (_, k): Spot => {
      const side = k % 2 === 0 ? -1 : 1
      return [x - w + (2 * w * k) / turns + chance.normal(0, 0.2), y + side * h * chance.uniform(0.7, 1.1)]
    })
    line(...spots)
  } else
    for (const aside of [-0.9, 0.9, 0.1].slice(0, chance.whole(2, 4)))
      line([x - w, y + h + aside], [x + w, y - h + aside])
  if (!chance.yes(0.5)) return
  const above = { x: x + chance.uniform(-0.8, 1.4), y: (ROW_TOPS[row] ?? 0) - chance.uniform(2.2, 3.5) }
  writer.write(layer, chance.whole(0, 10), { ...above, height: height * 0.55, widthMax: 5 })
}

/** Another digit over the first, so that both can be seen: a 5 exactly over a 6 is a 6 to everyone, a 1 over a 0 a 0 with a stroke. */
function overwrite(layer: Layer, { digit, stand }: SpoiltBox, writer: Writer, chance: Chance): void {
  for (;;) {
    const [below, above] = [noInk(layer), noInk(layer)]
    writer.write(below, digit, stand)
    const other = (digit + chance.whole(1, 10)) % 10
    if (digit + other === 1) continue
    const moved = { ...stand, x: stand.x + chance.normal(0, 0.35), y: stand.y + chance.normal(0, 0.35) }
    writer.write(above, other, moved, { pen: writer.hand.pen * chance.uniform(1, 1.5) })
    if (shareBeside(below, above) < 0.4 || shareBeside(above, below) < 0.4) continue
    layOver(layer, below)
    layOver(layer, above)
    return
  }
}

function writeTwo(layer: Layer, { digit, stand }: SpoiltBox, writer: Writer, chance: Chance): void {
  const narrow = { aspect: writer.hand.aspect * 0.62 }
  for (const [side, which] of [
    [-1, digit],
    [1, chance.whole(0, 10)],
  ] as const)
    writer.write(
      layer,
      which,
      { ...stand, x: stand.x + side * 1.9, height: stand.height * chance.uniform(0.75, 0.9), widthMax: 3.4 },
      narrow,
    )
}

function blot(layer: Layer, { digit, stand }: SpoiltBox, writer: Writer, chance: Chance): void {
  if (chance.yes(0.4)) writer.write(layer, digit, stand)
  const spots = Array.from(
    { length: chance.whole(16, 30) },
    (): Spot => [stand.x + chance.normal(0, 1.7), stand.y + chance.normal(0, 2.1)],
  )
  drawLine(layer, spots, writer.hand.pen * chance.uniform(1, 1.8))
}
