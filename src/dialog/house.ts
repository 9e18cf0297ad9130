import type { Branch } from '../core/branch.ts'
import type { IsAccountShaped } from './accounts.ts'
import type { ConversationLimits } from './conversation/state.ts'

/** What the house has set, for every delivery alike. */
export interface House {
  readonly branches: ReadonlyMap<string, Branch>
  readonly isShaped: IsAccountShaped
  readonly limits: ConversationLimits
}
