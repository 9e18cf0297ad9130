import { expect, test } from 'vitest'
import { heard } from './talk.ts'

/** Which numbers are values, and what they are (rules 11 and 12). */
const rows: readonly (readonly [text: string, comesTo: string, from?: string])[] = [
  // Rule 11: decimals are cut, water keeps them.
  ['2880950488 56311,9', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311.999 квт', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['62499/05 10649537 61037,532', 'accepted 9537 61037.532'],
  ['62499/05 10649537 61 037,5', 'accepted 9537 61037.5'],
  // Rule 11: thousands.
  ['2880950488 56 311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56 311,9', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2826262233 24 563 76 572', 'accepted;flags="NO_SERIAL" 0094 24563+76572'],
  ['2826262233 ночь 76 572 день 24 563', 'accepted;flags="NO_SERIAL" 0094 24563+76572'],
  ['2884301686 693 800 201 308 716 501', 'accepted;flags="NO_SERIAL" 9204 693800+201308+716501'],
  ['2842345369 737408044 19 584 706205891 40 631', 'accepted, accepted 8044 19584, 5891 40631'],
  // Rule 11: zeros in front.
  ['2880950488 000056311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2862340285 день 00068 ночь 41451', 'accepted;flags="NO_SERIAL ROLLOVER" 7960 68+41451'],
  // Rule 11: a minus, and a dash that is none.
  ['2880950488 -56311', 'rejected;code=BAD_VALUE'],
  ['2880950488 −56311', 'rejected;code=BAD_VALUE'],
  ['2880950488:-56311', 'rejected;code=BAD_VALUE'],
  ['2880950488,-56311', 'rejected;code=BAD_VALUE'],
  ['2880950488\n-56311', 'rejected;code=BAD_VALUE'],
  ['2880950488 T1: -56311', 'rejected;code=BAD_VALUE'],
  ['2880950488 показания минус 56311', 'rejected;code=BAD_VALUE'],
  ['2826262233 24563 -76572', 'rejected;code=BAD_VALUE'],
  ['2880950488 показания-56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 T1-56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 - 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  // Rule 11: exponents and letters.
  ['2880950488 5.6311e4', 'rejected;code=BAD_VALUE'],
  ['2880950488 5.6311E+4', 'rejected;code=BAD_VALUE'],
  ['2880950488 5E4', 'rejected;code=BAD_VALUE'],
  ['2880950488 563ж11', 'rejected;code=BAD_VALUE'],
  ['2880950488 56311ж', 'rejected;code=BAD_VALUE'],
  ['2880950488 ж56311', 'rejected;code=BAD_VALUE'],
  // Rule 11: look-alikes are asked about.
  ['2880950488 5631О', 'asked;code=BAD_VALUE'],
  ['2880950488 5631O', 'asked;code=BAD_VALUE'],
  ['2880950488 5З311', 'asked;code=BAD_VALUE'],
  ['2880950488 563l1', 'asked;code=BAD_VALUE'],
  ['2880950488 О56311', 'asked;code=BAD_VALUE'],
  ['2826262233 день 2456З ночь 7657О', 'asked;code=BAD_VALUE'],
  // Rule 12: dates and hours.
  ['Показания на 25.07: 2880950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['22.11.2026г. 2880950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 22/11/2026', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 2026-11-22', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 за ноябрь 2026 г. 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 за 11 месяц 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 за 11.2026 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311, 22-го ноября', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 22.11.2026 в 14:30:15', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 в 14.30', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 14 ч 30 мин', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['22 числа 2880950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 22 числа', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 на 22 число', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 на 22-е', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 за 11/2026', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 22. 11. 2026', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 22нояб', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['25.11', 'none;code=HELP', '+79093462641'],
  // Rule 12: phones.
  ['2880950488 56311 тел. +7 999 111-22-33', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 8(999)1112233', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 тел. 42-15-33', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['89991112233 2880950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  // Rule 12: money.
  ['2880950488 56311 к оплате 1893,44', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 1 893,44 руб.', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 тариф 5,38', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 500р.', 'accepted;flags="NO_SERIAL" 5057 56311'],
  // Rule 12: addresses.
  ['2880950488 56311 кв. № 12', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 д10 кв6', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 ул. Ленина 10/6', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['г. Белогорск ул. 50 лет Октября, д. 21 корп. 2 кв. 135 2880950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  // Rule 12: previous readings and consumption.
  ['2880950488 предыдущие 55959 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 пред55959 тек56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 было 55959, стало 56311, расход 352', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 55959 (предыдущие) 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 (352 расход)', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 прош. 55959 наст. 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 п.п. 55959', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 за месяц 352', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 за месяц 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 расход 352', 'asked;code=VALUES_NEEDED'],
  ['2880950488 56311 (предыдущие)', 'asked;code=VALUES_NEEDED'],
  ['2880950488 previous 55959 current 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2826262233 предыдущие 24288 76451 текущие 24563 76572', 'accepted;flags="NO_SERIAL" 0094 24563+76572'],
  ['2826262233 день 24563 (пред. 24288) ночь 76572 (пред. 76451)', 'accepted;flags="NO_SERIAL" 0094 24563+76572'],
  ['2826262233 день 24563 расход 275 ночь 76572 расход 121', 'accepted;flags="NO_SERIAL" 0094 24563+76572'],
  ['2826262233 день 24563 ночь 76572 предыдущие день 24288 ночь 76451', 'accepted;flags="NO_SERIAL" 0094 24563+76572'],
  ['2880950488 56311-55959=352', 'rejected;code=EXTRA_VALUES'],
]

for (const [text, comesTo, from] of rows) {
  test(`«${text}» is ${comesTo}`, () => expect(heard(text, from)).toBe(comesTo))
}
