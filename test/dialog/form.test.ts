import { describe, expect, test } from 'vitest'
import type { Branch } from '../../src/core/branch.ts'
import type { Delivery, FormClaim } from '../../src/core/delivery.ts'
import type { Account, Meter } from '../../src/core/facts.ts'
import type { Facts } from '../../src/core/store.ts'
import { createDecide } from '../../src/dialog/decide.ts'
import { conversationLimits } from '../../src/dialog/state.ts'
import { amur } from './amur.ts'

function meter(serial: string, more: Partial<Meter> = {}): Meter {
  const register = { digits: 5, decimals: 0, lastValue: '4700', lastDate: '2026-10-22', monthlyUsage: '300' }
  const registers = [{ ...register, register: 'T1', zone: 'TOTAL' as const }]
  return { meter: serial, service: 'ELECTRICITY', status: 'ACTIVE', replacedBy: null, ratio: 1, registers, ...more }
}

function account(number: string, oldAccount: string | null, ...meters: Meter[]): Account {
  return { branch: 'amur', account: number, oldAccount, unifiedAccount: null, phone: null, meters }
}

const accounts = [
  account('2800000001', 'КР468713', meter('0012345678'), meter('99912345')),
  account('2800000002', 'КР468713', meter('555111222')),
  account(
    '2800000003',
    'АА111111',
    meter('777000111', { status: 'ARCHIVED', replacedBy: '777000222' }),
    meter('777000222'),
  ),
  account('2800000004', null, meter('888000111', { status: 'ARCHIVED' }), meter('888000222')),
]

const facts: Facts = {
  registry: 'ready',
  answered: () => undefined,
  conversation: () => undefined,
  byAccount: (number) => accounts.filter(({ account }) => account === number),
  byAlias: (alias) => accounts.filter(({ oldAccount }) => oldAccount === alias),
  byPhone: () => [],
  standing: () => [],
  apply: () => undefined,
}

function decided(
  form: Partial<FormClaim>,
  { receivedAt = '2026-11-22T03:00:00.000Z', branch = amur, limits = conversationLimits } = {},
) {
  const said = { form: { account: '2800000002', meter: '555111222', values: { T1: '5000' }, confirmed: [], ...form } }
  const about = { channel: 'web-form', eventChannel: 'WEB', deliveryId: 'd', sender: null, phone: null } as const
  const delivery: Delivery = { ...about, receivedAt, said, language: 'ru' }
  return createDecide({ branches: [branch], limits }).decide(delivery, facts)
}

const outcome = (form: Partial<FormClaim>, branch?: Branch) => {
  const [first] = decided(form, branch && { branch }).answer.outcomes
  return first && 'code' in first
    ? `${first.kind} ${first.code}`
    : `${first?.kind} ${(first && 'flags' in first ? first.flags : []).join(' ')}`
}

describe('the meter', () => {
  test.each([
    ['by its whole serial', { account: '2800000001', meter: '0012345678' }, 'accepted '],
    ['by its serial without zeros in front', { account: '2800000001', meter: '12345678' }, 'accepted '],
    ['by its last 4 digits', { account: '2800000001', meter: '5678' }, 'accepted NO_SERIAL'],
    ['by fewer digits: not', { account: '2800000001', meter: '678' }, 'rejected METER_MISMATCH'],
    [
      'by an old account that its serial makes unique',
      { account: 'kp 468713', meter: '555111222' },
      'accepted OLD_ACCOUNT',
    ],
    [
      'by an old account of several without that serial: not',
      { account: 'КР468713', meter: '1' },
      'asked ACCOUNT_NEEDED',
    ],
    ['that was replaced', { account: '2800000003', meter: '777000111' }, 'held METER_REPLACED'],
    ['that was taken away', { account: '2800000004', meter: '888000111' }, 'rejected METER_ARCHIVED'],
    ['of an account that is not there', { account: '2800000009' }, 'rejected ACCOUNT_UNKNOWN'],
    ['of an account that is only a mark', { account: '№' }, 'rejected ACCOUNT_UNKNOWN'],
    ['that was not named', { meter: ' ' }, 'asked METER_NEEDED'],
    ['of an account that was not named', { account: ' ' }, 'asked ACCOUNT_NEEDED'],
    ['of which nothing was named', { account: '', meter: '' }, 'asked ACCOUNT_NEEDED'],
  ])('is found %s', (_how, form, expected) => expect(outcome(form)).toBe(expected))

  test('is not found by an old account where the branch refuses those', () => {
    const strict = { ...amur, oldAccounts: 'refuse' as const }
    expect(outcome({ account: 'КР468713' }, strict)).toBe('rejected OLD_ACCOUNT')
    const [event] = decided({ account: 'КР468713' }, { branch: strict }).events
    expect(JSON.parse(event?.data ?? '')).toMatchObject({ account: '2800000002', meter: '555111222' })
  })
})

test.each([
  ['too many where its own register has a value', { T1: '5000', T2: '6000' }, 'rejected EXTRA_VALUES'],
  ['nothing where its own register has none', { T2: '6000' }, 'asked VALUES_NEEDED'],
])('a value for a register that the meter lacks is %s', (_what, values, expected) =>
  expect(outcome({ values })).toBe(expected),
)

test('letters in a value are not asked about outside the window, where nothing is taken then', () => {
  const refusing = { ...amur, window: { ...amur.window, outside: 'refuse' as const } }
  const outcomeAt = (receivedAt: string) =>
    decided({ values: { T1: '499О' } }, { branch: refusing, receivedAt }).answer.outcomes[0]
  expect(outcomeAt('2026-11-22T03:00:00.000Z')).toEqual({ kind: 'asked', code: 'BAD_VALUE' })
  expect(outcomeAt('2026-11-27T03:00:00.000Z')).toEqual({ kind: 'rejected', code: 'OUT_OF_WINDOW' })
})

describe('a confirmed question', () => {
  const late = '2026-11-25T15:30:00.000Z'
  const confirmed: FormClaim['confirmed'] = ['VERY_HIGH']
  const flagsOf = (valuesAt: string | null, limits = conversationLimits) => {
    const said = { values: { T1: '6000' }, confirmed, valuesAt }
    const [first] = decided(said, { receivedAt: late, limits }).answer.outcomes
    return first?.kind === 'accepted' ? first.flags.includes('OUT_OF_WINDOW') : null
  }

  test.each([
    ['counts from the submission that brought the values', '2026-11-25T14:00:00.000Z', false],
    ['counts from now where the values came with it', null, true],
    ['is not believed to be older than a day', '2026-11-24T15:29:59.000Z', true],
    ['is not believed to come from the future', '2026-11-25T15:30:01.000Z', true],
  ])('%s', (_what, valuesAt, isLate) => expect(flagsOf(valuesAt)).toBe(isLate))

  test('is believed to be as old as a question may be', () => {
    const limits = { ...conversationLimits, confirmMs: 48 * 3_600_000 }
    expect(flagsOf('2026-11-24T03:00:00.000Z', limits)).toBe(false)
    expect(flagsOf('2026-11-23T15:29:59.999Z', limits)).toBe(true)
  })

  test('closes the question that it answers', () => {
    const answers = '6f2d5e4c-0000-5000-8000-000000000001'
    expect(decided({ values: { T1: '6000' }, confirmed, answers }).settles).toEqual([answers])
    expect(decided({ values: { T1: 'x' }, answers }).settles).toEqual([])
  })
})

test('a question about a reading stays open, a question for values does not', () => {
  expect(decided({ values: { T1: '6000' } }).opens).toBe(true)
  expect(decided({ values: {} }).opens).toBe(false)
})

test('a reading leaves an event and stands; ids come from the delivery alone', () => {
  const once = decided({})
  expect(once.readings).toMatchObject([{ account: '2800000002', period: '2026-11', registers: { T1: '5000' } }])
  expect(once.events).toHaveLength(1)
  expect(decided({})).toEqual(once)
})
