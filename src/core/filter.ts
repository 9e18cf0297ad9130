/**
 * Keys that were ever put in, as bits: it says «certainly not» or «perhaps», and never «not» of a key that is there
 * (a Bloom filter, B. H. Bloom 1970). Most look-ups of a batch are for what was never there; those cost no way into the
 * database and back. It grows; nothing is ever taken out.
 */
export interface Filter {
  /** False: the key was never put in. A number is a hash already, of 32 bits, and no key of another kind. */
  mayHold(key: string | number): boolean
}

/** A filter that grows. */
export interface GrowingFilter extends Filter {
  add(key: string | number): void
  /** All of it, for `filterOf`; in the byte order of this machine, as everything that maps arrays to files. */
  parts(): readonly Uint8Array[]
}

/** 12 bits and 6 probes a key: a full segment lets 1 in 270 keys through that are not there, all of four million keys 1 in 45. */
const BITS_A_KEY = 12
const PROBES = 6
/** Keys of the first segment; each next one takes twice as many as the one before. */
const FIRST_KEYS = 65_536

interface Segment {
  readonly words: Uint32Array
  readonly keysMax: number
  keys: number
}

/** An empty filter. Keys are told apart by 32 bits of a hash. */
export function growingFilter(): GrowingFilter {
  const segments = [segmentFor(FIRST_KEYS)]
  return {
    add(key) {
      let last = segments[segments.length - 1] as Segment
      if (last.keys >= last.keysMax) {
        last = segmentFor(2 * last.keysMax)
        segments.push(last)
      }
      last.keys++
      put(last.words, hashOf(key))
    },
    mayHold: among(segments),
    parts: () => segments.map(({ words }) => new Uint8Array(words.buffer)),
  }
}

/** Makes a filter again of its parts. */
export function filterOf(parts: readonly Uint8Array[]): Filter {
  return { mayHold: among(parts.map((bytes) => ({ words: new Uint32Array(bytes.slice().buffer) }))) }
}

function among(segments: readonly Pick<Segment, 'words'>[]): Filter['mayHold'] {
  return (key) => {
    const hash = hashOf(key)
    // The last is the largest, and holds half of all keys.
    for (let at = segments.length - 1; at >= 0; at--) if (holds((segments[at] as Segment).words, hash)) return true
    return false
  }
}

function segmentFor(keysMax: number): Segment {
  return { words: new Uint32Array(Math.ceil((keysMax * BITS_A_KEY) / 32)), keysMax, keys: 0 }
}

function put(words: Uint32Array, first: number): void {
  const bits = words.length * 32
  const step = stepOf(first)
  for (let probe = 0, hash = first; probe < PROBES; probe++, hash = (hash + step) >>> 0) {
    const bit = hash % bits
    words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31))
  }
}

function holds(words: Uint32Array, first: number): boolean {
  const bits = words.length * 32
  const step = stepOf(first)
  for (let probe = 0, hash = first; probe < PROBES; probe++, hash = (hash + step) >>> 0) {
    const bit = hash % bits
    if (((words[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false
  }
  return true
}

/** FNV-1a over the UTF-16 units, with the finish of MurmurHash3, so that all bits depend on all units. */
function hashOf(key: string | number): number {
  if (typeof key === 'number') return key >>> 0
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return mixed(hash)
}

/** Odd, so that the probes of a key differ. */
const stepOf = (hash: number): number => mixed(hash ^ 0x9e3779b9) | 1

function mixed(of: number): number {
  let hash = of
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
