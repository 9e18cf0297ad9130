import { readFileSync } from 'node:fs'
import type { AcceptedReading } from '../../schemas/events.ts'
import { outcomeHeader } from '../../schemas/outcome.ts'
import { Branches } from '../../src/core/branch.ts'
import type { Delivery } from '../../src/core/delivery.ts'
import type { Account } from '../../src/core/facts.ts'
import type { RegistryReader } from '../../src/core/registry.ts'
import type { Decision } from '../../src/core/store.ts'
import type { ConversationLimits } from '../../src/dialog/conversation/state.ts'
import { createDialog } from '../../src/dialog/decide.ts'
import { aliasKey } from '../../src/language/normalise.ts'
import { loadFacts } from '../../src/store/facts.ts'
import { fixtureAccounts } from '../core/fixture-registry.ts'
import { memoryStore } from './memory-store.ts'

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

/** The registry of the fixtures. */
export const fixtureRegistry = memoryRegistry()

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

/** A reading as billing gets it, its registers by their labels. */
export interface Accepted {
  readonly account: string
  readonly meter: string
  readonly period: string
  readonly registers: Record<string, string>
}

/** What was said back to one message. */
export interface Heard {
  /** `x-reading-outcome`. */
  readonly outcome: string
  readonly text: string
  readonly accepted: readonly Accepted[]
  readonly decision: Decision
}

export const NOON = '2026-11-22T03:00:00Z'

/** A conversation in memory: everything real but the store, which knows only what was looked up. */
export function talk(
  registry: RegistryReader = fixtureRegistry,
  house: Branches = branches,
  limits?: ConversationLimits,
) {
  const { lookup, decide } = createDialog({ branches: house, ...(limits !== undefined && { limits }) })
  const store = memoryStore()
  let count = 0
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
    const facts = loadFacts([lookup(delivery)], { records: store.records, registry, now: at })
    const decision = decide(delivery, facts)
    store.take(decision)
    const { text: said, outcomes } = decision.answer
    return { outcome: outcomeHeader(outcomes), text: said, accepted: acceptedIn(decision), decision }
  }
}

/** The readings that a decision accepts, as its events tell them. */
export function acceptedIn({ events }: Decision): readonly Accepted[] {
  const readings = events
    .filter(({ topic }) => topic === 'readings')
    .map(({ data }): AcceptedReading => JSON.parse(data))
  return readings.map(({ account, meter, period, registers }) => {
    const values = registers.map(({ register, value }) => [register, value])
    return { account, meter, period, registers: Object.fromEntries(values) }
  })
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
