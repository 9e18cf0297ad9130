import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium'

/** PDFium with a bound to its memory. */
export interface Pdfium {
  open(bytes: Uint8Array): Promise<PDFiumDocument>
  close(document: PDFiumDocument): void
  /** Whether it was refused memory since this was last asked. */
  isStarved(): boolean
}

/** A file of 200 MB, and a page of A3 decoded beside it; a stream that inflates without end stops there. */
const MEMORY_BYTES_MAX = 480 * 1024 * 1024
const WASM_PAGE_BYTES = 65_536

let opening: Promise<Pdfium> | null = null

/** One for each worker; made when the first PDF comes. */
export function openPdfium(): Promise<Pdfium> {
  opening ??= start()
  return opening
}

async function start(): Promise<Pdfium> {
  const compiled = await WebAssembly.compile(await readFile(createRequire(import.meta.url).resolve(WASM)))
  let refused = false
  const library = await PDFiumLibrary.init({
    instantiateWasm: (imports, done) => {
      const instance = new WebAssembly.Instance(compiled, imports)
      boundMemory(instance, () => {
        refused = true
      })
      // Emscripten calls back with the instance, whatever the declaration says.
      done(instance as unknown as WebAssembly.Module)
      return instance.exports
    },
  })
  return {
    open: (bytes) => library.loadDocument(bytes),
    close: (document) => document.destroy(),
    isStarved() {
      const was = refused
      refused = false
      return was
    },
  }
}

const WASM = '@hyzyla/pdfium/pdfium.wasm'

/** Emscripten asks this very object for more memory, and takes an error as a no. */
function boundMemory({ exports }: WebAssembly.Instance, onRefused: () => void): void {
  const memory = exports['memory']
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('PDFium has no memory of its own')
  const grow = memory.grow.bind(memory)
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + Number(pages) * WASM_PAGE_BYTES <= MEMORY_BYTES_MAX) return grow(pages)
    onRefused()
    throw new RangeError('PDFium asks for more memory than it may have')
  }
}
