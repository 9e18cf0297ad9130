import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const installed = createRequire(import.meta.url)

/** The compiled decoder (or encoder) of QR codes, out of the installed package. */
export function wasmOf(part: 'reader' | 'writer'): Buffer {
  return readFileSync(installed.resolve(`zxing-wasm/${part}/zxing_${part}.wasm`))
}

/** The two modules around the decoder as a browser imports them; the first imports the second as `../share.js`. */
export function readerModules(): { readonly index: Buffer; readonly share: Buffer } {
  const wasm = installed.resolve('zxing-wasm/reader/zxing_reader.wasm')
  const folder = new URL('../es/', `file://${wasm}`)
  return {
    index: readFileSync(new URL('reader/index.js', folder)),
    share: readFileSync(new URL('share.js', folder)),
  }
}
