import type { Answer, Delivery } from '../../src/core/delivery.ts'
import { submissionId } from '../../src/core/event.ts'
import type { Account, Standing } from '../../src/core/facts.ts'
import type { RegistryReader } from '../../src/core/registry.ts'
import type { Decision, Lookup, OutboxEvent, Store } from '../../src/core/store.ts'

/** 10-digit account number `n` of the branch `amur`, with one meter, a phone and an old number. */
export function sampleAccount(n: number): Account {
  const number = String(2_800_000_000 + n)
  return {
    branch: 'amur',
    account: number,
    oldAccount: `A${n}`,
    unifiedAccount: null,
    phone: `+7900${String(1_000_000 + n)}`,
    meters: [
      {
        meter: String(250_592_000_000_000 + n),
        service: 'ELECTRICITY',
        status: 'ACTIVE',
        replacedBy: null,
        ratio: 1,
        registers: [
          {
            register: 'T1',
            zone: 'TOTAL',
            digits: 6,
            decimals: 0,
            lastValue: '55959',
            lastDate: '2026-10-22',
            monthlyUsage: '350',
          },
        ],
      },
    ],
  }
}

/** A registry that holds the accounts in memory; `broken` makes every look-up throw. */
export function memoryRegistry(accounts: readonly Account[]): RegistryReader & { broken: boolean } {
  const byAccount = Map.groupBy(accounts, ({ account }) => account)
  const byAlias = Map.groupBy(accounts, ({ oldAccount }) => oldAccount ?? '')
  const byPhone = Map.groupBy(accounts, ({ phone }) => phone ?? '')
  const registry: RegistryReader & { broken: boolean } = {
    broken: false,
    state: () => (accounts.length === 0 ? 'empty' : 'ready'),
    byAccount: (key) => found(byAccount, key),
    byAlias: (key) => found(byAlias, key),
    byPhone: (key) => found(byPhone, key),
  }
  function found(by: Map<string, Account[]>, key: string): readonly Account[] {
    if (registry.broken) throw new Error('the registry is away')
    return by.get(key) ?? []
  }
  return registry
}

export function sampleDelivery(deliveryId: string, change: Partial<Delivery> = {}): Delivery {
  return {
    channel: 'sms',
    eventChannel: 'SMS',
    deliveryId,
    receivedAt: '2026-11-22T03:00:00.000Z',
    sender: '+79001000001',
    phone: '+79001000001',
    said: { text: '2800000001 56311' },
    language: 'ru',
    ...change,
  }
}

export function lookupOf(delivery: Delivery, change: Partial<Lookup> = {}): Lookup {
  const { channel, deliveryId, sender, phone } = delivery
  return { channel, deliveryId, sender, phone, accounts: [], aliases: [], ...change }
}

export function sampleReading(account: Account, change: Partial<Standing> = {}): Standing {
  return {
    branch: account.branch,
    account: account.account,
    meter: account.meters[0]?.meter ?? '',
    period: '2026-11',
    registers: { T1: '56311' },
    orderAt: '2026-11-22T03:00:00.000Z',
    eventId: '7d3c1f0e-8f0b-5c55-9a52-6d1a1d6b5c11',
    byOperator: false,
    ...change,
  }
}

function sampleEvent(account: Account, delivery: Delivery): OutboxEvent {
  const { branch, account: number } = account
  const meter = account.meters[0]?.meter ?? ''
  const subject = { branch, account: number, service: 'ELECTRICITY', meter, period: '2026-11' }
  const made = { receivedAt: delivery.receivedAt, takenOn: null, channel: 'SMS', kind: 'REGULAR', quality: 'CUSTOMER' }
  const value = { register: 'T1', zone: 'TOTAL', value: '56311', previous: '55959', consumption: '352', unit: 'kWh' }
  const origin = {
    ratio: 1,
    submittedAccount: number,
    supersedes: null,
    submissionId: submissionId(delivery.channel, delivery.deliveryId),
  }
  return {
    topic: 'readings',
    key: `${branch}/${number}`,
    headers: {
      ce_specversion: '1.0',
      ce_id: '7d3c1f0e-8f0b-5c55-9a52-6d1a1d6b5c11',
      ce_source: `/gateway/${branch}/SMS`,
      ce_type: 'meter.reading.accepted.v1',
      ce_subject: meter,
      ce_time: delivery.receivedAt,
      ce_dataschema: 'urn:meter-reading-gateway:meter.reading.accepted.v1',
      ce_partitionkey: `${branch}/${number}`,
      'content-type': 'application/json',
    },
    data: JSON.stringify({ ...subject, ...made, flags: ['NO_SERIAL'], registers: [value], ...origin }),
  }
}

function sampleAnswer(account: Account, delivery: Delivery): Answer {
  const outcome = { kind: 'accepted', flags: ['NO_SERIAL'] } as const
  const item = {
    outcome,
    branch: account.branch,
    account: account.account,
    meter: account.meters[0]?.meter ?? '',
    service: 'ELECTRICITY',
    period: '2026-11',
    values: [{ register: 'T1', zone: 'TOTAL', value: '56311' }],
    proposal: null,
    missing: [],
    window: null,
  } as const
  const text = 'Принято за ноябрь: 56311 кВт·ч, счётчик *5057.'
  return { submissionId: submissionId(delivery.channel, delivery.deliveryId), outcomes: [outcome], text, items: [item] }
}

/** An accepted reading of the account, with its event. */
export function accepted(account: Account, delivery: Delivery, change: Partial<Decision> = {}): Decision {
  return {
    delivery,
    answer: sampleAnswer(account, delivery),
    readings: [sampleReading(account)],
    events: [sampleEvent(account, delivery)],
    conversation: undefined,
    settles: [],
    opens: false,
    ...change,
  }
}

/** Commits decisions that were made elsewhere, as one batch. */
export function commitTo(store: Pick<Store, 'transact'>, decisions: readonly Decision[]): Promise<void> {
  return store.transact(
    decisions.map(({ delivery }) => lookupOf(delivery)),
    () => decisions,
  )
}
