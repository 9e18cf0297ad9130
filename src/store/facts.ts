import type { Answer } from '../core/delivery.ts'
import type { Account, Standing } from '../core/facts.ts'
import type { RegistryReader } from '../core/registry.ts'
import type { Decision, Facts, Lookup, StoredConversation } from '../core/store.ts'
import { type Pairs, pairs } from './pairs.ts'

/**
 * What a store has written down; each asked once a batch, for all its keys. What is unknown is left out; what comes
 * back is the asker's, who goes on with it.
 */
export interface Records {
  /** By channel and delivery id. */
  answered(deliveries: readonly Pick<Lookup, 'channel' | 'deliveryId'>[]): Pairs<Answer>
  /** By channel and sender. */
  conversations(speakers: readonly Speaker[]): Pairs<StoredConversation>
  /** By branch and account, each given once. Newest period first, then by meter; at least those of the last 3 periods. */
  standing(accounts: readonly Pick<Account, 'branch' | 'account'>[]): Pairs<readonly Standing[]>
}

/** Who is talking on a channel. */
export interface Speaker {
  readonly channel: string
  readonly sender: string
}

/** Accounts of the registry, by the keys that it was asked for. */
export interface Registered {
  readonly byAccount: ReadonlyMap<string, readonly Account[]>
  readonly byAlias: ReadonlyMap<string, readonly Account[]>
  readonly byPhone: ReadonlyMap<string, readonly Account[]>
}

/** All that one batch knows, by key. */
interface Loaded extends Record<keyof Registered, Map<string, readonly Account[]>> {
  readonly answered: Pairs<Answer>
  readonly conversations: Pairs<StoredConversation>
  /** Numbers of accounts that conversations of this batch came to be about, by whatever key they were found. */
  readonly spokenOf: Set<string>
}

/**
 * Loads what the lookups name, and nothing else: what nobody named isn't there, in any store. A delivery that has its
 * answer needs no more. `now`: ISO instant by which conversations expire unless the asker says his own. The registry
 * may fail without failing the batch; where the store itself can't be read, it throws.
 */
export function loadFacts(
  lookups: readonly Lookup[],
  from: { readonly records: Records; readonly registry: RegistryReader; readonly now: string },
): Facts {
  const { records } = from
  const answered = records.answered(lookups)
  const open = lookups.filter(({ channel, deliveryId }) => !answered.has(channel, deliveryId))
  const conversations = records.conversations(open.filter(isSpeaker))
  const found = { byAccount: new Map(), byAlias: new Map(), byPhone: new Map() }
  const loaded = { answered, conversations, ...found, spokenOf: new Set<string>() }
  const state = loadRegistry(open, loaded, from.registry)
  return overlay(loaded, { state, standing: records.standing(accountsIn(loaded)), now: from.now })
}

/** Whether somebody is talking whose conversation is wanted. */
export const isSpeaker = (lookup: Lookup): lookup is Lookup & Speaker => lookup.sender !== null

/** Every account among them, once. */
export function accountsIn({ byAccount, byAlias, byPhone }: Registered): readonly Account[] {
  const seen = pairs<true>()
  const found: Account[] = []
  for (const accounts of [byAccount, byAlias, byPhone]) {
    for (const list of accounts.values()) {
      for (const one of list) {
        if (seen.has(one.branch, one.account)) continue
        seen.set(one.branch, one.account, true)
        found.push(one)
      }
    }
  }
  return found
}

/** Half a registry would make unknown accounts of known ones: where one look-up fails, nothing of it counts. */
function loadRegistry(lookups: readonly Lookup[], loaded: Loaded, registry: RegistryReader): Facts['registry'] {
  try {
    const state = registry.state()
    if (state === 'down') return state
    for (const lookup of lookups) loadAccounts(lookup, loaded, registry)
    return state
  } catch {
    for (const accounts of [loaded.byAccount, loaded.byAlias, loaded.byPhone]) accounts.clear()
    return 'down'
  }
}

function loadAccounts(lookup: Lookup, loaded: Loaded, registry: RegistryReader): void {
  const { channel, sender, phone, accounts, aliases } = lookup
  const load = (by: keyof Registered, key: string): void => {
    if (!loaded[by].has(key)) loaded[by].set(key, registry[by](key))
  }
  const conversation = sender === null ? undefined : loaded.conversations.get(channel, sender)
  for (const account of accounts) load('byAccount', account)
  for (const account of conversation?.accounts ?? []) load('byAccount', account)
  for (const alias of aliases) load('byAlias', alias)
  if (phone !== null) load('byPhone', phone)
}

interface Beside {
  readonly state: Facts['registry']
  readonly standing: Pairs<readonly Standing[]>
  readonly now: string
}

function overlay(loaded: Loaded, { state, standing, now }: Beside): Facts {
  return {
    registry: state,
    answered: loaded.answered.get,
    conversation(channel, sender, at = now) {
      const conversation = loaded.conversations.get(channel, sender)
      return conversation !== undefined && isLater(conversation.expiresAt, at) ? conversation : undefined
    },
    byAccount: (account) => loaded.byAccount.get(account) ?? spokenOf(account, loaded),
    byAlias: (alias) => loaded.byAlias.get(alias) ?? [],
    byPhone: (phone) => loaded.byPhone.get(phone) ?? [],
    standing: (branch, account) => standing.get(branch, account) ?? [],
    apply: (decision) => applyDecision(decision, loaded, standing),
  }
}

/** An account that an earlier delivery of the batch found by an old number or a phone, where its conversation goes on about it. */
function spokenOf(number: string, loaded: Loaded): readonly Account[] {
  return loaded.spokenOf.has(number) ? accountsIn(loaded).filter(({ account }) => account === number) : []
}

/** Instants may be written with and without milliseconds, which don't compare as text. */
const isLater = (one: string, other: string): boolean => Date.parse(one) > Date.parse(other)

function applyDecision(decision: Decision, loaded: Loaded, standing: Pairs<readonly Standing[]>): void {
  const { delivery, answer, conversation, readings } = decision
  const { channel, deliveryId, sender } = delivery
  loaded.answered.set(channel, deliveryId, answer)
  if (sender !== null && conversation !== undefined) {
    if (conversation === null) loaded.conversations.delete(channel, sender)
    else loaded.conversations.set(channel, sender, conversation)
    for (const account of conversation?.accounts ?? []) loaded.spokenOf.add(account)
  }
  for (const reading of readings) {
    const { branch, account } = reading
    standing.set(branch, account, withReading(standing.get(branch, account) ?? [], reading))
  }
}

/** Months before this one whose readings are looked at: three periods back from the last, and one to spare. */
const MONTHS_BACK = 4

/** The first period whose readings a look-up at that instant sees: at `2026-02-…`, `2025-10`. */
export function standingSince(now: string): string {
  const date = new Date(now)
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - MONTHS_BACK, 1)).toISOString().slice(0, 7)
}

/** The new reading in the place of the old one of its meter and period; newest period first, then by meter, as tables give them. */
export function withReading(standing: readonly Standing[], reading: Standing): readonly Standing[] {
  if (standing.length === 0) return [reading]
  const others = standing.filter((old) => old.meter !== reading.meter || old.period !== reading.period)
  return [...others, reading].sort((a, b) =>
    a.period === b.period ? (a.meter < b.meter ? -1 : 1) : a.period < b.period ? 1 : -1,
  )
}
