import type { Answer } from '../../core/delivery.ts'
import type { Standing } from '../../core/facts.ts'
import type { Decision, StoredConversation } from '../../core/store.ts'
import { keyOf } from '../facts.ts'

/** The part of a decision that look-ups see. */
export type Left = Pick<Decision, 'delivery' | 'answer' | 'readings' | 'conversation'>

/** The last word on a conversation; null: it is over. */
export interface ConversationLeft {
  readonly channel: string
  readonly sender: string
  readonly conversation: StoredConversation | null
}

/** Some thousand submissions of the journal in memory, until they are folded into the tables. */
export interface Layer {
  /** By the submission's id, with its number in the journal. */
  readonly answers: Map<string, { readonly answer: Answer; readonly number: number }>
  readonly conversations: Map<string, ConversationLeft>
  /** Readings of an account in the order of acceptance. */
  readonly readings: Map<string, Standing[]>
}

export function emptyLayer(): Layer {
  return { answers: new Map(), conversations: new Map(), readings: new Map() }
}

/** Puts down what a committed submission left; `number`: its place in the journal. */
export function remember(layer: Layer, { delivery, answer, conversation, readings }: Left, number: number): void {
  const { channel, sender } = delivery
  layer.answers.set(answer.submissionId, { answer, number })
  if (sender !== null && conversation !== undefined) {
    layer.conversations.set(keyOf(channel, sender), { channel, sender, conversation })
  }
  for (const reading of readings) {
    const key = keyOf(reading.branch, reading.account)
    const before = layer.readings.get(key)
    if (before === undefined) layer.readings.set(key, [reading])
    else before.push(reading)
  }
}
