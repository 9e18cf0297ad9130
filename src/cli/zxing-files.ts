import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** The compiled decoder (or encoder) of QR codes out of the installed package, so that nothing is fetched. */
export async function wasmOf(part: 'reader' | 'writer'): Promise<ArrayBuffer> {
  const file = createRequire(import.meta.url).resolve(`zxing-wasm/${part}/zxing_${part}.wasm`)
  return Uint8Array.from(await readFile(file)).buffer
}
