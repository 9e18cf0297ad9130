import { expect, test } from 'vitest'
import { createFirstWatch } from '../../src/slip-desk/first-slips.ts'

/** What is said while there are so many slips at each look; null: the store can't be asked. */
async function said(first: number, taken: readonly (number | null)[]): Promise<number> {
  let count = 0
  let at = 0
  const slipCounts = async () => {
    const now = taken[at++] ?? null
    if (now === null) throw new Error('the store is down')
    return { taken: now, waiting: 0, reviewed: 0, disagreed: 0 }
  }
  const look = createFirstWatch({ slipCounts }, first, () => count++)
  for (const _ of taken) await look()
  return count
}

test.each([
  ['one is missing', 500, [0, 499], 0],
  ['the last came', 500, [0, 499, 500], 1],
  ['more came since', 500, [499, 503, 900], 1],
  ['they were over at the start', 500, [500, 501], 0],
  ['none is to be reviewed', 0, [0, 1], 0],
  ['the store was away between', 500, [499, null, 500], 1],
] as const)(
  'that the first slips are over is said once, and only when it happens: %s',
  async (_how, first, taken, times) => expect(await said(first, taken)).toBe(times),
)
