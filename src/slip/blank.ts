import type { Raster } from './read/raster.ts'

/** Neighbours, so many pixels apart, that differ by so much stand on both sides of a stroke's edge. */
const APART = 2
const EDGE_LEVELS = 60
/** So much of a page is edges where somebody printed or wrote on it; the form alone makes ten times as much. */
const EDGE_SHARE = 0.002
/** The outer part of a page, where the scanner's bed begins. */
const RIM = 0.05
/** Looked at every so many pixels, both ways: enough to count by. */
const STEP = 3

/** Whether nothing is on a page but what scanner and paper make: no strokes, whatever their colour and that of the bed. */
export function isBlank({ width, height, data }: Raster): boolean {
  let [count, edges] = [0, 0]
  for (let y = Math.ceil(height * RIM); y < height * (1 - RIM) - APART; y += STEP)
    for (let x = Math.ceil(width * RIM); x < width * (1 - RIM) - APART; x += STEP) {
      const level = data[y * width + x] ?? 255
      const right = Math.abs(level - (data[y * width + x + APART] ?? level))
      const below = Math.abs(level - (data[(y + APART) * width + x] ?? level))
      if (Math.max(right, below) > EDGE_LEVELS) edges++
      count++
    }
  return edges < EDGE_SHARE * count
}
