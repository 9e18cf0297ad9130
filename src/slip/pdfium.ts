import { readFile } from 'node:fs/promises'
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium'
import { pdfiumFiles } from './pdfium-files.ts'
import type { ScanSource } from './scan-source.ts'

/** PDFium with a bound to its memory. */
export interface Pdfium {
  /** Throws where the file is no PDF that it can open. A source must stay open as long as the document. */
  open(scan: ScanSource): Promise<PDFiumDocument>
  /** Never throws. */
  close(document: PDFiumDocument): void
  /** Whether it was refused memory since it was made. */
  isStarved(): boolean
  /** Whether it is as when it was made; it is not after it was refused memory, or was told of an error that stopped it. */
  isSound(): boolean
  /** Tells it of what was thrown while it worked. */
  threw(error: unknown): void
}

/** Ten times what a page of A3 takes, decoded and drawn; a stream that inflates without end stops there. */
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
  compiling ??= readFile(new URL(import.meta.resolve(WASM))).then((bytes) => WebAssembly.compile(bytes))
  const compiled = await compiling
  const state = { starved: false, stopped: false }
  let lay: (source: ScanSource) => Uint8Array = () => new Uint8Array()
  const library = await PDFiumLibrary.init({
    instantiateWasm: (imports, done) => {
      const files = pdfiumFiles(imports, () => memoryOf(instance).buffer)
      const instance = new WebAssembly.Instance(compiled, files.imports)
      lay = files.lay
      boundMemory(memoryOf(instance), () => {
        state.starved = true
      })
      // Emscripten calls back with the instance, whatever the declaration says.
      done({ exports: asCalled(instance.exports) } as unknown as WebAssembly.Module)
      return instance.exports
    },
  })
  const isSound = () => !state.starved && !state.stopped
  const threw = (error: unknown) => {
    state.stopped ||= error instanceof WebAssembly.RuntimeError
    if (!isSound()) retire()
  }
  return {
    async open(scan) {
      try {
        return await library.loadDocument(lay(scan))
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

/** Rendering flag: every colour is made grey before it is drawn. */
const GREY_COLOURS = 8

/**
 * PDFium's functions as the package calls them: what it takes for a document's bytes is the path of one; and on a grey
 * bitmap everything is grey anyway, so the flag that makes it so only doubles the time.
 */
function asCalled(exports: WebAssembly.Instance['exports']): Readonly<Record<string, unknown>> {
  const { FPDF_LoadDocument: open, FPDF_RenderPageBitmap: render } = exports as Readonly<Record<string, Called>>
  if (open === undefined || render === undefined) throw new Error('PDFium lacks a function')
  return {
    ...exports,
    FPDF_LoadMemDocument: (path: number, _size: number, password: number) => open(path, password),
    FPDF_RenderPageBitmap: (...given: readonly number[]) =>
      render(...given.with(-1, (given.at(-1) ?? 0) & ~GREY_COLOURS)),
  }
}

type Called = (...given: readonly number[]) => number

function memoryOf({ exports }: WebAssembly.Instance): WebAssembly.Memory {
  const memory = exports['memory']
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('PDFium has no memory of its own')
  return memory
}

/** Emscripten asks this very object for more memory, and takes an error as a no. */
function boundMemory(memory: WebAssembly.Memory, onRefused: () => void): void {
  const grow = memory.grow.bind(memory)
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + Number(pages) * WASM_PAGE_BYTES <= MEMORY_BYTES_MAX) return grow(pages)
    onRefused()
    throw new RangeError('PDFium asks for more memory than it may have')
  }
}
