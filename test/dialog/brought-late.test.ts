import { expect, test } from 'vitest'
import type { Account } from '../../src/core/facts.ts'
import { meter } from '../core/claims.ts'
import { memoryRegistry, STRANGER, talk } from './talk.ts'

const account: Account = {
  branch: 'amur',
  account: '2811111111',
  oldAccount: null,
  unifiedAccount: null,
  phone: null,
  meters: [{ ...meter([{}, { zone: 'NIGHT' }]), meter: '11112222' }],
}

/** Half a minute before the window closes, and the next evening, when the message comes to us. */
const WRITTEN = '2026-11-25T14:59:30.000Z'
const BROUGHT = '2026-11-26T16:00:00.000Z'
const after = (minutes: number) => new Date(Date.parse(BROUGHT) + minutes * 60_000).toISOString()

test.each([
  ['at once', 1, 'accepted'],
  ['at the end of the conversation', 30, 'accepted'],
  ['after it', 31, 'asked;code=ACCOUNT_NEEDED'],
])('what a message that was brought late lacks can be sent %s', (_when, minutes, outcome) => {
  const say = talk(memoryRegistry([account]))
  expect(say(STRANGER, '2811111111 11112222 4990', WRITTEN, BROUGHT).outcome).toBe('asked;code=FEW_VALUES')
  expect(say(STRANGER, '4991', after(minutes)).outcome.replace(/;flags=.*/, '')).toBe(outcome)
})

test.each([
  ['at once', 1, true],
  ['shortly before a day is over', 24 * 60 - 1, true],
  ['after a day', 24 * 60 + 1, false],
])('a yes to its question counts %s, and its own time decides the period', (_when, minutes, counts) => {
  const say = talk(memoryRegistry([account]))
  expect(say(STRANGER, '2811111111 11112222 5990 4990', WRITTEN, BROUGHT).outcome).toBe('asked;code=VERY_HIGH')
  const { accepted } = say(STRANGER, 'да', after(minutes))
  expect(accepted.map(({ period }) => period)).toEqual(counts ? ['2026-11'] : [])
})

test('messages that were brought at once get so many replies together, whenever they were written', () => {
  const say = talk(memoryRegistry([account]))
  const written = (n: number) => new Date(Date.parse(WRITTEN) + n * 600_000).toISOString()
  const replies = Array.from({ length: 12 }, (_, n) => say(STRANGER, 'привет', written(n), BROUGHT).text)
  expect(replies.filter((text) => text !== '')).toHaveLength(10)
})

test('what was said once more stands against what was received in between and arrives last', () => {
  const say = talk(memoryRegistry([account]))
  const outcomeAt = (minute: number, values: string) =>
    say(STRANGER, `2811111111 11112222 ${values}`, `2026-11-22T03:0${minute}:00.000Z`).outcome
  expect(outcomeAt(0, '4990 4991')).toBe('accepted')
  expect(outcomeAt(2, '4990 4991')).toBe('duplicate')
  expect(outcomeAt(1, '4990 4995')).toBe('rejected;code=SUPERSEDED')
  expect(outcomeAt(3, '4990 4995')).toBe('accepted')
})
