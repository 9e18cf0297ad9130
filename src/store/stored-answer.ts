import type { Answer } from '../core/delivery.ts'
import type { Decision } from '../core/store.ts'

/**
 * The answer as it is kept. What leaves as receipts is kept with them, and goes with them when they are purged; only
 * messages that stood in the channel's own answer are said again when the delivery comes again.
 */
export function storedAnswer({ answer, receipts = [] }: Pick<Decision, 'answer' | 'receipts'>): Answer {
  if (receipts.length === 0 || answer.messages === undefined) return answer
  const { messages: _, ...kept } = answer
  return kept
}
