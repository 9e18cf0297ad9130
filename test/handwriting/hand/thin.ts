/** The test digits as `plain_nets.py` judges them: `node test/handwriting/hand/thin.ts FOLDER`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSheet } from './digits.ts'
import { GRID, strokesOf } from './strokes.ts'

const SIDE = 28
const FINER = GRID / SIDE

/** The centre line as a pen draws it that is two pixels wide, 28 × 28, the darkest 255. */
function drawnThin(pixels: Uint8Array, digit: number): Uint8Array {
  const centre = strokesOf(pixels, digit).centre()
  const cover = Float32Array.from({ length: SIDE * SIDE }, (_, at) => {
    let sum = 0
    for (let k = 0; k < FINER * FINER; k++) {
      const x = (at % SIDE) * FINER + (k % FINER)
      const y = Math.floor(at / SIDE) * FINER + Math.floor(k / FINER)
      sum += Math.min(1, Math.max(0, (4.2 - (centre[y * GRID + x] ?? 0)) / 1.5 + 0.5))
    }
    return sum
  })
  const darkest = Math.max(...cover)
  return Uint8Array.from(cover, (one) => Math.round((255 * one) / darkest))
}

const [folder = '.'] = process.argv.slice(2)
const { digits, pixelsAt } = await openSheet()
writeFileSync(join(folder, 'labels.u8'), Uint8Array.from(digits))
writeFileSync(join(folder, 'usual.u8'), Buffer.concat(digits.map((_, at) => pixelsAt(at))))
writeFileSync(join(folder, 'thin.u8'), Buffer.concat(digits.map((digit, at) => drawnThin(pixelsAt(at), digit))))
