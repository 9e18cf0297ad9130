import type { Answer } from '../../core/delivery.ts'
import { submissionId } from '../../core/event.ts'
import type { Decision, StoredConversation } from '../../core/store.ts'
import type { Records, Speaker } from '../facts.ts'
import { pairs } from '../pairs.ts'
import { emptyLayer, type Layer, type Left, remember } from './layer.ts'
import type { SqliteRecords } from './records.ts'
import { standingOver } from './standing.ts'

/** Folded layers whose idle conversations are kept in memory, some 300 bytes each; the oldest is forgotten first. */
const IDLE_LAYERS_MAX = 5

/** The part of the journal that is committed and not folded, as look-ups see it: over what the folded tables say. */
export interface Pending extends Records {
  answerOf(id: string, channel?: string): Answer | undefined
  /** Throws unless this transaction looked each delivery up and found no answer; each may be written once. */
  refuseRepeats(decisions: readonly Decision[]): void
  /** What a batch left, once it is committed; `first`: the number of its first submission in the journal. */
  add(decisions: readonly Left[], first: number): void
  /** Forgets what the last transaction looked up. */
  begin(): void
  /** Submissions in the layer that fills. */
  size(): number
  /** Begins a new layer; the one that was filled is to be folded now. */
  turn(): Layer
  /** The layer that `turn` gave is in the tables. */
  folded(): void
}

/** Nothing is pending yet; `tables`: what is folded. */
export function pendingOver(tables: SqliteRecords): Pending {
  let filling = emptyLayer()
  let folding: Layer | null = null
  /** The newest first. What is not idle in them stands in the table. */
  const idle: Layer['conversations'][] = []
  /** Looked up by this transaction, and not there; by the submission's id. */
  const absent = new Set<string>()
  const layers = () => (folding === null ? [filling] : [folding, filling])
  const standing = standingOver(tables, layers)

  function answerOf(id: string, channel?: string): Answer | undefined {
    const number = filling.numbers.get(id) ?? folding?.numbers.get(id)
    return number === undefined ? tables.answerOf(id, channel) : tables.answerAt(number, channel)
  }

  return {
    answerOf,
    answered(deliveries) {
      const found = pairs<Answer>()
      for (const { channel, deliveryId } of deliveries) {
        const id = submissionId(channel, deliveryId)
        const answer = answerOf(id)
        if (answer === undefined) absent.add(id)
        else found.set(channel, deliveryId, answer)
      }
      return found
    },
    conversations(speakers) {
      const unknown: Speaker[] = []
      const here: (readonly [Speaker, StoredConversation])[] = []
      for (const speaker of speakers) {
        const conversation = lastWord(speaker, layers(), idle)
        if (conversation === undefined) unknown.push(speaker)
        else if (conversation !== null) here.push([speaker, conversation])
      }
      const found = tables.conversations(unknown)
      for (const [{ channel, sender }, conversation] of here) found.set(channel, sender, conversation)
      return found
    },
    standing: standing.of,
    refuseRepeats(decisions) {
      for (const { answer } of decisions) {
        if (!absent.delete(answer.submissionId)) throw new Error('a delivery may be written once, after its look-up')
      }
    },
    add(decisions, first) {
      decisions.forEach((decision, at) => {
        remember(filling, decision, first + at)
        for (const reading of decision.readings) standing.add(filling, reading)
      })
    },
    begin() {
      absent.clear()
      standing.begin()
    },
    size: () => filling.numbers.size,
    turn() {
      folding = filling
      filling = emptyLayer()
      return folding
    },
    folded() {
      if (folding !== null) idle.unshift(folding.conversations)
      idle.splice(IDLE_LAYERS_MAX)
      folding = null
    },
  }
}

/** The last word on a conversation that is not in the table; null: it is over; undefined: ask the table. */
function lastWord(
  { channel, sender }: Speaker,
  layers: readonly Layer[],
  idle: readonly Layer['conversations'][],
): StoredConversation | null | undefined {
  for (let at = layers.length - 1; at >= 0; at--) {
    const left = layers[at]?.conversations.get(channel, sender)
    if (left !== undefined) return left
  }
  for (const folded of idle) {
    const left = folded.get(channel, sender)
    if (left !== undefined) return left?.isIdle === true ? left : undefined
  }
  return undefined
}
