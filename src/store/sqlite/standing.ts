import type { Standing } from '../../core/facts.ts'
import { type Records, withReading } from '../facts.ts'
import { pairs } from '../pairs.ts'
import type { Layer } from './layer.ts'

/** Readings of accounts, as the folded tables and the layers over them have them together. */
export interface StandingOver {
  readonly of: Records['standing']
  /** A committed reading; it is put over what the same transaction looked up, so that its account needs no table again. */
  add(layer: Layer, reading: Standing): void
  /** Forgets what the last transaction looked up. */
  begin(): void
}

const NOTHING: readonly Standing[] = []

/** `layers`: the older one first. */
export function standingOver(tables: Pick<Records, 'standing'>, layers: () => readonly Layer[]): StandingOver {
  let seen = pairs<readonly Standing[]>()
  return {
    of(accounts) {
      const over = layers()
      const found = pairs<readonly Standing[]>()
      const unknown = accounts.filter(({ branch, account }) => {
        const standing = wholeIn(over, branch, account)
        if (standing !== undefined) found.set(branch, account, standing)
        return standing === undefined
      })
      const ofTables = tables.standing(unknown)
      for (const { branch, account } of unknown) {
        const left = over.flatMap((layer) => layer.readings.get(branch, account) ?? NOTHING)
        found.set(branch, account, left.reduce(withReading, ofTables.get(branch, account) ?? NOTHING))
      }
      for (const { branch, account } of accounts) seen.set(branch, account, found.get(branch, account) ?? NOTHING)
      return found
    },
    add(layer, reading) {
      const { branch, account } = reading
      const before = layer.standing.get(branch, account) ?? seen.get(branch, account)
      if (before !== undefined) layer.standing.set(branch, account, withReading(before, reading))
    },
    begin() {
      seen = pairs()
    },
  }
}

/** What the newest layer that knows all of an account says of it. */
function wholeIn(layers: readonly Layer[], branch: string, account: string): readonly Standing[] | undefined {
  for (let at = layers.length - 1; at >= 0; at--) {
    const layer = layers[at]
    const standing = layer?.standing.get(branch, account)
    if (standing !== undefined) return standing
    if (layer?.readings.has(branch, account)) return undefined
  }
  return undefined
}
