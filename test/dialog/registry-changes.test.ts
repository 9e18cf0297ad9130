import { expect, test } from 'vitest'
import type { Account, Meter } from '../../src/core/facts.ts'
import { meter } from '../core/claims.ts'
import { changingRegistry, STRANGER, talk } from './talk.ts'

const PHONE = '+79001112233'
const asked: Meter = { ...meter([{}]), meter: '11112222' }
const other: Meter = { ...meter([{}]), meter: '33334444' }
const zoned: Meter = { ...meter([{}, { zone: 'NIGHT' }]), meter: '11112222' }

function account(meters: readonly Meter[], number = '2811111111'): Account {
  return { branch: 'amur', account: number, oldAccount: null, unifiedAccount: null, phone: PHONE, meters }
}

/** A conversation between whose turns the registry is imported anew. */
function changing(before: readonly Account[]) {
  const { reader, imported } = changingRegistry(before)
  return { say: talk(reader), imported }
}

const replaced = account([{ ...asked, status: 'ARCHIVED', replacedBy: '33334444' }, other])
const archived = account([{ ...asked, status: 'ARCHIVED' }])
const gone = account([other])

test.each([
  ['replaced', replaced, 'held;code=METER_REPLACED'],
  ['archived', archived, 'rejected;code=METER_ARCHIVED'],
  ['no longer on the account', gone, 'rejected;code=METER_MISMATCH'],
])('a yes to a question about a meter that is %s since then takes no reading', (_how, after, outcome) => {
  const { say, imported } = changing([account([asked])])
  expect(say(PHONE, '5500').outcome).toBe('asked;code=VERY_HIGH')
  imported([after])
  const { decision, accepted, text, ...said } = say(PHONE, 'да')
  expect([said.outcome, accepted]).toEqual([outcome, []])
  expect(text).toMatch(/^[А-Я]/)
  expect(decision.settles).toHaveLength(1)
  expect(say(PHONE, 'да').outcome).toBe('none;code=HELP')
})

test.each([
  ['replaced', replaced, 'held;code=METER_REPLACED'],
  ['no longer on the account', gone, 'rejected;code=METER_MISMATCH'],
])(
  'a yes where a value was asked for ends the question about a meter that is %s since then',
  (_how, after, outcome) => {
    const { say, imported } = changing([account([zoned])])
    expect(say(PHONE, '5000').outcome).toBe('asked;code=FEW_VALUES')
    imported([after])
    const { decision, ...said } = say(PHONE, 'да')
    expect([said.outcome, decision.settles.length]).toEqual([outcome, 1])
    expect(say(PHONE, 'да').outcome).toBe('none;code=HELP')
  },
)

test.each([[['2811111111 11112222 5500']], [['2811111111 11112222 5500', 'нет']]])(
  "a number alone is no reading of another customer's meter that has the asked account's number now (%j)",
  (before) => {
    const { say, imported } = changing([account([asked])])
    for (const text of before) say(STRANGER, text)
    imported([account([other])])
    expect(say(STRANGER, '5000').outcome).toBe('asked;code=ACCOUNT_NEEDED')
  },
)

test('a number is no reading of an account that is gone since it was refused', () => {
  const { say, imported } = changing([account([asked]), { ...account([other], '2822222222'), phone: null }])
  expect(say(STRANGER, '2811111111 11112222 1 2 3').outcome).toBe('rejected;code=EXTRA_VALUES')
  expect(say(PHONE, '2811111111 11112222 1 2 3').outcome).toBe('rejected;code=EXTRA_VALUES')
  imported([account([other], '2822222222')])
  expect(say(STRANGER, '5000').outcome).toBe('asked;code=ACCOUNT_NEEDED')
  expect(say(PHONE, '33334444 5000').accepted).toMatchObject([{ account: '2822222222' }])
})
