import type { Answer } from '../../core/delivery.ts'
import { submissionId } from '../../core/event.ts'
import type { Decision, StoredConversation } from '../../core/store.ts'
import { keyOf, type Records, type Speaker, withReading } from '../facts.ts'
import { emptyLayer, type Layer, type Left, remember } from './layer.ts'
import type { SqliteRecords } from './records.ts'

/** Idle conversations that are kept in memory; the oldest are forgotten first. Some 300 bytes each. */
const IDLE_MAX = 100_000

/** The part of the journal that is committed and not folded, as look-ups see it: over what the folded tables say. */
export interface Pending extends Records {
  answerOf(id: string): Answer | undefined
  /** Throws unless this transaction looked each delivery up and found no answer; each may be written once. */
  claim(decisions: readonly Decision[]): void
  /** What a batch left, once it is committed, with the submissions' numbers in the journal. */
  add(decisions: readonly Left[], numbers: readonly number[]): void
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
  const idle = new Map<string, StoredConversation>()
  const absent = new Set<string>()
  const layers = (): readonly Layer[] => (folding === null ? [filling] : [filling, folding])

  function answerIn(id: string): Answer | undefined {
    return (filling.answers.get(id) ?? folding?.answers.get(id))?.answer
  }

  function conversationIn(key: string): StoredConversation | null | undefined {
    const left = filling.conversations.get(key) ?? folding?.conversations.get(key)
    return left === undefined ? idle.get(key) : left.conversation
  }

  return {
    answerOf: (id) => answerIn(id) ?? tables.answers([id]).get(id),
    answered(deliveries) {
      const found = new Map<string, Answer>()
      const unknown = new Map<string, string>()
      for (const { channel, deliveryId } of deliveries) {
        const id = submissionId(channel, deliveryId)
        const answer = answerIn(id)
        if (answer === undefined) unknown.set(id, keyOf(channel, deliveryId))
        else found.set(keyOf(channel, deliveryId), answer)
      }
      const answers = tables.answers([...unknown.keys()])
      for (const [id, key] of unknown) {
        const answer = answers.get(id)
        if (answer === undefined) absent.add(id)
        else found.set(key, answer)
      }
      return found
    },
    conversations(speakers) {
      const found = new Map<string, StoredConversation>()
      const unknown: Speaker[] = []
      for (const speaker of speakers) {
        const key = keyOf(speaker.channel, speaker.sender)
        const conversation = conversationIn(key)
        if (conversation === undefined) unknown.push(speaker)
        else if (conversation !== null) found.set(key, conversation)
      }
      for (const [key, conversation] of tables.conversations(unknown)) found.set(key, conversation)
      return found
    },
    standing(accounts) {
      const found = new Map(tables.standing(accounts))
      for (const { branch, account } of accounts) {
        const key = keyOf(branch, account)
        for (const layer of [...layers()].reverse()) {
          const left = layer.readings.get(key)
          if (left !== undefined) found.set(key, left.reduce(withReading, found.get(key) ?? []))
        }
      }
      return found
    },
    claim(decisions) {
      for (const { answer } of decisions) {
        if (!absent.delete(answer.submissionId)) throw new Error('a delivery may be written once, after its look-up')
      }
    },
    add(decisions, numbers) {
      decisions.forEach((decision, at) => {
        remember(filling, decision, numbers[at] ?? 0)
      })
    },
    begin: () => absent.clear(),
    size: () => filling.answers.size,
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
function keepIdle({ conversations }: Layer, idle: Map<string, StoredConversation>): void {
  for (const [key, { conversation }] of conversations) {
    idle.delete(key)
    if (conversation?.isIdle === true) idle.set(key, conversation)
  }
  for (const key of idle.keys()) {
    if (idle.size <= IDLE_MAX) return
    idle.delete(key)
  }
}
