import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import { wasmOf } from '../../src/slip/zxing-files.ts'

/** A PNG with a QR code that holds the text. */
export async function qrPicture(text: string): Promise<Buffer> {
  prepareZXingModule({ overrides: { wasmBinary: wasmOf('writer') } })
  const { image } = await writeBarcode(text, { format: 'QRCode', scale: 4 })
  if (image === null) throw new Error('no picture was made')
  return Buffer.from(await image.arrayBuffer())
}
