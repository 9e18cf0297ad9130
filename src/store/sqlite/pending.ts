import type { Answer } from '../../core/delivery.ts'
import { submissionId } from '../../core/event.ts'
import type { Standing } from '../../core/facts.ts'
import type { Decision, StoredConversation } from '../../core/store.ts'
import { keyOf, type Records, type Speaker, withReading } from '../facts.ts'
import type { ConversationLeft, Unfolded } from './fold.ts'
import type { SqliteRecords } from './records.ts'

/** The part of the journal that is committed and not folded, as look-ups see it: over what the folded tables say. */
export interface Pending extends Records {
  answerOf(id: string): Answer | undefined
  /** Throws unless this transaction looked each delivery up and found no answer; each may be written once. */
  claim(decisions: readonly Decision[]): void
  /** What a batch left, once it is committed. */
  add(decisions: readonly Left[]): void
  unfolded(): Unfolded
  /** Forgets what the last transaction looked up. */
  begin(): void
  /** Submissions in it. */
  size(): number
}

/** The part of a decision that look-ups see. */
export type Left = Pick<Decision, 'delivery' | 'answer' | 'readings' | 'conversation'>

export function pendingOver(folded: SqliteRecords): Pending {
  const answers = new Map<string, Answer>()
  const conversations = new Map<string, ConversationLeft>()
  const readings = new Map<string, Standing[]>()
  const absent = new Set<string>()
  const answerOf = (id: string) => answers.get(id) ?? folded.answers([id]).get(id)

  function remember({ delivery: { channel, sender }, answer, conversation, readings: left }: Left): void {
    answers.set(answer.submissionId, answer)
    if (sender !== null && conversation !== undefined) {
      conversations.set(keyOf(channel, sender), { channel, sender, conversation })
    }
    for (const reading of left) {
      const key = keyOf(reading.branch, reading.account)
      const before = readings.get(key)
      if (before === undefined) readings.set(key, [reading])
      else before.push(reading)
    }
  }

  return {
    answerOf,
    answered(deliveries) {
      const wanted = new Map(
        deliveries.map(({ channel, deliveryId }) => [submissionId(channel, deliveryId), keyOf(channel, deliveryId)]),
      )
      const found = new Map<string, Answer>()
      const unknown: string[] = []
      for (const [id, key] of wanted) {
        const answer = answers.get(id)
        if (answer === undefined) unknown.push(id)
        else found.set(key, answer)
      }
      for (const id of unknown) absent.add(id)
      for (const [id, answer] of folded.answers(unknown)) {
        absent.delete(id)
        found.set(wanted.get(id) ?? '', answer)
      }
      return found
    },
    conversations(speakers) {
      const found = new Map<string, StoredConversation>()
      const unknown: Speaker[] = []
      for (const speaker of speakers) {
        const key = keyOf(speaker.channel, speaker.sender)
        const left = conversations.get(key)
        if (left === undefined) unknown.push(speaker)
        else if (left.conversation !== null) found.set(key, left.conversation)
      }
      for (const [key, conversation] of folded.conversations(unknown)) found.set(key, conversation)
      return found
    },
    standing(accounts) {
      const found = new Map(folded.standing(accounts))
      for (const { branch, account } of accounts) {
        const key = keyOf(branch, account)
        const left = readings.get(key)
        if (left !== undefined) found.set(key, left.reduce(withReading, found.get(key) ?? []))
      }
      return found
    },
    claim(decisions) {
      for (const { answer } of decisions) {
        if (!absent.delete(answer.submissionId)) throw new Error('a delivery may be written once, after its look-up')
      }
    },
    add: (decisions) => decisions.forEach(remember),
    begin: () => absent.clear(),
    unfolded: () => ({ conversations: conversations.values(), readings: [...readings.values()].flat() }),
    size: () => answers.size,
  }
}
