import type { Answer } from '../core/delivery.ts'
import type { Account, Standing } from '../core/facts.ts'
import type { RegistryReader } from '../core/registry.ts'
import type { Decision, Facts, Lookup, StoredConversation } from '../core/store.ts'

/** What a store has written down; each asked once a batch, for all its keys. Maps are by `keyOf`; what is unknown is left out. */
export interface Records {
  answered(deliveries: readonly Pick<Lookup, 'channel' | 'deliveryId'>[]): ReadonlyMap<string, Answer>
  conversations(speakers: readonly Speaker[]): ReadonlyMap<string, StoredConversation>
  /** Newest period first; at least those of the last 3 periods. */
  standing(accounts: readonly Pick<Account, 'branch' | 'account'>[]): ReadonlyMap<string, readonly Standing[]>
}

/** Who is talking on a channel. */
export interface Speaker {
  readonly channel: string
  readonly sender: string
}

/** All that one batch knows, by key. */
interface Loaded {
  readonly answered: Map<string, Answer>
  readonly conversations: Map<string, StoredConversation>
  readonly byAccount: Map<string, readonly Account[]>
  readonly byAlias: Map<string, readonly Account[]>
  readonly byPhone: Map<string, readonly Account[]>
  readonly standing: Map<string, readonly Standing[]>
}

/** A control character, which no channel lets into a key, keeps two parts apart. */
export const keyOf = (first: string, second: string): string => `${first}\u0000${second}`

/**
 * Loads what the lookups name, and nothing else: what nobody named isn't there, in any store. A delivery that has its
 * answer needs no more. `now`: ISO instant by which conversations expire unless the asker says his own. The registry
 * may fail without failing the batch; where the store itself can't be read, it throws.
 */
export function loadFacts(
  lookups: readonly Lookup[],
  from: { readonly records: Records; readonly registry: RegistryReader; readonly now: string },
): Facts {
  const answered = new Map(from.records.answered(lookups))
  const open = lookups.filter(({ channel, deliveryId }) => !answered.has(keyOf(channel, deliveryId)))
  const loaded: Loaded = {
    answered,
    conversations: new Map(from.records.conversations(open.filter(isSpeaker))),
    byAccount: new Map(),
    byAlias: new Map(),
    byPhone: new Map(),
    standing: new Map(),
  }
  const state = loadRegistry(open, loaded, from.registry)
  for (const [key, readings] of from.records.standing(accountsFound(loaded))) loaded.standing.set(key, readings)
  return overlay(loaded, state, from.now)
}

const isSpeaker = (lookup: Lookup): lookup is Lookup & Speaker => lookup.sender !== null

const registryMaps = ({ byAccount, byAlias, byPhone }: Loaded) => [byAccount, byAlias, byPhone]

function accountsFound(loaded: Loaded): readonly Account[] {
  const found = new Map<string, Account>()
  for (const accounts of registryMaps(loaded)) {
    for (const list of accounts.values()) for (const one of list) found.set(keyOf(one.branch, one.account), one)
  }
  return [...found.values()]
}

/** Half a registry would make unknown accounts of known ones: where one look-up fails, nothing of it counts. */
function loadRegistry(lookups: readonly Lookup[], loaded: Loaded, registry: RegistryReader): Facts['registry'] {
  try {
    const state = registry.state()
    if (state === 'down') return state
    for (const lookup of lookups) loadAccounts(lookup, loaded, registry)
    return state
  } catch {
    for (const accounts of registryMaps(loaded)) accounts.clear()
    return 'down'
  }
}

function loadAccounts(lookup: Lookup, loaded: Loaded, registry: RegistryReader): void {
  const { byAccount, byAlias, byPhone, conversations } = loaded
  const spoken = lookup.sender === null ? undefined : conversations.get(keyOf(lookup.channel, lookup.sender))
  for (const account of lookup.accounts)
    if (!byAccount.has(account)) byAccount.set(account, registry.byAccount(account))
  for (const account of spoken?.accounts ?? []) {
    if (!byAccount.has(account)) byAccount.set(account, registry.byAccount(account))
  }
  for (const alias of lookup.aliases) if (!byAlias.has(alias)) byAlias.set(alias, registry.byAlias(alias))
  const { phone } = lookup
  if (phone !== null && !byPhone.has(phone)) byPhone.set(phone, registry.byPhone(phone))
}

function overlay(loaded: Loaded, registry: Facts['registry'], now: string): Facts {
  return {
    registry,
    answered: (channel, deliveryId) => loaded.answered.get(keyOf(channel, deliveryId)),
    conversation(channel, sender, at = now) {
      const conversation = loaded.conversations.get(keyOf(channel, sender))
      return conversation !== undefined && isLater(conversation.expiresAt, at) ? conversation : undefined
    },
    byAccount: (account) => loaded.byAccount.get(account) ?? [],
    byAlias: (alias) => loaded.byAlias.get(alias) ?? [],
    byPhone: (phone) => loaded.byPhone.get(phone) ?? [],
    standing: (branch, account) => loaded.standing.get(keyOf(branch, account)) ?? [],
    apply: (decision) => applyDecision(decision, loaded),
  }
}

/** Instants may be written with and without milliseconds, which don't compare as text. */
const isLater = (one: string, other: string): boolean => Date.parse(one) > Date.parse(other)

function applyDecision({ delivery, answer, conversation, readings }: Decision, loaded: Loaded): void {
  loaded.answered.set(keyOf(delivery.channel, delivery.deliveryId), answer)
  if (delivery.sender !== null && conversation !== undefined) {
    const key = keyOf(delivery.channel, delivery.sender)
    if (conversation === null) loaded.conversations.delete(key)
    else loaded.conversations.set(key, conversation)
  }
  for (const reading of readings) {
    const key = keyOf(reading.branch, reading.account)
    loaded.standing.set(key, withReading(loaded.standing.get(key) ?? [], reading))
  }
}

/** The new reading in the place of the old one of its meter and period; newest period first. */
export function withReading(standing: readonly Standing[], reading: Standing): readonly Standing[] {
  const others = standing.filter((old) => old.meter !== reading.meter || old.period !== reading.period)
  return [...others, reading].sort((a, b) => (a.period === b.period ? 0 : a.period < b.period ? 1 : -1))
}
