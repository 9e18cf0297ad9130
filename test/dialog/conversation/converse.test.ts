import { describe, expect, test } from 'vitest'
import { outcomesOf, STRANGER, talk } from '../talk.ts'

type Turns = readonly (string | readonly [at: string, text: string])[]
type Row = readonly [why: string, turns: Turns, outcomes: readonly string[]]

const HIGH = '2866648321 20296'
const SWAPPED = '2881125382 26486'
const veryHigh = 'asked;code=VERY_HIGH'
const below = 'asked;code=BELOW_PREVIOUS'
const accepted = 'accepted;flags="NO_SERIAL"'
const confirmed = 'accepted;flags="CONFIRMED HIGH NO_SERIAL"'

const completed: readonly Row[] = [
  ['account, then value', ['2880950488', '56311'], ['asked;code=VALUES_NEEDED', accepted]],
  ['value, then account', ['56311', '2880950488'], ['asked;code=ACCOUNT_NEEDED', accepted]],
  [
    'value, then account and serial',
    ['56311', '2880950488 250592064305057'],
    ['asked;code=ACCOUNT_NEEDED', 'accepted'],
  ],
  [
    'value, then another value with the account',
    ['56311', '2880950488 56312'],
    ['asked;code=ACCOUNT_NEEDED', accepted],
  ],
  [
    'serial, then account, then value',
    ['250592064305057', '2880950488', '56311'],
    ['asked;code=ACCOUNT_NEEDED', 'asked;code=VALUES_NEEDED', 'accepted'],
  ],
  [
    "a labelled serial of an account's length with the value, then the account",
    ['счетчик 103915827 показания 16242', 'лс 2863707872'],
    ['asked;code=ACCOUNT_NEEDED', 'accepted'],
  ],
  [
    "value, then a labelled serial of an account's length, then the account",
    ['782074', 'счетчик 921743738', 'лс 2824557529'],
    ['asked;code=ACCOUNT_NEEDED', 'asked;code=ACCOUNT_NEEDED', 'accepted'],
  ],
  [
    'value, then the last digits of a labelled serial, then the account',
    ['782074', 'счетчик 3738', 'лс 2824557529'],
    ['asked;code=ACCOUNT_NEEDED', 'asked;code=ACCOUNT_NEEDED', accepted],
  ],
  [
    'a wrong account first',
    ['56311', '2800000017', '2880950488'],
    ['asked;code=ACCOUNT_NEEDED', 'rejected;code=ACCOUNT_UNKNOWN', accepted],
  ],
  [
    'thanks between the question and its answer',
    ['56311', 'спасибо', '2880950488'],
    ['asked;code=ACCOUNT_NEEDED', 'none;code=HELP', accepted],
  ],
  [
    'labelled values wait for their account',
    ['ночь 76572 день 24563', '2826262233'],
    ['asked;code=ACCOUNT_NEEDED', accepted],
  ],
  [
    'an old number of several accounts, then the serial',
    ['КР468713 56335', '250592064305057'],
    ['asked;code=ACCOUNT_NEEDED', 'accepted;flags="OLD_ACCOUNT"'],
  ],
  [
    'an old number of several accounts, then the new one',
    ['КР468713 56335', '2880950488'],
    ['asked;code=ACCOUNT_NEEDED', accepted],
  ],
  ['one register, then the other', ['2826262233 24563', '76572'], ['asked;code=FEW_VALUES', accepted]],
  ['one register, then all', ['2826262233 24563', '24563 76572'], ['asked;code=FEW_VALUES', accepted]],
  ['one register, then the other in groups', ['2826262233 24563', '76 572'], ['asked;code=FEW_VALUES', accepted]],
  [
    'one register, corrected by its label, then the other',
    ['2826262233 24563', 'день 24570', '76572'],
    ['asked;code=FEW_VALUES', 'asked;code=FEW_VALUES', accepted],
  ],
  [
    'a label that no register has, then its value without it',
    ['2826262233 пик 24563 ночь 76572', '24563'],
    ['asked;code=FEW_VALUES', accepted],
  ],
  [
    'three registers one by one',
    ['2884301686 ночь 201308', 'пик 693800', 'полупик 716501'],
    ['asked;code=FEW_VALUES', 'asked;code=FEW_VALUES', accepted],
  ],
  ['the serial that was asked for', ['2863396002 54556', '381652893858840'], ['asked;code=METER_NEEDED', 'accepted']],
  ['its last digits', ['2863396002 54556', '8840'], ['asked;code=METER_NEEDED', accepted]],
  ['its service', ['62499/05 271187', 'свет'], ['asked;code=METER_NEEDED', accepted]],
  [
    'a serial of nobody, then the right one',
    ['2863396002 54556', '111111111111', '381652893858840'],
    ['asked;code=METER_NEEDED', 'rejected;code=METER_MISMATCH', 'accepted'],
  ],
  [
    'a value in place of the serial replaces the value',
    ['2863396002 54556', '54560', '381652893858840'],
    ['asked;code=METER_NEEDED', 'asked;code=METER_NEEDED', 'accepted'],
  ],
  [
    'a yes to what needs a number asks again',
    ['2896081693', 'да'],
    ['asked;code=VALUES_NEEDED', 'asked;code=VALUES_NEEDED'],
  ],
  ['another account stands for itself', ['2896081693', '2880950488 56311'], ['asked;code=VALUES_NEEDED', accepted]],
  [
    'two meters, one value missing',
    ['2842345369 737408044 19584 706205891', '40631'],
    ['accepted, asked;code=VALUES_NEEDED', 'accepted'],
  ],
]

const LAST = '2026-11-25T14:59:59Z'
const LATE = '2026-11-25T15:00:10Z'

const inTime: readonly Row[] = [
  [
    'goes on for 30 minutes',
    [
      ['2026-11-22T03:00:00Z', '2896081693'],
      ['2026-11-22T03:30:00Z', '251123'],
    ],
    ['asked;code=VALUES_NEEDED', accepted],
  ],
  [
    'and not longer',
    [
      ['2026-11-22T03:00:00Z', '2896081693'],
      ['2026-11-22T03:30:01Z', '251123'],
    ],
    ['asked;code=VALUES_NEEDED', 'asked;code=ACCOUNT_NEEDED'],
  ],
  [
    'a message that comes late does not wind it back',
    [
      ['2026-11-22T03:00:00Z', '2896081693'],
      ['2026-11-20T03:00:00Z', 'спасибо'],
      ['2026-11-22T03:01:00Z', '251123'],
    ],
    ['asked;code=VALUES_NEEDED', 'none;code=HELP', accepted],
  ],
  [
    'a yes is good for 24 hours',
    [
      ['2026-11-22T03:00:00Z', HIGH],
      ['2026-11-23T02:59:59Z', 'да'],
    ],
    [veryHigh, confirmed],
  ],
  [
    'and not longer',
    [
      ['2026-11-22T03:00:00Z', HIGH],
      ['2026-11-23T03:00:01Z', 'да'],
    ],
    [veryHigh, 'none;code=HELP'],
  ],
  [
    'thanks in between make it no longer',
    [
      ['2026-11-22T03:00:00Z', HIGH],
      ['2026-11-22T23:00:00Z', 'спасибо'],
      ['2026-11-23T03:00:01Z', 'да'],
    ],
    [veryHigh, 'none;code=HELP', 'none;code=HELP'],
  ],
  [
    'the yes comes after the window',
    [
      [LAST, HIGH],
      [LATE, 'да'],
    ],
    [veryHigh, confirmed],
  ],
  [
    'the value comes after the window',
    [
      [LAST, '2896081693'],
      [LATE, '251123'],
    ],
    ['asked;code=VALUES_NEEDED', 'accepted;flags="NO_SERIAL OUT_OF_WINDOW"'],
  ],
  [
    'the account comes after the window',
    [
      [LAST, '251123'],
      [LATE, '2896081693'],
    ],
    ['asked;code=ACCOUNT_NEEDED', accepted],
  ],
  [
    'the serial comes after the window',
    [
      [LAST, '2863396002 54556'],
      [LATE, '381652893858840'],
    ],
    ['asked;code=METER_NEEDED', 'accepted'],
  ],
  [
    'the proposal is taken after the window',
    [
      [LAST, SWAPPED],
      [LATE, 'да'],
    ],
    [below, 'accepted;flags="CONFIRMED NO_SERIAL"'],
  ],
  [
    'another value comes after the window',
    [
      [LAST, SWAPPED],
      [LATE, 'нет, 26846'],
    ],
    [below, 'accepted;flags="NO_SERIAL OUT_OF_WINDOW"'],
  ],
]

describe('a conversation', () => {
  test.each(completed)('completes or replaces: %s', (_why, turns, outcomes) =>
    expect(outcomesOf(...turns)).toEqual(outcomes),
  )
  test.each(inTime)('keeps its time: %s', (_why, turns, outcomes) => expect(outcomesOf(...turns)).toEqual(outcomes))

  test('keeps two senders apart', () => {
    const say = talk()
    say(STRANGER, '2880950488')
    expect(say('+79990000001', '56311').outcome).toBe('asked;code=ACCOUNT_NEEDED')
  })

  test('asks a known phone with two accounts, and takes the serial as the answer', () => {
    const say = talk()
    expect(say('+79635896059', '30035 44105').outcome).toBe('asked;code=ACCOUNT_NEEDED')
    expect(say('+79635896059', '5361493290684').outcome).toBe('accepted')
  })

  test('replaces a reading, and calls the same one a duplicate', () => {
    const turns = ['2896193643 11333', 'ошиблась, 2896193643 11342', '2896193643 11342,7']
    expect(outcomesOf(...turns)).toEqual([accepted, accepted, 'duplicate'])
  })

  test('lets the latest receipt stand, whatever comes in later', () => {
    const turns: Turns = [
      ['2026-11-22T03:00:00Z', '2880950488 56320'],
      ['2026-11-22T02:59:00Z', '2880950488 56311'],
    ]
    expect(outcomesOf(...turns)).toEqual([accepted, 'rejected;code=SUPERSEDED'])
  })
})
