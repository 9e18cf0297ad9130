import { expect, test } from 'vitest'
import { heard } from './talk.ts'

const TAKEN = 'accepted;flags="NO_SERIAL" 5057 56311'
const DAY_AND_NIGHT = 'accepted;flags="NO_SERIAL" 0094 24563+76572'

test.each([
  // Rule 11: a minus counts with a unit or a label glued to its digits, too; an account has none.
  ['2880950488 -56311квт', 'rejected;code=BAD_VALUE'],
  ['2880950488 T1: -56311,5квт', 'rejected;code=BAD_VALUE'],
  ['2826262233 -24563день -76572ночь', 'rejected;code=BAD_VALUE'],
  ['2880950488 показания-56311квт', TAKEN],
  ['2826262233 24563день-76572ночь', DAY_AND_NIGHT],
  ['лицевой счёт -2880950488 56311', TAKEN],
  ['лицевой счёт -2880950488 показания -56311', 'rejected;code=BAD_VALUE'],
])('«%s» is %s', (text, comesTo) => expect(heard(text)).toBe(comesTo))
