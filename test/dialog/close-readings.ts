/** Accounts whose registers stand close together, and what a message to them comes to. */
import { expect, test } from 'vitest'
import type { Meter, Service, Zone } from '../../src/core/facts.ts'
import { memoryRegistry, STRANGER, talk } from './talk.ts'

/** A meter that stood at 10000 in each register a month ago: here no doubt tells registers or meters that were mixed up. */
function meter(
  serial: string,
  zones: readonly Zone[],
  service: Service = 'ELECTRICITY',
  last: readonly string[] = [],
): Meter {
  const dial = { digits: 5, decimals: 0, lastDate: '2026-10-22', monthlyUsage: '100' }
  const registers = zones.map((zone, at) => ({ register: `T${at + 1}`, zone, lastValue: last[at] ?? '10000', ...dial }))
  return { meter: serial, service, status: 'ACTIVE', replacedBy: null, ratio: 1, registers }
}

/** By account its meters. */
export const accounts = {
  '2880950001': [meter('111111111', ['DAY', 'NIGHT'])],
  '2880950002': [meter('222222222', ['PEAK', 'NIGHT', 'HALF_PEAK'])],
  '2880950003': [meter('333333333', ['TOTAL']), meter('444444444', ['TOTAL'])],
  '2880950004': [
    meter('555555555', ['TOTAL']),
    meter('666666666', ['TOTAL'], 'COLD_WATER'),
    meter('777777777', ['TOTAL'], 'HOT_WATER'),
  ],
  '2880950005': [meter('888888888', ['TOTAL'])],
  '2880950007': [meter('333344444', ['DAY', 'NIGHT'], 'ELECTRICITY', ['10000', '20000'])],
  '2880950006': [meter('999911111', ['DAY', 'NIGHT']), meter('999922222', ['DAY', 'NIGHT'])],
  '2880950008': [meter('999999999', ['DAY', 'NIGHT']), meter('123123123', ['DAY', 'NIGHT'])],
} as const

export const registry = memoryRegistry(
  Object.entries(accounts).map(([account, meters]) => ({
    branch: 'amur',
    account,
    oldAccount: null,
    unifiedAccount: null,
    phone: null,
    meters,
  })),
)

/** What a stranger's message comes to: the last digits of each meter, and its values in register order. */
export function heardOf(text: string): string {
  const { accepted } = talk(registry)(STRANGER, text)
  return accepted.map(({ meter, registers }) => `${meter.slice(-4)} ${Object.values(registers).join('+')}`).join(', ')
}

/** What messages to these accounts come to: the readings taken, or the outcome of one of which nothing is taken. */
export type Rows = readonly (readonly [account: keyof typeof accounts, text: string, what: string])[]

export const dayAndNight = '1111 10110+10120'
export const three = '2222 10110+10120+10130'

/** A test for each message whose readings are taken. */
export function testTaken(rows: Rows): void {
  for (const [account, text, taken] of rows)
    test(`«${text}» is ${taken}`, () => expect(heardOf(`${account}: ${text}`)).toBe(taken))
}

/** A test for each message of which nothing is taken. */
export function testOpen(rows: Rows): void {
  for (const [account, text, outcome] of rows)
    test(`«${text}» is ${outcome}`, () => {
      const heard = talk(registry)(STRANGER, `${account} ${text}`)
      expect([heard.outcome, heard.accepted]).toEqual([outcome, []])
    })
}
