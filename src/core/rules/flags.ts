import type { Flag } from '../../../schemas/codes.ts'
import type { Hearing } from './hearing.ts'
import { isHigh, isLow } from './usual.ts'

/** Flags of an accepted claim, in alphabetical order. */
export function flagsOf({ claim, window, weighed }: Hearing): readonly Flag[] {
  const found = [...claim.flags]
  if (claim.confirmed.length > 0) found.push('CONFIRMED')
  if (!window.inside) found.push('OUT_OF_WINDOW')
  if (weighed.some(isHigh)) found.push('HIGH')
  if (weighed.some(isLow)) found.push('LOW')
  if (weighed.some(({ rolled }) => rolled)) found.push('ROLLOVER')
  if (weighed.every(({ used }) => used === 0n)) found.push('ZERO')
  return found.sort()
}
