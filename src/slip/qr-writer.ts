import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import { wasmOf } from './zxing-files.ts'

/** A QR code as a PNG, four pixels a module. */
export async function codeAsPicture(text: string): Promise<Buffer> {
  prepareZXingModule({ overrides: { wasmBinary: wasmOf('writer') } })
  const { image, error } = await writeBarcode(text, { format: 'QRCode', scale: 4 })
  if (image === null) throw new Error(`no QR code of this text: ${error}`)
  return Buffer.from(await image.arrayBuffer())
}
