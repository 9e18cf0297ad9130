import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { wasmOf } from './zxing-files.ts'

/** PNG and JPEG by their first bytes. */
export function isPicture(bytes: Uint8Array): boolean {
  const first = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  return first === '89504e47' || first.startsWith('ffd8ff')
}

/** The bytes of the first QR code in a picture, null where there is none. Nothing is fetched: the decoder is installed. */
export async function codeInPicture(picture: Uint8Array): Promise<Uint8Array | null> {
  prepareZXingModule({ overrides: { wasmBinary: wasmOf('reader') } })
  const found = await readBarcodes(picture, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 })
  return found[0]?.bytes ?? null
}
