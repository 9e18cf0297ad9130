/** What a turn leaves behind: its items, and what becomes of the questions that were open before it (rules 13–15). Pure. */
import { answeredAt, type Delivery } from '../../core/delivery.ts'
import { outcomeOf, settle } from '../items-and-events.ts'
import type { Turn } from './converse.ts'
import { holdsReading, later, type Open, type State } from './state.ts'

/** What a turn leaves but for the words of its reply; `before`: the conversation as the turn met it. */
export function endOf(delivery: Delivery, turn: Turn, before: State) {
  const { answer, readings, events } = settle(delivery, turn.parts)
  return {
    answer,
    readings,
    events,
    state: { ...turn.state, at: later(before.at, answeredAt(delivery)), open: heldBeside(turn, before.open) },
    /** Submissions of which no question waits any more. */
    settles: settledSubmissions(turn, before.open),
    /** Whether it asks about a reading: it is held when nobody answers. */
    opens: turn.state.open.some((open) => open.submission === answer.submissionId && holdsReading(open)),
  }
}

/** After an opt-out nothing is confirmed any more; questions and refusals still are said, or the reading would be lost. */
export function isReceipt({ parts }: Turn): boolean {
  return parts.every((part) => {
    const { kind } = outcomeOf(part)
    return kind === 'accepted' || kind === 'duplicate'
  })
}

const settledNothing: readonly string[] = []

/**
 * A submission is settled when none of its questions is open any more, nor one about a reading ever went without an
 * answer, as where another question took its place. `before`: the questions that were open before the turn.
 */
function settledSubmissions(turn: Turn, before: readonly Open[]): readonly string[] {
  const { settled, state } = turn
  if (settled.length === 0) return settledNothing
  const kept = [...state.open, ...unanswered(turn, before), ...settled.filter(({ isHeld }) => isHeld)]
  const open = new Set(kept.map(({ submission }) => submission))
  return [...new Set(settled.map(({ submission }) => submission))].filter((submission) => !open.has(submission))
}

/** The open questions, those marked whose submission is to be held for another one that went without an answer. */
function heldBeside(turn: Turn, before: readonly Open[]): readonly Open[] {
  const { open } = turn.state
  const gone = before.length === 0 || open.length === 0 ? [] : unanswered(turn, before)
  if (gone.length === 0) return open
  const held = new Set(gone.map(({ submission }) => submission))
  return open.map((one) => (held.has(one.submission) ? { ...one, isHeld: true } : one))
}

function unanswered({ settled, state }: Turn, before: readonly Open[]): readonly Open[] {
  return before.filter(
    (one) => !settled.includes(one) && holdsReading(one) && !state.open.some((left) => isSame(left, one)),
  )
}

function isSame(one: Open, other: Open): boolean {
  return one.submission === other.submission && one.code === other.code && one.about?.meter === other.about?.meter
}
