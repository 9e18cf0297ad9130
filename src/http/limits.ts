import { hash } from 'node:crypto'

/** Counts what each key did within a window. Keys are people: only their keyed hash is kept, and in memory alone. */
export interface Limiter {
  /** Whether the key has used up what it may do within the window. */
  isUsedUp(key: string): boolean
  /** Counts one; the window of a key begins with its first. What it returns takes that one back. */
  count(key: string): () => void
}

/**
 * A limiter of `most` a `windowMs` for each key. At most `keysMax` keys are remembered; beyond that the one that was
 * longest silent is forgotten, so that a flood of invented keys costs no memory. `secret` keys the hash, `monotonicMs`
 * is a clock that never jumps.
 */
export function createLimiter(options: {
  readonly most: number
  readonly windowMs: number
  readonly keysMax: number
  readonly secret: string
  readonly monotonicMs: () => number
}): Limiter {
  const { most, windowMs, keysMax, secret, monotonicMs } = options
  const counted = new Map<string, { used: number; readonly endsMs: number }>()
  const hashed = (key: string) => hash('sha256', `${secret}\n${key}`, 'base64')
  return {
    isUsedUp(key) {
      if (counted.size === 0) return false
      const entry = counted.get(hashed(key))
      return entry !== undefined && entry.used >= most && entry.endsMs > monotonicMs()
    },
    count(key) {
      const name = hashed(key)
      const nowMs = monotonicMs()
      const before = counted.get(name)
      const entry = before !== undefined && before.endsMs > nowMs ? before : { used: 0, endsMs: nowMs + windowMs }
      entry.used += 1
      counted.delete(name)
      counted.set(name, entry)
      if (counted.size > keysMax) counted.delete(counted.keys().next().value ?? '')
      return () => {
        entry.used -= 1
      }
    },
  }
}

/**
 * The network of an address, as it is counted: IPv4 as it is, also inside IPv6; of IPv6 the 64 bits that one customer gets,
 * however a proxy spells them. Some proxies write the caller's port behind it, another one for each connection.
 */
export function networkOf(written: string): string {
  const address = /^\[?(\d+\.\d+\.\d+\.\d+|(?<=\[)[^\]]+)\]?(?::\d+)?$/.exec(written)?.[1] ?? written
  if (!address.includes(':')) return address
  const plain = URL.parse(`http://[${address.replace(/%.*$/, '')}]`)?.hostname.slice(1, -1)
  if (plain === undefined) return address
  const [head = '', tail] = plain.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array<string>(8 - left.length - right.length).fill('0')
  const groups = [...left, ...zeros, ...right]
  return ipv4In(groups) ?? `${groups.slice(0, 4).join(':')}::/64`
}

/** The IPv4 address that an IPv6 one stands for (RFC 4291, section 2.5.5.2), given as eight groups; null: for none. */
function ipv4In(groups: readonly string[]): string | null {
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return null
  const halves = groups.slice(6).map((group) => Number.parseInt(group, 16))
  return halves.flatMap((half) => [half >> 8, half & 255]).join('.')
}
