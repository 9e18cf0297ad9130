import type { ConversationLimits } from './dialog/conversation/state.ts'
import type { Environment } from './environment.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** The conversation's limits, as the environment has them (rules 13 and 15). */
export function conversationLimitsOf(
  env: Pick<Environment, 'CONVERSATION_MINUTES' | 'QUESTION_HOURS' | 'REPLIES_HOURLY_MAX'>,
): ConversationLimits {
  return {
    goesOnMs: env.CONVERSATION_MINUTES * MINUTE_MS,
    confirmMs: env.QUESTION_HOURS * HOUR_MS,
    repliesAnHourMax: env.REPLIES_HOURLY_MAX,
  }
}

/** How long raw input and decisions are kept (rule 28). */
export function retentionOf(env: Pick<Environment, 'RAW_KEPT_DAYS' | 'DECISIONS_KEPT_DAYS'>) {
  return { rawMs: env.RAW_KEPT_DAYS * DAY_MS, decisionsMs: env.DECISIONS_KEPT_DAYS * DAY_MS }
}
