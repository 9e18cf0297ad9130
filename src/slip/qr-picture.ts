import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { Quad } from './read/geometry.ts'
import type { Raster } from './read/raster.ts'
import { wasmOf } from './zxing-files.ts'

/** A QR code on a picture. */
export interface FoundCode {
  readonly text: string
  /** Of the symbol, in pixels; on a page that is mirrored they go round the other way. */
  readonly corners: Quad
}

/** PNG and JPEG by their first bytes. */
export function isPicture(bytes: Uint8Array): boolean {
  const first = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  return first === '89504e47' || first.startsWith('ffd8ff')
}

/** Beside its own code a bill may have those of an app, a bank, a messenger. */
const CODES_MAX = 8

/** The bytes of each QR code in a picture, up to 8; empty: there is none. Nothing is fetched: the decoder is installed. */
export async function codesInPicture(picture: Uint8Array): Promise<readonly Uint8Array[]> {
  openDecoder()
  const found = await readBarcodes(picture, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: CODES_MAX })
  // What is no picture is answered with one result, which holds the error and no bytes.
  return found.filter(({ isValid }) => isValid).map(({ bytes }) => bytes)
}

/** A new decoder for whoever looks for codes from now on, out of the installed package. */
export function openDecoder(): void {
  prepareZXingModule({ overrides: { wasmBinary: wasmOf('reader') } })
}

/** The readable QR codes on a grey page, in any direction; there must be a decoder (`openDecoder`). */
export async function codesInGrey(page: Raster, countMax: number): Promise<FoundCode[]> {
  const found = await readBarcodes(greyPicture(page), {
    formats: ['QRCode'],
    tryHarder: true,
    tryInvert: false,
    maxNumberOfSymbols: countMax,
  })
  return found
    .filter(({ isValid }) => isValid)
    .map(({ text, isMirrored, position: { topLeft, topRight, bottomRight, bottomLeft } }) => ({
      text,
      // As they stand on the page: in a mirror the symbol's upper right is where its lower left seems to be.
      corners: isMirrored ? [topLeft, bottomLeft, bottomRight, topRight] : [topLeft, topRight, bottomRight, bottomLeft],
    }))
}

/** A page as a picture file (PGM): as pixels the decoder takes colours only, four bytes each, and makes them grey again. */
function greyPicture({ width, height, data }: Raster): Buffer {
  return Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), data])
}
