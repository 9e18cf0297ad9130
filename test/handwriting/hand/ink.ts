/** Ink on a slip, in its own pixels. */

/** Pixels a millimetre of a slip as it is printed and filled in: 240 dpi, finer than most scanners look. */
export const SCALE = 240 / 25.4

/** Grey levels or ink, row by row. */
export interface Layer {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Millimetres. */
export type Spot = readonly [x: number, y: number]

/** A layer without ink; ink is 255. */
export function noInk({ width, height }: Pick<Layer, 'width' | 'height'>): Layer {
  return { width, height, data: new Uint8Array(width * height) }
}

/** Lays ink on a rectangle of pixels: `coverAt` says how much of a pixel is covered, 0 to 1. What is darker stays. */
export function lay(
  { width, height, data }: Layer,
  area: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
  coverAt: (x: number, y: number) => number,
): void {
  for (let y = Math.max(0, Math.floor(area.top)); y < Math.min(height, area.bottom); y++)
    for (let x = Math.max(0, Math.floor(area.left)); x < Math.min(width, area.right); x++) {
      const cover = coverAt(x, y)
      if (cover <= 0) continue
      const at = y * width + x
      data[at] = Math.max(data[at] ?? 0, Math.min(1, cover) * 255)
    }
}

/** How much of a pixel a pen covers whose middle line runs so many pixels beside it: its edge is soft. */
export function penCover(width: number, distance: number): number {
  return Math.min(1, Math.max(0, (width / 2 - distance) / 1.2 + 0.5))
}

/** A pen stroke through spots; `pen` in millimetres. */
export function drawLine(layer: Layer, spots: readonly Spot[], pen: number): void {
  const width = pen * SCALE
  for (let k = 1; k < spots.length; k++) {
    const [[ax, ay], [bx, by]] = [pixels(spots[k - 1] ?? [0, 0]), pixels(spots[k] ?? [0, 0])]
    const [dx, dy] = [bx - ax, by - ay]
    const length = dx * dx + dy * dy
    const reach = width / 2 + 2
    const area = {
      left: Math.min(ax, bx) - reach,
      top: Math.min(ay, by) - reach,
      right: Math.max(ax, bx) + reach,
      bottom: Math.max(ay, by) + reach,
    }
    lay(layer, area, (x, y) => {
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length))
      return penCover(width, Math.hypot(x - ax - along * dx, y - ay - along * dy))
    })
  }
}

function pixels([x, y]: Spot): [number, number] {
  return [x * SCALE, y * SCALE]
}

/** Where layers overlap most: how much of the ink that came on top of other ink is beside that. 0 to 1. */
export function shareBeside(below: Layer, above: Layer): number {
  const near = 3
  let [beside, all] = [0, 0]
  for (const [at, ink] of above.data.entries()) {
    if (ink < 128) continue
    all++
    const covered = [0, -near, near, -near * below.width, near * below.width].some(
      (by) => (below.data[at + by] ?? 0) > 127,
    )
    if (!covered) beside++
  }
  return all === 0 ? 0 : beside / all
}

/** Lays one layer of the same size on another. */
export function layOver(layer: Layer, other: Layer): void {
  for (const [at, ink] of other.data.entries()) if (ink > (layer.data[at] ?? 0)) layer.data[at] = ink
}
