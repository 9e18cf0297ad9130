import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import { wasmOf } from './zxing-files.ts'

/** A QR code on a picture. */
export interface FoundCode {
  readonly text: string
  /** Pixels, from the symbol's own upper left clockwise. */
  readonly corners: readonly [Corner, Corner, Corner, Corner]
}

interface Corner {
  readonly x: number
  readonly y: number
}

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

/** Hands over the compiled decoder, for who has no files at hand (a worker thread gets the bytes with its start). */
export function useDecoder(wasm: ArrayBuffer): void {
  prepareZXingModule({ overrides: { wasmBinary: wasm } })
}

/** The readable QR codes on a grey page, in any direction; the decoder must be there already (`useDecoder`). */
export async function codesInGrey(
  page: { readonly width: number; readonly height: number; readonly data: Uint8Array },
  countMax: number,
  binarizer: NonNullable<ReaderOptions['binarizer']> = 'LocalAverage',
): Promise<FoundCode[]> {
  const options = {
    formats: ['QRCode'],
    tryHarder: true,
    tryInvert: false,
    binarizer,
    maxNumberOfSymbols: countMax,
  } as const
  const found = await readBarcodes(
    { width: page.width, height: page.height, data: coloured(page.data) },
    { ...options, formats: ['QRCode'] },
  )
  return found
    .filter(({ isValid }) => isValid)
    .map(({ text, position: { topLeft, topRight, bottomRight, bottomLeft } }) => ({
      text,
      corners: [topLeft, topRight, bottomRight, bottomLeft],
    }))
}

/** Grey as the decoder takes it: four bytes a pixel. */
function coloured(grey: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint32Array(grey.length)
  for (let k = 0; k < grey.length; k++) pixels[k] = 0xff000000 | ((grey[k] ?? 0) * 0x010101)
  return new Uint8ClampedArray(pixels.buffer)
}
