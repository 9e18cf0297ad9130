/** What a turn leaves behind in the store besides its items (rules 13–15). Pure. */
import type { Turn } from './converse.ts'
import type { Open } from './state.ts'

/** Whether the turn of that submission asks about a reading: it is held when nobody answers. */
export function asksAboutReading({ state }: Pick<Turn, 'state'>, submissionId: string): boolean {
  return state.open.some((open) => open.submission === submissionId && holdsReading(open))
}

/** Whether an open question has a reading in it. */
export function holdsReading({ values, tokens }: Open): boolean {
  return values.length > 0 || tokens.some(({ kind }) => kind === 'number' || kind === 'bad' || kind === 'code')
}

/** After an opt-out nothing is confirmed any more; questions and refusals still are said, or the reading would be lost. */
export function isReceipt({ parts }: Pick<Turn, 'parts'>): boolean {
  return parts.every((part) => {
    const { kind } = 'verdict' in part ? part.verdict.outcome : part.outcome
    return kind === 'accepted' || kind === 'duplicate'
  })
}

const settledNothing: readonly string[] = []

/**
 * A submission is settled when none of its questions is open any more, nor one about a reading gone without an answer,
 * as where another question took its place. `before`: the questions that were open before the turn.
 */
export function settledSubmissions(
  { settled, state }: Pick<Turn, 'settled' | 'state'>,
  before: readonly Open[],
): readonly string[] {
  if (settled.length === 0) return settledNothing
  const unanswered = before.filter((one) => !settled.includes(one) && holdsReading(one))
  const open = new Set([...state.open, ...unanswered].map(({ submission }) => submission))
  return [...new Set(settled.map(({ submission }) => submission))].filter((submission) => !open.has(submission))
}
