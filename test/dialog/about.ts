import type { Account, Meter, Register } from '../../src/core/facts.ts'
import { memoryRegistry, STRANGER, talk } from './talk.ts'

const zones = { 1: ['TOTAL'], 2: ['DAY', 'NIGHT'], 3: ['PEAK', 'HALF_PEAK', 'NIGHT'] } as const

/** A meter that stood at 10000 in each register a month ago, and uses 100 a month. */
export function meter(serial: string, registers: 1 | 2 | 3 = 1): Meter {
  const dial = { digits: 5, decimals: 0, lastValue: '10000', lastDate: '2026-10-22', monthlyUsage: '100' }
  const register = (zone: Register['zone'], at: number): Register => ({ register: `T${at + 1}`, zone, ...dial })
  const all = zones[registers].map(register)
  return { meter: serial, service: 'ELECTRICITY', status: 'ACTIVE', replacedBy: null, ratio: 1, registers: all }
}

/** A conversation of a stranger about one account. */
export function about(meters: readonly Meter[], more: Partial<Account> = {}) {
  const account = { branch: 'amur', account: '2880950001', oldAccount: null, unifiedAccount: null, phone: null }
  const say = talk(memoryRegistry([{ ...account, ...more, meters }]))
  return (text: string) => say(STRANGER, text)
}
