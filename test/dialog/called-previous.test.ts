import { expect, test } from 'vitest'
import { heard } from './talk.ts'

const TAKEN = 'accepted;flags="NO_SERIAL" 5057 56311'
const DAY_AND_NIGHT = 'accepted;flags="NO_SERIAL" 0094 24563+76572'

/** Rule 12: the words of a text stand in front of their numbers or behind them, and each number has one word at most. */
test.each([
  ['2826262233 24288 было 24563 стало 76451 было 76572 стало', DAY_AND_NIGHT],
  ['2826262233 24288 день, 76451 ночь (пред.), 24563 день, 76572 ночь (тек.)', DAY_AND_NIGHT],
  ['2826262233 24288 / 76451 было, 24563 / 76572 стало', DAY_AND_NIGHT],
  ['2826262233 прошлые т1 24288\nт2 76451\nт1 24563\nт2 76572', DAY_AND_NIGHT],
  ['2880950488 56311, было 55959, расход', TAKEN],
  ['2880950488 55959 за прошлый месяц, 56311', TAKEN],
  ['2880950488 18035 а 17760 старые а 275 - итого', 'asked;code=BELOW_PREVIOUS'],
  ['2880950488 352 киловатта израсходовал', 'asked;code=VALUES_NEEDED'],
  // A bracket without numbers belongs to the number behind it.
  ['2880950488 (расход за месяц) 352, 56311', TAKEN],
  ['2880950488 (предыдущие показания на 22.10) 55959, 56311', TAKEN],
  ['2880950488 (предыдущие) 55959 (текущие) 56311', TAKEN],
  // Where the words leave two meanings, it is asked.
  ['2826262233 день 24288 было 24563, ночь 76451 было 76572', 'rejected;code=EXTRA_VALUES'],
])('«%s» is %s', (text, comesTo) => expect(heard(text)).toBe(comesTo))
