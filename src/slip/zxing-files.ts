import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** The compiled decoder (or encoder) of QR codes, out of the installed package: nothing is fetched. */
export function wasmOf(part: 'reader' | 'writer'): ArrayBuffer {
  const file = createRequire(import.meta.url).resolve(`zxing-wasm/${part}/zxing_${part}.wasm`)
  return Uint8Array.from(readFileSync(file)).buffer
}
