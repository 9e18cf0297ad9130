import { describe, expect, test } from 'vitest'
import type { Account } from '../../../src/core/facts.ts'
import { ROWS_MAX } from '../../../src/dialog/chat/buttons.ts'
import { fixtureAccounts } from '../../core/fixture-registry.ts'
import { memoryRegistry, talk } from '../talk.ts'
import { chats } from './talk.ts'

const WHICH = 'По какому счётчику показание?'
/** Two accounts with one meter of two registers each, 5361493290684 and 955423300791. */
const TWO_ACCOUNTS = '+79635896059'
/** One account with two meters, 984840569533086 and 102923042545. */
const TWO_METERS = '+79097140165'

function bound(phone: string) {
  const user = chats()('U1')
  user.send({ kind: 'contact', phone })
  return user
}

describe('which meter it is, answered by the last digits that its button shows', () => {
  test.each(['0684', '*0684', 'Свет *0684', 'счётчик 0684'])(
    '«%s» leads to its account, and the value stays',
    (text) => {
      const user = bound(TWO_ACCOUNTS)
      const asked = user.type('29900 44100')
      expect(asked).toMatchObject({ outcome: 'asked;code=ACCOUNT_NEEDED', text: WHICH })
      const taken = user.type(text)
      expect(taken.outcome).toBe('accepted;flags="NO_SERIAL"')
      expect(taken.accepted).toMatchObject([{ meter: '5361493290684', registers: { T1: '29900', T2: '44100' } }])
      expect(taken.decision.settles).toEqual([asked.decision.answer.submissionId])
    },
  )

  test('doubtful values get their question, with what is proposed (rule 21)', () => {
    const user = bound(TWO_ACCOUNTS)
    user.type('44100 29900')
    expect(user.tap('Свет *0684')).toMatchObject({ outcome: 'asked;code=BELOW_PREVIOUS' })
    expect(user.tap('Да, верно').accepted).toMatchObject([{ registers: { T1: '29900', T2: '44100' } }])
  })

  test('so too by text message', () => {
    const say = talk()
    expect(say(TWO_ACCOUNTS, '29900 44100').outcome).toBe('asked;code=ACCOUNT_NEEDED')
    expect(say(TWO_ACCOUNTS, '0684').accepted).toMatchObject([{ registers: { T1: '29900', T2: '44100' } }])
  })

  test('so too where the accounts became known after the value', () => {
    const user = chats()('U1')
    user.type('29900 44100')
    expect(user.send({ kind: 'contact', phone: TWO_ACCOUNTS }).text).toContain(WHICH)
    expect(user.type('0684').accepted).toMatchObject([{ registers: { T1: '29900', T2: '44100' } }])
  })

  test.each(['5361493290684 29931 44090', '2891652287 5361493290684 29931 44090'])(
    '«%s» says all anew, by text message too',
    (text) => {
      const user = chats()('U1')
      user.type('29900 44100')
      user.send({ kind: 'contact', phone: TWO_ACCOUNTS })
      const say = talk()
      expect(say(TWO_ACCOUNTS, '29900 44100').outcome).toBe('asked;code=ACCOUNT_NEEDED')
      for (const heard of [user.type(text), say(TWO_ACCOUNTS, text)]) {
        expect(heard.accepted).toMatchObject([{ registers: { T1: '29931', T2: '44090' } }])
        expect(heard.decision.settles).toHaveLength(1)
      }
    },
  )

  test('a value that was begun is gone on with, though the list was opened', () => {
    const user = bound(TWO_ACCOUNTS)
    user.type('5361493290684 29900')
    expect(user.tap('Передать').text).toContain('Теперь ночь')
    expect(user.type('44100').accepted).toMatchObject([{ registers: { T1: '29900', T2: '44100' } }])
  })

  test('digits that were sent before any value are none', () => {
    const user = bound(TWO_ACCOUNTS)
    user.type('*0684')
    expect(user.type('0684')).toMatchObject({ outcome: 'asked;code=VALUES_NEEDED' })
    expect(user.type('29900 44100').accepted).toMatchObject([{ registers: { T1: '29900', T2: '44100' } }])
  })

  test('other digits are a value in its place', () => {
    const user = bound(TWO_ACCOUNTS)
    user.type('29900 44100')
    expect(user.type('0685')).toMatchObject({ outcome: 'asked;code=ACCOUNT_NEEDED', text: WHICH })
  })

  test.each([
    [TWO_ACCOUNTS, '0684', 'Счётчик *0684, день: напишите показание.'],
    [TWO_ACCOUNTS, '5361493290684', 'Счётчик *0684, день: напишите показание.'],
    [TWO_METERS, '3086', 'Счётчик *3086: напишите показание.'],
    [TWO_METERS, '6900', WHICH],
    [TWO_METERS, 'свет', WHICH],
  ])('of %s, where no value came yet: «%s»', (phone, text, said) => {
    const user = bound(phone)
    expect(user.tap('Передать').text).toBe(WHICH)
    expect(user.type(text).text).toBe(said)
  })

  test.each(['984840569533086 6900', '3086 6900', '2880950488 56311'])('«%s» leaves nothing to be chosen', (text) => {
    const user = bound(TWO_METERS)
    user.tap('Передать')
    expect(user.type(text)).toMatchObject({ accepted: [{}], text: expect.stringMatching(/^Принято: [^\n]*$/) })
  })
})

test('«Исправить» under a reading names its meter, though the digits before did not', () => {
  const user = bound(TWO_METERS)
  expect(user.type('3086 6900').flags).toEqual(['NO_SERIAL'])
  user.tap('Исправить')
  expect(user.type('6901')).toMatchObject({ accepted: [{ registers: { T1: '6901' } }], flags: [] })
})

describe('values that wait for their meter', () => {
  /** A bill of somebody else. */
  const BILL = { account: '2883307231', meter: '1933694442343' }
  const OWN = { account: '2878648003', meter: '655341151' }

  test("are not taken for another account's by its bill", () => {
    const user = chats()('U1')
    expect(user.type(`${OWN.account} 7500`).outcome).toBe('asked;code=METER_NEEDED')
    const heard = user.send({ kind: 'identity', ...BILL })
    expect(heard).toMatchObject({ outcome: 'none;code=HELP', decision: { events: [], settles: [] } })
    expect(heard.text).toContain('Счётчик *2343, день: напишите показание.')
  })

  test('are not taken for the last digits of one by a bill that names none', () => {
    const user = chats()('U1')
    user.type(`${OWN.account} 7500`)
    expect(user.send({ kind: 'identity', account: OWN.account, meter: null }).outcome).toBe('asked;code=METER_NEEDED')
    expect(user.send({ kind: 'identity', ...OWN }).text).toContain('7500')
  })
})

describe('a chat with more meters than rows', () => {
  const single = [...fixtureAccounts().values()].filter(({ meters }) => meters.length === 1)
  const opened = (accounts: readonly Account[]) =>
    chats(memoryRegistry(accounts.map((one) => ({ ...one, phone: TWO_METERS }))))('U1')

  test('has a button for each, and the menu', () => {
    const user = opened(single.slice(0, 12))
    user.send({ kind: 'contact', phone: TWO_METERS })
    for (const [tapped, begins] of [
      ['Передать', 'Свет'],
      ['Мои', 'Отвязать'],
    ] as const) {
      const { message, labels } = user.tap(tapped)
      expect(labels.filter((label) => label.startsWith(begins))).toHaveLength(12)
      expect(labels).toEqual(expect.arrayContaining(['Отмена', 'Передать показание', 'Мои счётчики', 'Помощь']))
      expect(message?.buttons.length).toBeLessThanOrEqual(ROWS_MAX)
    }
  })

  test('says how to name those that found no place', () => {
    const [first] = single as [Account]
    const [meter] = first.meters
    const meters = Array.from({ length: 17 }, (_, at) => ({
      ...(meter as NonNullable<typeof meter>),
      meter: `9000${at}`,
    }))
    const user = opened([{ ...first, meters }])
    user.send({ kind: 'contact', phone: TWO_METERS })
    expect(user.tap('Передать').text).toBe(`${WHICH}\nОстальные счётчики – по номеру: напишите номер и показание.`)
  })
})

test.each([
  ['54400', /^accepted/],
  ['60001', /VERY_HIGH/],
])('«%s» whose meter is chosen takes the place of what was asked about that meter', (value, outcome) => {
  const user = chats()('U1')
  user.send({ kind: 'contact', phone: '+79620899942' })
  const asked = user.type('381652893858840 60000')
  expect(asked.outcome).toBe('asked;code=VERY_HIGH')
  const which = user.type(value, '2026-11-22T03:40:00Z')
  expect(which.outcome).toBe('asked;code=METER_NEEDED')
  const chosen = user.tap('Свет *8840', '2026-11-22T03:41:00Z')
  expect(chosen.outcome).toMatch(outcome)
  expect(chosen.text).not.toContain('60000')
  const submissions = [asked, which].map(({ decision }) => decision.answer.submissionId)
  expect(chosen.decision.settles.toSorted()).toEqual(submissions.toSorted())
  expect(user.type('да', '2026-11-22T03:42:00Z').accepted.map(({ registers }) => registers)).toEqual(
    value === '60001' ? [{ T1: '60001' }] : [],
  )
})
