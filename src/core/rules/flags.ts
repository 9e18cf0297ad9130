import type { Flag } from '../../../schemas/codes.ts'
import type { Hearing } from './hearing.ts'
import { isHigh, isLow } from './usual.ts'

/** Flags of an accepted claim, in alphabetical order, each once. */
export function flagsOf({ claim, window, weighed }: Hearing): readonly Flag[] {
  const found = new Set(claim.flags)
  if (claim.confirmed.length > 0) found.add('CONFIRMED')
  if (!window.inside) found.add('OUT_OF_WINDOW')
  if (weighed.some(isHigh)) found.add('HIGH')
  if (weighed.some(isLow)) found.add('LOW')
  if (weighed.some(({ rolled }) => rolled)) found.add('ROLLOVER')
  if (weighed.every(({ used }) => used === 0n)) found.add('ZERO')
  return [...found].sort()
}
