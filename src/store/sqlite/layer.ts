import type { Answer, Delivery } from '../../core/delivery.ts'
import type { Standing } from '../../core/facts.ts'
import type { Decision, StoredConversation } from '../../core/store.ts'
import { append, type Pairs, pairs } from '../pairs.ts'

/** The part of a decision that look-ups see. */
export interface Left extends Pick<Decision, 'readings' | 'conversation'> {
  readonly delivery: Pick<Delivery, 'channel' | 'sender'>
  readonly answer: Pick<Answer, 'submissionId'>
}

/**
 * Some thousand submissions of the journal in memory, until they are folded into the tables. No answers: the few that
 * are asked for again are read from the journal.
 */
export interface Layer {
  /** The submission's number in the journal, by its id; the last one is the highest. */
  readonly numbers: Map<string, number>
  /** The last word on each conversation, by channel and sender; null: it is over. */
  readonly conversations: Pairs<StoredConversation | null>
  /** Readings by branch and account, in the order of acceptance. */
  readonly readings: Pairs<Standing[]>
  /** All that stands of an account, the tables' too, where it was known when a reading was added: newest period first. */
  readonly standing: Pairs<readonly Standing[]>
}

/** A layer with nothing in it. */
export function emptyLayer(): Layer {
  return { numbers: new Map(), conversations: pairs(), readings: pairs(), standing: pairs() }
}

/** Puts down what a committed submission left; `number`: its place in the journal. */
export function remember(layer: Layer, { delivery, answer, conversation, readings }: Left, number: number): void {
  const { channel, sender } = delivery
  layer.numbers.set(answer.submissionId, number)
  if (sender !== null && conversation !== undefined) layer.conversations.set(channel, sender, conversation)
  for (const reading of readings) {
    append(layer.readings, reading.branch, reading.account, reading)
  }
}
