import { expect, test } from 'vitest'
import type { Account } from '../../src/core/facts.ts'
import { meter } from '../core/claims.ts'
import { memoryRegistry, STRANGER, talk } from './talk.ts'

const account = (number: string, serial: string, oldAccount: string | null): Account => ({
  branch: 'amur',
  account: number,
  oldAccount,
  unifiedAccount: null,
  phone: null,
  meters: [{ ...meter([{}]), meter: serial }],
})

/** Numbers before the single bill that have the form of new ones, and one with fewer digits. */
const registry = memoryRegistry([
  account('2822222222', '11112222', '2811111111'),
  account('2844444444', '77778888', '21111111'),
  account('2855555555', '33331111', '2866666666'),
  account('2877777777', '33332222', '2866666666'),
  // Somebody's old number is somebody else's new one: the new one counts.
  account('2833333333', '55556666', null),
  account('2888888888', '99990000', '2833333333'),
])

const OLD = 'accepted;flags="OLD_ACCOUNT"'
type Row = readonly [why: string, turns: readonly string[], outcomes: readonly string[], account: string | undefined]
const rows: readonly Row[] = [
  ['before serial and value', ['2811111111 11112222 5000'], [OLD], '2822222222'],
  ['before a value', ['2811111111 5000'], ['accepted;flags="NO_SERIAL OLD_ACCOUNT"'], '2822222222'],
  ['behind a value', ['5000 2811111111'], ['accepted;flags="NO_SERIAL OLD_ACCOUNT"'], '2822222222'],
  [
    'before an account',
    ['2811111111 5000 2833333333 5001'],
    ['accepted;flags="NO_SERIAL OLD_ACCOUNT", accepted;flags="NO_SERIAL"'],
    '2822222222',
  ],
  ['of several accounts, with a serial', ['2866666666 33332222 5000'], [OLD], '2877777777'],
  [
    'of several accounts, then the serial',
    ['5000', '2866666666', '33331111'],
    ['asked;code=ACCOUNT_NEEDED', 'asked;code=ACCOUNT_NEEDED', OLD],
    '2855555555',
  ],
  [
    'where the account was asked for',
    ['5000', '2811111111'],
    ['asked;code=ACCOUNT_NEEDED', 'accepted;flags="NO_SERIAL OLD_ACCOUNT"'],
    '2822222222',
  ],
  [
    'with fewer digits, where the account was asked for',
    ['5000', '21111111'],
    ['asked;code=ACCOUNT_NEEDED', 'accepted;flags="NO_SERIAL OLD_ACCOUNT"'],
    '2844444444',
  ],
  [
    'while another account is asked about',
    ['2833333333 5500', '2811111111 5000'],
    ['asked;code=VERY_HIGH', 'accepted;flags="NO_SERIAL OLD_ACCOUNT"'],
    '2822222222',
  ],
  ["that is somebody else's new one", ['2833333333 5000'], ['accepted;flags="NO_SERIAL"'], '2833333333'],
  ['that nobody has', ['2899999999 5000'], ['rejected;code=ACCOUNT_UNKNOWN'], undefined],
]

test.each<Row>(rows)('an old number of digits %s', (_why, turns, outcomes, number) => {
  const say = talk(registry)
  const said = turns.map((text) => say(STRANGER, text))
  expect(said.map(({ outcome }) => outcome)).toEqual(outcomes)
  expect(said.at(-1)?.accepted[0]?.account).toBe(number)
})
