/** E.164: a plus, a country code that doesn't begin with zero, at most 15 digits. Shortest numbers in use have 7. */
const E164 = /^\+[1-9]\d{6,14}$/

/** The phone if it is one in E.164, else null: a short name, a short code, an address of another network. */
export function e164(sender: string): string | null {
  return E164.test(sender) ? sender : null
}

/** The phone of a shared contact, whose country code stands first, with a plus or without; null: it is none. */
export function contactPhone(written: string): string | null {
  return e164(`+${written.replace(/\D/g, '')}`)
}

/** A phone that no network gives out: `doctor`'s messages and calls come from it. */
export const PROBE_NUMBER = '+70000000000'

/** Russia's numbers as providers without a plus write them, and as people dial them. */
const RUSSIAN = /^[78](\d{10})$/

/** What stands before and between the digits of a number as it is shown: `tel:+7 (909) 346-26-41`. */
const SHOWN = /^tel:|[\s()-]/g

/** The phone of a sender, in E.164, else null: as `e164`, and eleven digits that begin with 7 or 8 are a Russian number. */
export function senderPhone(sender: string): string | null {
  const plain = sender.replace(SHOWN, '')
  const [, national] = RUSSIAN.exec(plain) ?? []
  return national === undefined ? e164(plain) : `+7${national}`
}
