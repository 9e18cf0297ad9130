import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'

/** The bytes of a scan, which need not be in memory: a batch is larger than all that reading one of its pages takes. */
export interface ScanSource {
  readonly size: number
  /** Copies the bytes that stand from `from` on, as many as there is room for; returns how many there were. */
  read(into: Uint8Array, from: number): number
  /** All of them, for a decoder that takes nothing else. */
  whole(): Uint8Array
  close(): void
}

/** A scan in memory, or the file by that name. Throws where there is none. */
export function scanSource(scan: Uint8Array | string): ScanSource {
  return typeof scan === 'string' ? inFile(scan) : inMemory(scan)
}

function inMemory(bytes: Uint8Array): ScanSource {
  return {
    size: bytes.length,
    read(into, from) {
      const part = bytes.subarray(from, from + into.length)
      into.set(part)
      return part.length
    },
    whole: () => bytes,
    close: () => undefined,
  }
}

function inFile(path: string): ScanSource {
  const file = openSync(path, 'r')
  return {
    size: fstatSync(file).size,
    read: (into, from) => readSync(file, into, 0, into.length, from),
    whole: () => readFileSync(path),
    close: () => closeSync(file),
  }
}
