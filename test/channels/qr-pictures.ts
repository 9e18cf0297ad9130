import sharp from 'sharp'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import { wasmOf } from '../../src/slip/zxing-files.ts'

/** A PNG with a QR code that holds the text. */
export async function qrPicture(text: string): Promise<Buffer> {
  prepareZXingModule({ overrides: { wasmBinary: wasmOf('writer') } })
  const { image } = await writeBarcode(text, { format: 'QRCode', scale: 4 })
  if (image === null) throw new Error('no picture was made')
  return Buffer.from(await image.arrayBuffer())
}

/** A PNG with codes side by side on one sheet. */
export async function sheetOf(...texts: readonly string[]): Promise<Buffer> {
  const side = 400
  const codes = await Promise.all(
    texts.map(async (text) =>
      sharp(await qrPicture(text))
        .resize(300)
        .png()
        .toBuffer(),
    ),
  )
  return sharp({ create: { width: side * texts.length, height: side, channels: 3, background: '#fff' } })
    .composite(codes.map((input, at) => ({ input, left: at * side + 50, top: 50 })))
    .png()
    .toBuffer()
}

/** Two frames of a code as a camera sees it: 640 × 480, Y4M, grey. */
export async function filmOf(text: string): Promise<Buffer> {
  prepareZXingModule({ overrides: { wasmBinary: wasmOf('writer') } })
  const { symbol } = await writeBarcode(text, { format: 'QRCode' })
  const scale = Math.floor(440 / symbol.height)
  const luma = Buffer.alloc(640 * 480, 235)
  for (let y = 0; y < symbol.height * scale; y++) {
    for (let x = 0; x < symbol.width * scale; x++) {
      const dark = symbol.data[Math.floor(y / scale) * symbol.width + Math.floor(x / scale)] === 0
      if (dark) luma[(y + 20) * 640 + x + 100] = 16
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc(320 * 240 * 2, 128)])
  return Buffer.concat([Buffer.from('YUV4MPEG2 W640 H480 F5:1 Ip A1:1 C420\n'), frame, frame])
}
