/**
 * Keys that were ever put in, as bits: it says «certainly not» or «perhaps», and never «not» of a key that is there
 * (a Bloom filter, B. H. Bloom 1970). Most look-ups of a batch are for what was never there; those cost no way into the
 * database and back. It grows; nothing is ever taken out.
 */
export interface Filter {
  add(key: string): void
  /** False: the key was never put in. */
  mayHold(key: string): boolean
}

/** 12 bits and 6 probes a key: at most 1 in 250 keys that are not there is looked up all the same. */
const BITS_A_KEY = 12
const PROBES = 6
/** Keys of the first segment; each next one takes twice as many as the one before. */
const FIRST_KEYS = 65_536

interface Segment {
  readonly words: Uint32Array
  readonly keysMax: number
  keys: number
}

export function growingFilter(): Filter {
  const segments = [segmentFor(FIRST_KEYS)]
  return {
    add(key) {
      let last = segments[segments.length - 1] as Segment
      if (last.keys >= last.keysMax) {
        last = segmentFor(2 * last.keysMax)
        segments.push(last)
      }
      last.keys++
      put(last.words, key)
    },
    mayHold: (key) => segments.some(({ words }) => holds(words, key)),
  }
}

function segmentFor(keysMax: number): Segment {
  return { words: new Uint32Array(Math.ceil((keysMax * BITS_A_KEY) / 32)), keysMax, keys: 0 }
}

function put(words: Uint32Array, key: string): void {
  const bits = words.length * 32
  let hash = hashOf(key)
  const step = stepOf(hash)
  for (let probe = 0; probe < PROBES; probe++) {
    const bit = hash % bits
    words[bit >>> 5] = (words[bit >>> 5] ?? 0) | (1 << (bit & 31))
    hash = (hash + step) >>> 0
  }
}

function holds(words: Uint32Array, key: string): boolean {
  const bits = words.length * 32
  let hash = hashOf(key)
  const step = stepOf(hash)
  for (let probe = 0; probe < PROBES; probe++) {
    const bit = hash % bits
    if (((words[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false
    hash = (hash + step) >>> 0
  }
  return true
}

/** FNV-1a over the UTF-16 units, with the finish of MurmurHash3, so that all bits depend on all units. */
function hashOf(key: string): number {
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
