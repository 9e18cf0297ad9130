import { expect, test } from 'vitest'
import { heard } from './talk.ts'

const TAKEN = 'accepted;flags="NO_SERIAL" 5057 56311'
const DAY_AND_NIGHT = 'accepted;flags="NO_SERIAL" 0094 24563+76572'
const OLD_ACCOUNT = 'accepted;flags="NO_SERIAL OLD_ACCOUNT" 8100 74388'

test.each([
  // Rule 11: a minus counts with a unit or a label glued to its digits, too; an account has none.
  ['2880950488 -56311квт', 'rejected;code=BAD_VALUE'],
  ['2880950488 T1: -56311,5квт', 'rejected;code=BAD_VALUE'],
  ['2826262233 -24563день -76572ночь', 'rejected;code=BAD_VALUE'],
  ['2880950488 показания-56311квт', TAKEN],
  ['2826262233 24563день-76572ночь', DAY_AND_NIGHT],
  ['лицевой счёт -2880950488 56311', TAKEN],
  ['лицевой счёт -2880950488 показания -56311', 'rejected;code=BAD_VALUE'],
  // Rules 11 and 12: previous readings and consumption in groups of thousands.
  ['2880950488 56311, предыдущие 55 959', TAKEN],
  ['2880950488 56 311 расход 1 352', TAKEN],
  ['2880950488 потребление за месяц 1 352 показания 56311', TAKEN],
  ['2826262233 день 24 563 ночь 76 572 прошлые день 24 288 ночь 76 451', DAY_AND_NIGHT],
  ['2880950488 расход 1 352', 'asked;code=VALUES_NEEDED'],
  ['2806394658 расход 201 461', 'asked;code=VALUES_NEEDED'],
  // Rule 12: a slash between values joins them for the word behind, and one between words joins these to a value each.
  ['2880950488/55959 (предыдущие)', 'asked;code=VALUES_NEEDED'],
  ['2826262233 24288/76451 (предыдущие)', 'asked;code=VALUES_NEEDED'],
  ['2826262233 24288/76451 (предыдущие), 24563/76572 (текущие)', DAY_AND_NIGHT],
  ['55760/85/5890 (предыдущие) 5925', 'accepted;flags="NO_SERIAL" 2581 5925'],
  ['2880950488 55959 56311 (пред/тек)', 'rejected;code=EXTRA_VALUES'],
  ['2880950488 55959/56311 (пред./тек.)', 'rejected;code=EXTRA_VALUES'],
  // A greeting turned round takes no label away.
  ['2826262233 День добрый, день 24563 ночь 76572', DAY_AND_NIGHT],
  // Behind the word for it an account in groups is no house.
  ['гараж 14 ГСК-12 л/с 288-0950-488 показания 56311', TAKEN],
  // «Старый счёт» in brackets is no previous reading (rule 5).
  ['74388 (старый счёт УБ956968)', OLD_ACCOUNT],
  ['(Прежний лс УБ956968, показания 74388)', OLD_ACCOUNT],
])('«%s» is %s', (text, comesTo) => expect(heard(text)).toBe(comesTo))
