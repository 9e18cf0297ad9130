import sharp from 'sharp'
import { expect, test } from 'vitest'
import { pngOf } from '../../src/slip/png.ts'

test.each([
  [1, 1],
  [7, 3],
  [592, 420],
])('a picture of %d × %d grey levels is what sharp sees in its PNG', async (width, height) => {
  const data = Uint8Array.from({ length: width * height }, (_, k) => (k * 2_654_435_761) % 251)
  const seen = await sharp(pngOf({ width, height, data }))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect(seen.info).toMatchObject({ width, height, channels: 1 })
  expect(Uint8Array.from(seen.data)).toEqual(data)
})
