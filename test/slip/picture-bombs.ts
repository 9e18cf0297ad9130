import { constants, crc32, deflateRawSync } from 'node:zlib'
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

const chunk = (type: string, data: Buffer): Buffer => {
  const bytes = Buffer.alloc(12 + data.length)
  bytes.writeUInt32BE(data.length, 0)
  bytes.write(type, 4, 'latin1')
  data.copy(bytes, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length)
  return bytes
}

/** Zeros of one piece, whose end falls on a whole byte, so that pieces can follow one another. */
const PIECE_BYTES = 2 ** 24

/** A black PNG of so many pixels a side whose data, a thousandth of it in the file, inflates to so many bytes. */
export function inflating(bytes: number, side = 10): Buffer {
  const header = Buffer.from('00000000000000000800000000', 'hex')
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  const piece = deflateRawSync(Buffer.alloc(PIECE_BYTES), { finishFlush: constants.Z_SYNC_FLUSH })
  const pieces = Array<Buffer>(Math.ceil(bytes / PIECE_BYTES)).fill(piece)
  const data = Buffer.concat([Buffer.from('789c', 'hex'), ...pieces, Buffer.from('030000000000', 'hex')])
  const mark = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([mark, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}
