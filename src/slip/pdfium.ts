import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium'

/** PDFium with a bound to its memory. */
export interface Pdfium {
  /** Throws where the file is no PDF that it can open. */
  open(bytes: Uint8Array): Promise<PDFiumDocument>
  /** Never throws. */
  close(document: PDFiumDocument): void
  /** Whether it was refused memory since it was made. */
  isStarved(): boolean
  /** Whether it is as when it was made; it is not after it was refused memory, or was told of an error that stopped it. */
  isSound(): boolean
  /** Tells it of what was thrown while it worked. */
  threw(error: unknown): void
}

/** A file of 200 MB, and a page of A3 decoded beside it; a stream that inflates without end stops there. */
const MEMORY_BYTES_MAX = 480 * 1024 * 1024
const WASM_PAGE_BYTES = 65_536

let opening: Promise<Pdfium> | null = null
let compiling: Promise<WebAssembly.Module> | null = null
let wornOut = 0

/**
 * One for each worker, made when the first PDF comes, and anew where the last is worn out: once WebAssembly has stopped in
 * the middle of something, or was refused memory, what lies in its memory is good for nothing, and every sound file after
 * it would seem damaged.
 */
export function openPdfium(): Promise<Pdfium> {
  if (opening !== null) return opening
  const one = start(() => {
    if (opening !== one) return
    opening = null
    wornOut++
  })
  opening = one
  return one
}

/** How many were worn out so far: their memory may lie about for long, so a thread with any is better replaced. */
export const pdfiumsWornOut = (): number => wornOut

async function start(retire: () => void): Promise<Pdfium> {
  compiling ??= readFile(createRequire(import.meta.url).resolve(WASM)).then((bytes) => WebAssembly.compile(bytes))
  const compiled = await compiling
  const state = { starved: false, stopped: false }
  const library = await PDFiumLibrary.init({
    instantiateWasm: (imports, done) => {
      const instance = new WebAssembly.Instance(compiled, imports)
      boundMemory(instance, () => {
        state.starved = true
      })
      // Emscripten calls back with the instance, whatever the declaration says.
      done(instance as unknown as WebAssembly.Module)
      return instance.exports
    },
  })
  const isSound = () => !state.starved && !state.stopped
  const threw = (error: unknown) => {
    state.stopped ||= error instanceof WebAssembly.RuntimeError
    if (!isSound()) retire()
  }
  return {
    async open(bytes) {
      try {
        return await library.loadDocument(bytes)
      } catch (error) {
        threw(error)
        throw error
      }
    },
    close(document) {
      try {
        if (isSound()) document.destroy()
      } catch (error) {
        threw(error)
      }
      if (!isSound()) retire()
    },
    isStarved: () => state.starved,
    isSound,
    threw,
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
