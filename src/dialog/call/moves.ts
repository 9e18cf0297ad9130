/** What a step of a call leads to, and the moves that every question shares. Pure. */
import type { CallEnd } from '../../core/call.ts'
import type { Part } from '../items-and-events.ts'
import type { Prompt } from './prompts.ts'
import { codeOf, itemOf } from './questions.ts'
import { type CallMoment, type CallState, MISSES_MAX } from './state.ts'

/** What a step leads to; the question of the new state follows, unless the call ends. */
export interface Move {
  readonly state: CallState
  /** Said before the question. */
  readonly says: readonly Prompt[]
  /** What is settled; empty: the question that follows is what became of it. */
  readonly parts: readonly Part[]
  /** How the call ends here; null: it goes on. */
  readonly ends: 'goodbye' | 'operator' | null
}

/** The call goes on, with what changed. */
export function goOn({ state }: CallMoment, changed: Partial<CallState>, says: readonly Prompt[] = []): Move {
  return { state: { ...state, misses: 0, ...changed }, says, parts: [], ends: null }
}

/** The question comes again in a simpler form; after the third time in vain an operator takes over. */
export function missed(moment: CallMoment, why: Prompt): Move {
  const misses = moment.state.misses + 1
  return misses >= MISSES_MAX ? toOperator(moment) : goOn(moment, { misses }, [why])
}

/** The same question again, and nothing counts. */
export function repeated({ state }: CallMoment): Move {
  return { state, says: [], parts: [], ends: null }
}

/** An operator takes over; values that wait are held for him. */
export function toOperator(moment: CallMoment, says: readonly Prompt[] = []): Move {
  return { ...left(moment, 'operator'), says: [...says, { say: 'operator' }], ends: 'operator' }
}

/** The caller has gone. */
export function hungUp(moment: CallMoment): Move {
  return { ...left(moment, null), ends: 'goodbye' }
}

/** Nobody asks any more: values that the caller has not confirmed are no reading, and wait for an operator. */
function left(moment: CallMoment, end: CallEnd | null): Omit<Move, 'ends'> {
  const { state } = moment
  const holds = state.stage !== 'over' && state.values.length > 0
  const outcome = holds ? ({ kind: 'held', code: codeOf(moment) } as const) : ({ kind: 'none', code: 'HELP' } as const)
  const part: Part = holds ? { outcome, item: itemOf(moment) } : { outcome }
  const now = end ?? (holds ? 'held' : state.end)
  // Whose phone it is was not shown yet: the account is not the caller's word.
  const accounts = state.stage === 'phone' ? [] : state.accounts
  return { state: { ...state, accounts, stage: 'over', end: now }, says: [], parts: [part] }
}

/** Nothing more is asked. */
export function goodbye(moment: CallMoment, says: readonly Prompt[], parts: readonly Part[], end: CallEnd): Move {
  const settled: readonly Part[] = parts.length > 0 ? parts : [{ outcome: { kind: 'none', code: 'HELP' } }]
  const state: CallState = { ...moment.state, stage: 'over', end, values: [], doubt: null }
  return { state, says: [...says, { say: 'goodbye' }], parts: settled, ends: 'goodbye' }
}
