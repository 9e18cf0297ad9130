import type { SlipHouse } from '../core/slip-claim.ts'

/**
 * Looks at how many slips there are, whenever it is called, and says so once they have become `first`, from which on a person
 * does not see all of them. A store that can't be asked is asked the next time; nobody waits for this.
 */
export function createFirstWatch(
  house: Pick<SlipHouse, 'slipCounts'>,
  first: number,
  over: () => void,
): () => Promise<void> {
  let wereFirst: boolean | null = null
  return async () => {
    if (wereFirst === false) return
    const counts = await house.slipCounts().catch(() => null)
    if (counts === null) return
    const isFirst = counts.taken < first
    if (wereFirst === true && !isFirst) over()
    wereFirst = isFirst
  }
}
