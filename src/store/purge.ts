import { setImmediate as nextTurn } from 'node:timers/promises'

/** What a purge removes. */
export type Removal =
  /** Raw input, and what of it waits for the registry. */
  | 'raw'
  /** Submissions, and their standing readings and questions. */
  | 'decisions'
  /** Messages of receipts, and whom they went to; what still waits has expired. */
  | 'messages'
  /** What is kept of slips, but for their reviews. */
  | 'papers'
  | 'slips'
  | 'receipts'
  /** Events that the relay has delivered; one that waits for Kafka stays, however old. */
  | 'events'
  | 'conversations'

/** Up to which ISO instants things are removed. */
export interface PurgeLimits {
  readonly rawBefore: string
  readonly decisionsBefore: string
  /** The gateway's clock: conversations that expired before it go. */
  readonly now: () => string
}

/**
 * Removes all that is past its time, kind by kind, and returns how much raw input and how many decisions. `remove`: one
 * step of a kind, of what was written down before that instant; returns how many it removed, 0 when nothing is left.
 */
export async function purgeStepwise(
  remove: (kind: Removal, before: string) => number | Promise<number>,
  { rawBefore, decisionsBefore, now }: PurgeLimits,
  stop?: AbortSignal,
): Promise<{ raw: number; decisions: number }> {
  const all = (kind: Removal, before: string) => stepwise(() => remove(kind, before), stop)
  const raw = await all('raw', rawBefore)
  const decisions = await all('decisions', decisionsBefore)
  await all('messages', rawBefore)
  await all('papers', rawBefore)
  await all('slips', decisionsBefore)
  await all('receipts', decisionsBefore)
  await all('events', decisionsBefore)
  await all('conversations', now())
  return { raw, decisions }
}

/** Small steps until one finds nothing, or it is to stop; requests are answered between them. Returns the sum of them. */
export async function stepwise(step: () => number | Promise<number>, stop?: AbortSignal): Promise<number> {
  let sum = 0
  for (let count = 1; count > 0 && stop?.aborted !== true; await nextTurn()) {
    count = await step()
    sum += count
  }
  return sum
}
