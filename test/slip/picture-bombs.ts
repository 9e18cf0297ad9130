import sharp from 'sharp'

/** Start of scan: one component, all its AC coefficients; no data behind it, so a decoder takes zeros for every block. */
const EMPTY_PASS = Buffer.from('ffda0008010100013f00', 'hex')
const END_OF_IMAGE = Buffer.from('ffd9', 'hex')

/** A small JPEG that is decoded in so many passes over the whole picture. */
export async function passes(width: number, height: number, count: number): Promise<Buffer> {
  const grey = sharp({ create: { width, height, channels: 3, background: '#888' } }).toColourspace('b-w')
  const jpeg = await grey.jpeg({ progressive: true }).toBuffer()
  return Buffer.concat([jpeg.subarray(0, -END_OF_IMAGE.length), ...Array<Buffer>(count).fill(EMPTY_PASS), END_OF_IMAGE])
}

/** Modules of a finder pattern and the gap beside it. */
const PATTERN = 7
const STEP = 9

/** A small PNG full of the squares that stand in the corners of a QR code: who looks for codes tries every three of them. */
export async function squares(side: number): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side, 255)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [row, column] = [y % STEP, x % STEP]
      const ring = Math.max(Math.abs(row - 3), Math.abs(column - 3))
      if (row < PATTERN && column < PATTERN && ring !== 2) pixels[y * side + x] = 0
    }
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer()
}
