import { readFileSync } from 'node:fs'
import { outcomeHeader } from '../../schemas/outcome.ts'
import { Branches } from '../../src/core/branch.ts'
import type { Delivery } from '../../src/core/delivery.ts'
import type { Account, Standing } from '../../src/core/facts.ts'
import type { RegistryReader } from '../../src/core/registry.ts'
import type { Decision, StoredConversation } from '../../src/core/store.ts'
import { createDecide } from '../../src/dialog/decide.ts'
import type { ConversationLimits } from '../../src/dialog/state.ts'
import { aliasKey } from '../../src/language/normalise.ts'
import { loadFacts, type Records } from '../../src/store/facts.ts'
import { type Pairs, pairs } from '../../src/store/pairs.ts'
import { fixtureAccounts } from '../core/fixture-registry.ts'

/** The branches of the fixtures. */
export const branches = Branches.parse(
  JSON.parse(readFileSync(new URL('../fixtures/branches.json', import.meta.url), 'utf8')),
)

/** A registry in memory. */
export function memoryRegistry(accounts: Iterable<Account> = fixtureAccounts().values()): RegistryReader {
  const all = [...accounts]
  const alias = (one: string | null) => (one === null ? null : aliasKey(one))
  const by = (keysOf: (account: Account) => readonly (string | null)[]) => {
    const map = new Map<string, Account[]>()
    for (const account of all) {
      for (const key of keysOf(account)) if (key !== null) map.set(key, [...(map.get(key) ?? []), account])
    }
    return (key: string) => map.get(key) ?? []
  }
  return {
    state: () => (all.length === 0 ? 'empty' : 'ready'),
    byAccount: by(({ account }) => [account]),
    byAlias: by(({ oldAccount, unifiedAccount }) => [alias(oldAccount), alias(unifiedAccount)]),
    byPhone: by(({ phone }) => [phone]),
  }
}

/** The same, imported anew whenever a test says so. */
export function changingRegistry(before?: Iterable<Account>) {
  let registry = memoryRegistry(before)
  const reader: RegistryReader = {
    state: () => registry.state(),
    byAccount: (key) => registry.byAccount(key),
    byAlias: (key) => registry.byAlias(key),
    byPhone: (key) => registry.byPhone(key),
  }
  const imported = (after: Iterable<Account>) => {
    registry = memoryRegistry(after)
  }
  return { reader, imported }
}

/** What was said back to one message. */
export interface Heard {
  /** `x-reading-outcome`. */
  readonly outcome: string
  readonly text: string
  readonly accepted: readonly { account: string; meter: string; period: string; registers: Record<string, string> }[]
  readonly decision: Decision
}

export const NOON = '2026-11-22T03:00:00Z'

/** What is known of some keys, as a store gives it; what is unknown is left out. */
export function known<K, V>(keys: readonly K[], entry: (key: K) => [string, string, V | undefined]): Pairs<V> {
  const found = pairs<V>()
  for (const [first, second, value] of keys.map(entry)) if (value !== undefined) found.set(first, second, value)
  return found
}

/** A conversation in memory: everything real but the store, which knows only what was looked up. */
export function talk(
  registry: RegistryReader = memoryRegistry(),
  house: Branches = branches,
  limits?: ConversationLimits,
) {
  const { lookup, decide } = createDecide({ branches: house, ...(limits !== undefined && { limits }) })
  const spoken = new Map<string, StoredConversation>()
  const readings = new Map<string, Standing>()
  let count = 0
  const records: Records = {
    answered: () => pairs(),
    conversations: (speakers) => known(speakers, ({ channel, sender }) => [channel, sender, spoken.get(sender)]),
    standing: (accounts) =>
      known(accounts, ({ branch, account }) => [
        branch,
        account,
        [...readings.values()].filter((one) => one.branch === branch && one.account === account),
      ]),
  }
  return (from: string, text: string, at: string = NOON, broughtAt?: string): Heard => {
    const delivery: Delivery = {
      channel: 'sms',
      eventChannel: 'SMS',
      deliveryId: `SM${++count}`,
      receivedAt: new Date(at).toISOString(),
      ...(broughtAt !== undefined && { broughtAt }),
      sender: from,
      phone: from,
      said: { text },
      language: 'ru',
    }
    const facts = loadFacts([lookup(delivery)], { records, registry, now: at })
    const decision = decide(delivery, facts)
    for (const one of decision.readings) readings.set(`${one.branch}/${one.account}/${one.meter}/${one.period}`, one)
    if (decision.conversation) spoken.set(from, decision.conversation)
    const events = decision.events.filter(({ topic }) => topic === 'readings').map(({ data }) => JSON.parse(data))
    return {
      outcome: outcomeHeader(decision.answer.outcomes),
      text: decision.answer.text,
      accepted: events.map(({ account, meter, period, registers }) => ({
        account,
        meter,
        period,
        registers: Object.fromEntries(
          registers.map(({ register, value }: { register: string; value: string }) => [register, value]),
        ),
      })),
      decision,
    }
  }
}

/** A sender whom the registry doesn't know. */
export const STRANGER = '+79990000000'

/** What one message comes to: `accepted 5057 56311` – the outcome, the meters' last digits, their values. */
export function heard(text: string, from: string | undefined = STRANGER): string {
  const { outcome, accepted } = talk()(from, text)
  const taken = accepted.map(({ meter, registers }) => `${meter.slice(-4)} ${Object.values(registers).join('+')}`)
  return taken.length === 0 ? outcome : `${outcome} ${taken.join(', ')}`
}

/** The outcomes of one conversation of a stranger, turn by turn; a turn may stand with its instant. */
export function outcomesOf(...turns: readonly (string | readonly [at: string, text: string])[]): readonly string[] {
  const say = talk()
  return turns.map((turn) => (typeof turn === 'string' ? say(STRANGER, turn) : say(STRANGER, turn[1], turn[0])).outcome)
}
