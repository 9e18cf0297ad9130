import { type BillQr, type BillUrls, billAmong } from '../../../src/language/bill-qr.ts'

/** A picture to look at. */
export interface ToWorker {
  readonly picture: ImageBitmap
  readonly urls: BillUrls
  /** Where the answer goes. */
  readonly port: MessagePort
}

/** What stands in its code, of several codes the one of a bill; null: no code found. */
export type FromWorker = BillQr | null

/** As much as is wanted of the decoder, which is loaded only here and only when a picture comes. */
interface Decoder {
  prepareZXingModule(options: { overrides: { locateFile: (file: string) => string } }): void
  readBarcodes(picture: ImageData, options: object): Promise<readonly { readonly bytes: Uint8Array }[]>
}

const folder = new URL('../../../zxing-wasm/', import.meta.url)
let decoder: Promise<Decoder> | undefined

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  void answer(data)
})

async function answer({ picture, urls, port }: ToWorker): Promise<void> {
  try {
    decoder ??= loadDecoder()
    const { readBarcodes } = await decoder
    const found = await readBarcodes(pixelsOf(picture), { formats: ['QRCode'], tryHarder: true })
    const codes = found.map(({ bytes }) => bytes)
    port.postMessage(billAmong(codes, urls) satisfies FromWorker)
  } catch {
    port.postMessage(null)
  } finally {
    picture.close()
  }
}

async function loadDecoder(): Promise<Decoder> {
  const loaded = (await import(new URL('reader/index.js', folder).href)) as Decoder
  loaded.prepareZXingModule({ overrides: { locateFile: (file) => new URL(`reader/${file}`, folder).href } })
  return loaded
}

function pixelsOf(picture: ImageBitmap): ImageData {
  const { width, height } = picture
  const pen = new OffscreenCanvas(width, height).getContext('2d')
  if (pen === null) throw new Error('no canvas')
  pen.drawImage(picture, 0, 0)
  return pen.getImageData(0, 0, width, height)
}
