import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { wasmOf } from '../zxing-files.ts'
import type { ReaderParts } from './reader.ts'

/** The parts of a reader out of the repository and the installed packages: nothing is fetched. */
export function readerParts(): ReaderParts {
  const runtime = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')
  return {
    digitNet: readFileSync(new URL('../net/digits.onnx', import.meta.url)),
    netRuntimeWasm: Uint8Array.from(readFileSync(runtime)).buffer,
    codeReaderWasm: wasmOf('reader'),
  }
}
