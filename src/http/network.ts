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
