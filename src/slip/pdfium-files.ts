import type { ScanSource } from './scan-source.ts'

/** Scans as files of PDFium's C library: a PDF is read in place, and only what a page needs of it is ever in memory. */
export interface PdfiumFiles {
  /** What PDFium imports, with the calls for files answered here where they are for a scan. */
  readonly imports: object
  /** Makes a scan a file that can be opened once; returns its path, ending in a zero. */
  lay(source: ScanSource): Uint8Array
}

/** A call of the C library; its first argument is the file's number, but for `__syscall_openat`. */
type Call = (...given: readonly (number | bigint)[]) => number
type Calls = Readonly<Record<string, Call>>

interface OpenFile {
  readonly source: ScanSource
  position: number
}

/** Its own files have small numbers and no such folder. */
const FIRST_FILE = 1_000_000
const FOLDER = '/scan/'
const NO_SUCH_FILE = 44
const DISK_FAILED = 29
const SEEK_CURRENT = 1
const SEEK_END = 2
/** A plain file that may be read; where of a file's state its kind and its size stand. */
const READABLE_FILE = 0o100444
const MODE_AT = 4
const SIZE_AT = 24

/** Answers PDFium's calls for files; `memory` is PDFium's own as it is now, for it moves when it grows. */
export function pdfiumFiles(imports: object, memory: () => ArrayBuffer): PdfiumFiles {
  const given = imports as { readonly env: Calls; readonly wasi_snapshot_preview1: Calls }
  const laid = new Map<string, ScanSource>()
  const open = new Map<number, OpenFile>()
  let next = FIRST_FILE

  const openat: Call = (...of) => {
    const path = textAt(memory(), Number(of[1]))
    if (!path.startsWith(FOLDER)) return given.env['__syscall_openat']?.(...of) ?? -NO_SUCH_FILE
    const source = laid.get(path)
    if (source === undefined) return -NO_SUCH_FILE
    laid.delete(path)
    open.set(next, { source, position: 0 })
    return next++
  }
  /** A call for a file that is open: ours if it is a scan, else the library's own. */
  const forScan = (calls: Calls, name: string, ours: (file: OpenFile, view: DataView, ...rest: number[]) => void) => ({
    [name]: ((...of) => {
      const file = open.get(Number(of[0]))
      if (file === undefined) return calls[name]?.(...of) ?? NO_SUCH_FILE
      try {
        ours(file, new DataView(memory()), ...of.slice(1).map(Number))
        return 0
      } catch {
        // A disk that fails: PDFium must hear of it as of any file's, not be torn out of what it does.
        return DISK_FAILED
      }
    }) satisfies Call,
  })
  const close: Call = (...of) =>
    open.delete(Number(of[0])) ? 0 : (given.wasi_snapshot_preview1['fd_close']?.(...of) ?? NO_SUCH_FILE)
  const { env, wasi_snapshot_preview1: wasi } = given
  return {
    imports: {
      ...imports,
      env: { ...env, __syscall_openat: openat, ...forScan(env, '__syscall_fstat64', tellState) },
      wasi_snapshot_preview1: {
        ...wasi,
        fd_close: close,
        ...forScan(wasi, 'fd_seek', seek),
        ...forScan(wasi, 'fd_read', read),
      },
    },
    lay(source) {
      const path = `${FOLDER}${next++}`
      laid.set(path, source)
      return Buffer.from(`${path}\0`)
    },
  }
}

function tellState({ source }: OpenFile, view: DataView, state = 0): void {
  view.setInt32(state + MODE_AT, READABLE_FILE, true)
  view.setBigInt64(state + SIZE_AT, BigInt(source.size), true)
}

function seek(file: OpenFile, view: DataView, offset = 0, whence = 0, told = 0): void {
  const from = whence === SEEK_END ? file.source.size : whence === SEEK_CURRENT ? file.position : 0
  file.position = from + offset
  view.setBigInt64(told, BigInt(file.position), true)
}

/** Fills the buffers of a list: each has its place and its length. */
function read(file: OpenFile, view: DataView, list = 0, count = 0, told = 0): void {
  let sum = 0
  for (let k = 0; k < count; k++) {
    const [place, length] = [view.getUint32(list + 8 * k, true), view.getUint32(list + 8 * k + 4, true)]
    sum += file.source.read(new Uint8Array(view.buffer, place, length), file.position + sum)
  }
  file.position += sum
  view.setUint32(told, sum, true)
}

function textAt(memory: ArrayBuffer, at: number): string {
  const bytes = new Uint8Array(memory, at)
  return Buffer.from(bytes.subarray(0, bytes.indexOf(0))).toString()
}
