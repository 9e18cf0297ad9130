import { readFileSync } from 'node:fs'

/** The compiled decoder (or encoder) of QR codes, out of the installed package: nothing is fetched. */
export function wasmOf(part: 'reader' | 'writer'): ArrayBuffer {
  const file = import.meta.resolve(`zxing-wasm/${part}/zxing_${part}.wasm`)
  return Uint8Array.from(readFileSync(new URL(file))).buffer
}
