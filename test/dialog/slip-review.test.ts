import { describe, expect, test } from 'vitest'
import { outcomeHeader } from '../../schemas/outcome.ts'
import { followUpOf } from '../../src/core/judged-later.ts'
import type { SlipReview } from '../../src/core/slip-claim.ts'
import { isSameReading } from '../../src/dialog/slip-review.ts'
import { amur } from './amur.ts'
import { account, decideDelivery, decideOf, type World } from './slip-world.ts'

describe('a person’s reading of a slip', () => {
  const reviewed = (change: Partial<SlipReview>, world: World = {}) => {
    const read = [{ register: 'T1', value: '4990', confidence: 0.9999, sure: true }]
    const base = { reviews: 'the-slip', read, account: '2800000001', meter: '0012345678', confirmed: [] }
    const slipReview = { ...base, values: { T1: '4990' }, ...change }
    return decideOf({ slipReview }, '2026-11-22T03:00:00.000Z', world)
  }

  test.each([
    ['as it was read', {}, 'accepted', false],
    ['otherwise', { values: { T1: '4999' } }, 'accepted', true],
    [
      'far above the usual, and sure of it',
      { values: { T1: '5690' }, confirmed: ['VERY_HIGH'] },
      'accepted;flags="CONFIRMED HIGH"',
      true,
    ],
    ['not at all', { values: null }, 'rejected;code=UNREADABLE', true],
  ] as const)('%s settles it', (_how, change, expected, disagrees) => {
    const decision = reviewed(change)
    expect(outcomeHeader(decision.answer.outcomes)).toBe(expected)
    expect(decision.slipVerdict).toMatchObject({ reviews: 'the-slip', disagrees })
  })

  test('that cannot be read for one register says nothing of another that was surely read', () => {
    const sure = { register: 'T1', value: '4990', confidence: 0.9999, sure: true }
    const read = [sure, { ...sure, register: 'T2', confidence: 0.2, sure: false }]
    expect(reviewed({ values: null, read }).slipVerdict?.disagrees).toBe(false)
  })

  test('that says otherwise of what was surely read disagrees, whatever stands beside it', () => {
    const sure = { register: 'T1', value: '4990', confidence: 0.9999, sure: true }
    const read = [sure, { ...sure, register: 'T2', confidence: 0.2, sure: false }]
    expect(reviewed({ values: { T1: '4999', T2: '4990' }, read }).slipVerdict?.disagrees).toBe(true)
  })

  test('takes the place of what the customer said before', () => {
    const told = { branch: 'amur', account: '2800000001', meter: '0012345678', period: '2026-11', byOperator: false }
    const standing = [{ ...told, registers: { T1: '4980' }, orderAt: '2026-11-21T03:00:00.000Z', eventId: 'the-first' }]
    expect(JSON.parse(reviewed({}, { standing }).events[0]?.data ?? '{}')).toMatchObject({ supersedes: 'the-first' })
  })

  test.each([
    ['takes the place of what the customer said later, as an operator’s does', {}, 'accepted'],
    ['or leaves that as it stands, where the person says so', { yields: true }, 'rejected;code=SUPERSEDED'],
  ] as const)('%s', (_what, change, outcome) => {
    const told = { branch: 'amur', account: '2800000001', meter: '0012345678', period: '2026-11', byOperator: false }
    const standing = [{ ...told, registers: { T1: '4980' }, orderAt: '2026-11-23T03:00:00.000Z', eventId: 'the-later' }]
    const decision = reviewed(change, { standing })
    expect(outcomeHeader(decision.answer.outcomes)).toBe(outcome)
    expect(decision.slipVerdict).toMatchObject({ values: { T1: '4990' } })
  })

  test('names the account as rule 3 writes it', () => {
    const [event] = reviewed({ account: 'ЛС 2800-000001' }).events
    expect(JSON.parse(event?.data ?? '{}')).toMatchObject({ submittedAccount: '2800000001' })
  })

  test('of an account whose branch there is not is held', () => {
    const held = reviewed({}, { accounts: [{ ...account, branch: 'elsewhere' }] })
    expect(outcomeHeader(held.answer.outcomes)).toBe('held;code=REGISTRY_UNAVAILABLE')
  })

  test('is an operator’s', () => {
    expect(JSON.parse(reviewed({}).events[0]?.data ?? '{}')).toMatchObject({ channel: 'SLIP', quality: 'OPERATOR' })
    expect(reviewed({}).readings).toMatchObject([{ byOperator: true, orderAt: '2026-11-22T03:00:00.000Z' }])
  })

  test('that is still doubtful settles nothing', () => {
    expect(reviewed({ values: { T1: '5690' } }).slipVerdict).toBeUndefined()
  })

  test.each([
    ['accepted', {}, { T1: '4990' }],
    ['held;code=VERY_HIGH', { values: { T1: '5690' } }, undefined],
  ])('that waited for the registry is %s once that has come, and settles what it can', (outcome, change, values) => {
    const waited = reviewed(change, { registry: 'down' })
    expect(outcomeHeader(waited.answer.outcomes)).toBe('held;code=REGISTRY_UNAVAILABLE')
    expect(waited.slipVerdict).toBeUndefined()
    const later = decideDelivery(followUpOf(waited.delivery), {})
    expect(outcomeHeader(later.answer.outcomes)).toBe(outcome)
    expect(later.slipVerdict?.values).toEqual(values)
  })

  test.each([
    ['whose account is known', {}, { branch: 'amur', account: '2800000001', meter: '0012345678' }],
    ['of a meter that is not on the account', { meter: '5550001' }, { branch: 'amur', account: '2800000001' }],
    ['whose code can’t be read', { account: '', meter: '' }, {}],
  ])('that is unreadable and %s names as much in its event', (_whose, change, expected) => {
    const [{ data = '{}' } = {}] = reviewed({ values: null, ...change }).events
    const { branch, account: number, meter: serial } = JSON.parse(data) as Record<string, unknown>
    expect({ branch, account: number, meter: serial }).toEqual(expected)
  })

  test('with an old account is refused where its branch refuses those, as the slip itself is', () => {
    const old = { account: 'КР468713' }
    expect(outcomeHeader(reviewed(old).answer.outcomes)).toBe('accepted;flags="OLD_ACCOUNT"')
    const refused = reviewed(old, { branch: { ...amur, oldAccounts: 'refuse' } })
    expect(outcomeHeader(refused.answer.outcomes)).toBe('rejected;code=OLD_ACCOUNT')
    expect(JSON.parse(refused.events[0]?.data ?? '{}')).toMatchObject({ account: '2800000001', meter: '0012345678' })
  })

  test('of a meter that is not on the account is refused in that account’s name', () => {
    const [event] = reviewed({ meter: '5550001' }).events
    expect(JSON.parse(event?.data ?? '{}')).toMatchObject({ account: '2800000001', codes: ['METER_MISMATCH'] })
  })
})

test.each([
  ['04990', '4990', true],
  ['4990.5', '4990,5', true],
  ['4990.50', '4990.5', true],
  ['4990', '499', false],
  ['4990', '4990?', false],
  ['4990', undefined, false],
  [null, '4990', false],
])('read as %s and typed as %s is the same reading: %s', (read, typed, isSame) => {
  expect(isSameReading(read, typed)).toBe(isSame)
})
