import { describe, expect, test } from 'vitest'
import type { Account, Meter, Register, Service } from '../../src/core/facts.ts'
import { printedSlip, printedSlips, SupplierName } from '../../src/core/printed-slip.ts'

function register(label: string, digits: number, decimals: number): Register {
  const zone = label === 'T1' ? 'DAY' : 'NIGHT'
  return { register: label, zone, digits, decimals, lastValue: '0', lastDate: '2026-10-22', monthlyUsage: null }
}

function meter(service: Service, ...registers: readonly Register[]): Meter {
  return { meter: '0112345', service, status: 'ACTIVE', replacedBy: null, ratio: 1, registers }
}

describe('the boxes of a row', () => {
  test.each<[string, Service, number, number, string | null]>([
    ['electricity asks for whole kWh, whatever the dial shows', 'ELECTRICITY', 5, 2, '5+0'],
    ['water asks for what stands behind the comma', 'COLD_WATER', 5, 3, '5+3'],
    ['no more than three decimals are asked for', 'GAS', 4, 6, '4+3'],
    ['8 boxes are the most: decimals give way', 'HEAT', 7, 3, '7+1'],
    ['8 digits fill the row', 'HOT_WATER', 8, 3, '8+0'],
    ['9 digits find no room', 'COLD_WATER', 9, 0, null],
    ['9 digits of electricity find none either', 'ELECTRICITY', 9, 0, null],
    ['one digit is a row', 'ELECTRICITY', 1, 0, '1+0'],
  ])('%s', (_what, service, digits, decimals, boxes) => {
    const slip = printedSlip('5012345678', meter(service, register('T1', digits, decimals)), '2026-12')
    expect(slip?.rows.map((row) => `${row.whole}+${row.decimals}`).join() ?? null).toBe(boxes)
  })
})

test('rows stand in the order T1, T2, T3, and a fourth finds no room', () => {
  const [one, two, three, four] = ['T1', 'T2', 'T3', 'T4'].map((label) => register(label, 6, 0)) as [
    Register,
    Register,
    Register,
    Register,
  ]
  const slip = printedSlip('1', meter('ELECTRICITY', three, one, two), '2026-12')
  expect(slip?.rows.map((row) => row.register)).toEqual(['T1', 'T2', 'T3'])
  expect(printedSlip('1', meter('ELECTRICITY', one, two, three, four), '2026-12')).toBeNull()
})

test('an account gets a slip for each active meter, and word of those that find no room', () => {
  const archived: Meter = { ...meter('ELECTRICITY', register('T1', 6, 0)), status: 'ARCHIVED' }
  const meters = [meter('GAS', register('T1', 5, 0)), archived, meter('GAS', register('T1', 12, 0))]
  const account: Account = { branch: 'amur', account: '1', oldAccount: null, unifiedAccount: null, phone: null, meters }
  expect(printedSlips(account, '2026-12').map((slip) => slip?.service ?? null)).toEqual(['GAS', null])
})

test.each([
  ['АО «Энергосбыт – Восток» № 1', true],
  ['a|b', false],
  ['two\nlines', false],
  ['', false],
  ['😀', false],
  ['x'.repeat(41), false],
])('%j as a supplier: %s', (name, isTaken) => expect(SupplierName.safeParse(name).success).toBe(isTaken))
