import type { Branch } from '../core/branch.ts'
import type { Account } from '../core/facts.ts'
import type { IsAccountShaped } from './accounts.ts'
import type { ConversationLimits } from './conversation/state.ts'

/** What a delivery is decided with besides itself and the facts. */
export interface House {
  readonly branches: ReadonlyMap<string, Branch>
  readonly isShaped: IsAccountShaped
  readonly limits: ConversationLimits
  /** The sender's accounts where the channel knows them otherwise than by phone: those that a chat is bound to. */
  readonly senders?: readonly Account[]
}
