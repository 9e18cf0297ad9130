/** The file repeats a few hundred days; a file that is wrong throughout must not fill memory. */
const REMEMBERED_MAX = 10_000

/** A check whether a text is a real day (`2026-10-22`) that lies not after `latest`, remembering what it was asked. */
export function dayCheck(latest: string): (text: string) => boolean {
  const remembered = new Map<string, boolean>()
  return (text) => {
    const known = remembered.get(text)
    if (known !== undefined) return known
    const is = isRealDay(text) && text <= latest
    if (remembered.size < REMEMBERED_MAX) remembered.set(text, is)
    return is
  }
}

function isRealDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}
