import { describe, expect, test } from 'vitest'
import type { Branch } from '../../src/core/branch.ts'
import type { Delivery, FormClaim } from '../../src/core/delivery.ts'
import type { Account, Meter } from '../../src/core/facts.ts'
import type { Facts } from '../../src/core/store.ts'
import { conversationLimits } from '../../src/dialog/conversation/state.ts'
import { createDialog } from '../../src/dialog/decide.ts'
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

/** When it came, by whose rules it is judged, and what of the facts is otherwise. */
interface Decided extends Partial<Facts> {
  readonly receivedAt?: string
  readonly branch?: Branch
  readonly limits?: typeof conversationLimits
}

function decided(
  form: Partial<FormClaim>,
  { receivedAt = '2026-11-22T03:00:00.000Z', branch = amur, limits = conversationLimits, ...world }: Decided = {},
) {
  const said = { form: { account: '2800000002', meter: '555111222', values: { T1: '5000' }, confirmed: [], ...form } }
  const about = { channel: 'web-form', eventChannel: 'WEB', deliveryId: 'd', sender: null, phone: null } as const
  const delivery: Delivery = { ...about, receivedAt, said, language: 'ru' }
  return createDialog({ branches: [branch], limits }).decide(delivery, { ...facts, ...world })
}

const outcome = (form: Partial<FormClaim>, branch?: Branch, world: Partial<Facts> = {}) => {
  const [first] = decided(form, { ...(branch && { branch }), ...world }).answer.outcomes
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

  test('of an account whose branch there is not is held until there is one', () => {
    const byAccount = () => [{ ...account('2800000002', null, meter('555111222')), branch: 'elsewhere' }]
    expect(outcome({}, amur, { byAccount })).toBe('held REGISTRY_UNAVAILABLE')
  })

  test('that is not on the account is refused in that account’s name', () => {
    const [event] = decided({ meter: '1' }).events
    expect(JSON.parse(event?.data ?? '')).toMatchObject({ account: '2800000002', codes: ['METER_MISMATCH'] })
  })

  test('keeps the old number that was written, as rule 4 writes it', () => {
    const [event] = decided({ account: 'kp 468713' }).events
    expect(JSON.parse(event?.data ?? '')).toMatchObject({ account: '2800000002', submittedAccount: 'КР468713' })
  })

  test('is not found by an old account where the branch refuses those', () => {
    const strict = { ...amur, oldAccounts: 'refuse' as const }
    expect(outcome({ account: 'КР468713' }, strict)).toBe('rejected OLD_ACCOUNT')
    const [event] = decided({ account: 'КР468713' }, { branch: strict }).events
    expect(JSON.parse(event?.data ?? '')).toMatchObject({ account: '2800000002', meter: '555111222' })
  })
})

describe('another meter that was proposed and taken', () => {
  const taken = { account: '2800000001', meter: '99912345', confirmed: ['VERY_HIGH'], proposalTaken: true } as const
  const flagsOf = (form: Partial<FormClaim>) => outcome({ ...taken, ...form, values: { T1: '5000' } })

  test.each<[string, Partial<FormClaim>, string]>([
    ['is named where the one asked about was', { meter: '2345', askedMeter: '0012345678' }, 'accepted CONFIRMED'],
    ['is not where that one was not', { meter: '2345', askedMeter: '5678' }, 'accepted CONFIRMED NO_SERIAL'],
    ['is not where that one was not, known as it is', { askedMeter: '5678' }, 'accepted CONFIRMED NO_SERIAL'],
    [
      'is not by another account’s, though one old number leads to both',
      { account: 'КР468713', meter: '2345', askedMeter: '555111222' },
      'accepted CONFIRMED NO_SERIAL OLD_ACCOUNT',
    ],
    [
      'is not where no proposal was taken',
      { meter: '2345', askedMeter: '0012345678', proposalTaken: false },
      'accepted CONFIRMED NO_SERIAL',
    ],
  ])('%s', (_what, form, expected) => expect(flagsOf(form)).toBe(expected))
})

test('a proposal that was taken is asked about as it is, with no other in its place', () => {
  const proposalOf = (proposalTaken: boolean) =>
    decided({ values: { T1: '500500' }, proposalTaken }).answer.items[0]?.proposal
  expect(proposalOf(false)).toMatchObject({ values: [{ value: '5005' }] })
  expect(proposalOf(true)).toBeNull()
})

test.each<[string, Partial<FormClaim>, string]>([
  ['whole is held', {}, 'held REGISTRY_UNAVAILABLE'],
  ['with an old account is held', { account: 'кр468713' }, 'held REGISTRY_UNAVAILABLE'],
  ['with what is no account is refused', { account: '12' }, 'rejected ACCOUNT_UNKNOWN'],
  ['without an account is asked for it', { account: '' }, 'asked ACCOUNT_NEEDED'],
  ['without a serial is asked for it', { meter: '' }, 'asked METER_NEEDED'],
  ['without a value is asked for it', { values: { T1: ' ' } }, 'asked VALUES_NEEDED'],
  ['with a value that is none is refused', { values: { T1: '5000', T2: '1e3' } }, 'rejected BAD_VALUE'],
])('without the registry a form %s', (_what, form, expected) =>
  expect(outcome(form, amur, { registry: 'down' })).toBe(expected),
)

test.each([
  ['with a space between thousands', { T1: '5 000' }, 'accepted '],
  ['in wide digits', { T1: '５０００' }, 'accepted '],
  ['in blanks', { T1: ' \u00a0' }, 'asked VALUES_NEEDED'],
  ['beside one that is none of the meter’s', { T1: '5000', T2: 'x' }, 'rejected BAD_VALUE'],
])('a value %s is %s: %s', (_how, values, expected) => expect(outcome({ values })).toBe(expected))

test('a letter in one of two values is asked about with both as they may be meant', () => {
  const [register] = meter('1').registers
  const registers = [register, { ...register, register: 'T2', zone: 'NIGHT' }] as Meter['registers']
  const byAccount = () => [account('2800000002', null, meter('555111222', { registers }))]
  const { items } = decided({ values: { T1: '49О0', T2: '5000' } }, { byAccount }).answer
  const values = [expect.objectContaining({ value: '4900' }), expect.objectContaining({ value: '5000' })]
  expect(items).toMatchObject([{ outcome: { code: 'BAD_VALUE' }, proposal: { meter: '555111222', values } }])
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
  const flagsOf = (valuesAt: string | null, limits = conversationLimits, more: Partial<FormClaim> = {}) => {
    const said = { values: { T1: '6000' }, confirmed, valuesAt, ...more }
    const [first] = decided(said, { receivedAt: late, limits }).answer.outcomes
    return first?.kind === 'accepted' ? first.flags.includes('OUT_OF_WINDOW') : null
  }

  test.each([
    ['counts from the submission that brought the values', '2026-11-25T14:00:00.000Z', false],
    ['counts from now where the values came with it', null, true],
    ['is not believed to be older than a day', '2026-11-24T15:29:59.000Z', true],
    ['is not believed to come from the future', '2026-12-20T03:00:00.000Z', true],
  ])('%s', (_what, valuesAt, isLate) => expect(flagsOf(valuesAt)).toBe(isLate))

  test('is believed to be as old as a question may be', () => {
    const limits = { ...conversationLimits, confirmMs: 48 * 3_600_000 }
    expect(flagsOf('2026-11-23T15:30:00.000Z', limits)).toBe(false)
    expect(flagsOf('2026-11-23T15:29:59.999Z', limits)).toBe(true)
  })

  test('is not believed to be older where nothing was confirmed', () => {
    const plain = { values: { T1: '5000' }, confirmed: [] }
    expect(flagsOf('2026-11-25T14:00:00.000Z', conversationLimits, plain)).toBe(true)
  })

  test('orders its reading by when it was settled', () => {
    const valuesAt = '2026-11-25T14:00:00.000Z'
    const { readings, events } = decided({ values: { T1: '6000' }, confirmed, valuesAt }, { receivedAt: late })
    expect(readings).toMatchObject([{ orderAt: late, period: '2026-11' }])
    expect(JSON.parse(events[0]?.data ?? '')).toMatchObject({ receivedAt: valuesAt })
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
