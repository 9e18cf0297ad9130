import type { Facts, Lookup } from '../../core/store.ts'
import { accountsIn, isSpeaker, loadFacts } from '../facts.ts'
import { answersTo, conversationsOf, standingOf } from './records.ts'
import { type KnownRegistry, type PostgresRegistry, readerOf } from './registry.ts'
import type { Session } from './session.ts'

/** What facts are loaded from. */
export interface LoadParts {
  readonly session: Session
  readonly registry: PostgresRegistry
  /** What the registry says of the keys that the lookups name; asked before the turn, which it would only prolong. */
  readonly known: KnownRegistry
  /** ISO instant, by the gateway's clock. */
  readonly now: string
}

/** Loads what the lookups name in one wave of statements, and in a second what only the conversations name. */
export async function loadPostgresFacts(lookups: readonly Lookup[], parts: LoadParts): Promise<Facts> {
  const { session, registry, known, now } = parts
  const accounts = accountsIn(known)
  const [answered, conversations, standing] = await Promise.all([
    answersTo(lookups, session),
    conversationsOf(lookups.filter(isSpeaker), session),
    standingOf(accounts, { session, now }),
  ])
  const talks = [...conversations.groups().values()].flatMap((bySender) => [...bySender.values()])
  const spoken = new Set(talks.flatMap((conversation) => conversation.accounts))
  const unknown = spoken.difference(known.byAccount)
  const more = unknown.size === 0 ? undefined : await registry.load({ accounts: unknown })
  if (more !== undefined) {
    const others = accountsIn(more).filter(({ branch, account }) => !standing.has(branch, account))
    const theirs = await standingOf(others, { session, now })
    for (const { branch, account } of others) standing.set(branch, account, theirs.get(branch, account) ?? [])
  }
  const records = { answered: () => answered, conversations: () => conversations, standing: () => standing }
  return loadFacts(lookups, { records, registry: readerOf(known, more), now })
}
