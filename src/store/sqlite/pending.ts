import type { Answer } from '../../core/delivery.ts'
import { submissionId } from '../../core/event.ts'
import type { Decision, StoredConversation } from '../../core/store.ts'
import type { Records, Speaker } from '../facts.ts'
import { pairs } from '../pairs.ts'
import { emptyLayer, type Layer, type Left, remember } from './layer.ts'
import type { SqliteRecords } from './records.ts'
import { standingOver } from './standing.ts'

/** Idle conversations of a channel that are kept in memory; the oldest are forgotten first. Some 300 bytes each. */
const IDLE_MAX = 100_000

/** The part of the journal that is committed and not folded, as look-ups see it: over what the folded tables say. */
export interface Pending extends Records {
  answerOf(id: string): Answer | undefined
  /** Throws unless this transaction looked each delivery up and found no answer; each may be written once. */
  claim(decisions: readonly Decision[]): void
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

export function pendingOver(tables: SqliteRecords): Pending {
  let filling = emptyLayer()
  let folding: Layer | null = null
  const idle = new Map<string, Map<string, StoredConversation>>()
  const absent = new Set<string>()
  const standing = standingOver(tables, () => (folding === null ? [filling] : [folding, filling]))

  function answerIn(id: string): Answer | undefined {
    const number = filling.numbers.get(id) ?? folding?.numbers.get(id)
    return number === undefined ? undefined : tables.answerAt(number)
  }

  function conversationIn(channel: string, sender: string): StoredConversation | null | undefined {
    const left = filling.conversations.get(channel, sender)
    if (left !== undefined) return left
    const before = folding?.conversations.get(channel, sender)
    return before === undefined ? idle.get(channel)?.get(sender) : before
  }

  return {
    answerOf: (id) => answerIn(id) ?? tables.answers([id]).get(id),
    answered(deliveries) {
      const found = pairs<Answer>()
      const unknown = deliveries.filter(({ channel, deliveryId }) => {
        const answer = answerIn(submissionId(channel, deliveryId))
        if (answer !== undefined) found.set(channel, deliveryId, answer)
        return answer === undefined
      })
      const answers = tables.answers(unknown.map(({ channel, deliveryId }) => submissionId(channel, deliveryId)))
      for (const { channel, deliveryId } of unknown) {
        const id = submissionId(channel, deliveryId)
        const answer = answers.get(id)
        if (answer === undefined) absent.add(id)
        else found.set(channel, deliveryId, answer)
      }
      return found
    },
    conversations(speakers) {
      const unknown: Speaker[] = []
      const here: (readonly [Speaker, StoredConversation])[] = []
      for (const speaker of speakers) {
        const conversation = conversationIn(speaker.channel, speaker.sender)
        if (conversation === undefined) unknown.push(speaker)
        else if (conversation !== null) here.push([speaker, conversation])
      }
      const found = tables.conversations(unknown)
      for (const [{ channel, sender }, conversation] of here) found.set(channel, sender, conversation)
      return found
    },
    standing: standing.of,
    claim(decisions) {
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
      if (folding !== null) keepIdle(folding, idle)
      folding = null
    },
  }
}

/** What the tables don't hold of a folded layer. */
function keepIdle({ conversations }: Layer, idle: Map<string, Map<string, StoredConversation>>): void {
  for (const [channel, bySender] of conversations.groups()) {
    const kept = idle.get(channel) ?? new Map<string, StoredConversation>()
    idle.set(channel, kept)
    for (const [sender, conversation] of bySender) {
      kept.delete(sender)
      if (conversation?.isIdle === true) kept.set(sender, conversation)
    }
    forgetOldest(kept)
  }
}

function forgetOldest(kept: Map<string, StoredConversation>): void {
  for (const sender of kept.keys()) {
    if (kept.size <= IDLE_MAX) return
    kept.delete(sender)
  }
}
