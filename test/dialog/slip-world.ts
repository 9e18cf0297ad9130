import type { Branch } from '../../src/core/branch.ts'
import type { Delivery } from '../../src/core/delivery.ts'
import type { Account, Meter, Standing } from '../../src/core/facts.ts'
import type { Facts } from '../../src/core/store.ts'
import { createDialog } from '../../src/dialog/decide.ts'
import { amur } from './amur.ts'

const register = { register: 'T1', zone: 'TOTAL', digits: 5, decimals: 0 } as const
/** The active one. */
export const meter: Meter = {
  meter: '0012345678',
  service: 'ELECTRICITY',
  status: 'ACTIVE',
  replacedBy: null,
  ratio: 1,
  registers: [{ ...register, lastValue: '4700', lastDate: '2026-10-22', monthlyUsage: '300' }],
}
/** With a meter that was replaced, and one that was taken away. */
export const account: Account = {
  branch: 'amur',
  account: '2800000001',
  oldAccount: 'КР468713',
  unifiedAccount: null,
  phone: null,
  meters: [
    meter,
    { ...meter, meter: '777000111', status: 'ARCHIVED', replacedBy: '0012345678' },
    { ...meter, meter: '888000111', status: 'ARCHIVED' },
  ],
}

/** What the store knows. */
export interface World {
  /** Absent: one that takes old account numbers. */
  readonly branch?: Branch
  readonly registry?: Facts['registry']
  readonly standing?: readonly Standing[]
  readonly accounts?: readonly Account[]
}

/** What is decided of that. */
export function decideOf(said: Delivery['said'], receivedAt: string, world: World) {
  const about = { channel: 'slip', eventChannel: 'SLIP', deliveryId: 'paper', sender: null, phone: null } as const
  return decideDelivery({ ...about, receivedAt, said, language: 'ru' }, world)
}

/** What is decided of a delivery. */
export function decideDelivery(delivery: Delivery, world: World) {
  const { branch = amur, registry = 'ready', standing = [], accounts = [account] } = world
  const facts: Facts = {
    registry,
    answered: () => undefined,
    conversation: () => undefined,
    byAccount: (number) => accounts.filter((one) => one.account === number),
    byAlias: (alias) => (alias === account.oldAccount ? [account] : []),
    byPhone: () => [],
    standing: () => standing,
    apply: () => undefined,
  }
  return createDialog({ branches: [branch] }).decide(delivery, facts)
}
