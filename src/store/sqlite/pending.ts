import type { Answer } from '../../core/delivery.ts'
import { submissionId } from '../../core/event.ts'
import type { Standing } from '../../core/facts.ts'
import type { Decision } from '../../core/store.ts'
import { type Records, withReading } from '../facts.ts'
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

/** An account or a conversation within its branch or channel; no channel lets a control character into a key. */
const keyOf = (first: string, second: string): string => `${first}\u0000${second}`

export function pendingOver(folded: SqliteRecords): Pending {
  const answers = new Map<string, Answer>()
  const conversations = new Map<string, ConversationLeft>()
  const readings = new Map<string, Standing[]>()
  const absent = new Set<string>()
  const answerOf = (id: string) => answers.get(id) ?? folded.answerOf(id)

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
    answered(channel, deliveryId) {
      const id = submissionId(channel, deliveryId)
      const answer = answerOf(id)
      if (answer === undefined) absent.add(id)
      return answer
    },
    conversation(channel, sender) {
      const left = conversations.get(keyOf(channel, sender))
      return left === undefined ? folded.conversation(channel, sender) : (left.conversation ?? undefined)
    },
    standing(branch, account) {
      const left = readings.get(keyOf(branch, account)) ?? []
      return left.reduce<readonly Standing[]>(withReading, folded.standing(branch, account))
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
