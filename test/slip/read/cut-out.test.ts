import { expect, test } from 'vitest'
import { blankOnes, CUT } from '../../../src/slip/read/cut-out.ts'
import type { Raster } from '../../../src/slip/read/raster.ts'

const PAPER = 240

/** A box of one grey, and a stroke of another down its middle. */
function box(grey: number, stroke = grey): Raster {
  const data = new Uint8Array(CUT.width * CUT.height).fill(grey)
  for (let y = 10; y < 40; y++) data.fill(stroke, y * CUT.width + 18, y * CUT.width + 21)
  return { width: CUT.width, height: CUT.height, data }
}

test('a box is blank where nothing is darker than paper, however the row was written', () => {
  expect(blankOnes([box(PAPER), box(PAPER, 30), box(PAPER - 5)], 200)).toEqual([true, false, true])
})

test('faint ink is ink', () => {
  expect(blankOnes([box(PAPER), box(PAPER, PAPER - 20)], 200)).toEqual([true, false])
})

test('a box that is black all over is no blank one', () => {
  expect(blankOnes([box(PAPER), box(20)], 200)).toEqual([true, false])
})
