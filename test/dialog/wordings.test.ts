import { expect, test } from 'vitest'
import { about, meter } from './about.ts'
import { heard, outcomesOf } from './talk.ts'

const DAY_AND_NIGHT = 'accepted;flags="NO_SERIAL" 0094 24563+76572'
const PEAKS = 'accepted;flags="NO_SERIAL" 9204 693800+201308+716501'
const WATER_AND_POWER = 'accepted;flags="NO_SERIAL", accepted;flags="NO_SERIAL" 9537 61037.2, 6911 271177'

const rows: readonly (readonly [text: string, comesTo: string])[] = [
  // Blanks: two or three are one.
  ['2880950488  56311  на  22  ноября  2026  года  от  жильца', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488  за  11  месяц  56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488  56311  +7  (999)  111-22-33', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2826262233   день   24563   ночь   76572', DAY_AND_NIGHT],
  ['2826262233\tдень\t24563\t\tночь\t76572', DAY_AND_NIGHT],
  // Abbreviations, and words with a letter left out.
  ['2884301686 пик: 693800, п.пик: 716501, ночь: 201308', PEAKS],
  ['2826262233 нч 76572 дн 24563', DAY_AND_NIGHT],
  ['2826262233 ноч 76572 ден 24563', DAY_AND_NIGHT],
  // A greeting turned round is no register.
  ['День добрый! 2826262233 ночь 76572 день 24563', DAY_AND_NIGHT],
  ['Дня доброго, 2826262233 Т2 76572 Т1 24563', DAY_AND_NIGHT],
  ['2826262233 ночь 76572 день 24563. День добрый', DAY_AND_NIGHT],
  // «Тариф» beside its number in every form (rule 9).
  ['2826262233 тариф2 76572 тариф1 24563', DAY_AND_NIGHT],
  ['2826262233 76572 тариф2, 24563 тариф1', DAY_AND_NIGHT],
  ['2826262233 zona2: 76572 zona1: 24563', DAY_AND_NIGHT],
  ['2826262233 76572 Т-2, 24563 Т-1', DAY_AND_NIGHT],
  ['2826262233 Т-2 76 572 Т-1 24 563', DAY_AND_NIGHT],
  ['2826262233 тариф/2 76 572, тариф/1 24 563', DAY_AND_NIGHT],
  ['2826262233 Т_2 76 572 Т_1 24 563', DAY_AND_NIGHT],
  ['2826262233 76572 тариф второй, 24563 тариф первый', DAY_AND_NIGHT],
  ['2826262233 76572 по тарифу второму, 24563 по первому', DAY_AND_NIGHT],
  ['2826262233 2 - 76 572, 1 - 24 563', DAY_AND_NIGHT],
  ['2826262233 2) 76 572 1) 24 563', DAY_AND_NIGHT],
  ['2826262233 показание 2: 76 572 показание 1: 24 563', DAY_AND_NIGHT],
  ['2826262233 N 76572 D 24563', DAY_AND_NIGHT],
  ['2826262233 d-24563, n-76572', DAY_AND_NIGHT],
  ['2826262233 N 76 572 D 24 563', DAY_AND_NIGHT],
  ['2826262233, д. 7, D 24563 N 76572', DAY_AND_NIGHT],
  ['д. 7 n 34425/17 974330239661, D 896641', 'accepted 9661 896641'],
  // «Т.» before a phone is no tariff (rule 12).
  ['2880950488 56311 т. 8-924-123-45-67', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311, т. 2-15-33', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311, т 2-15-33', 'accepted;flags="NO_SERIAL" 5057 56311'],
  // A day before another greeting, or a wish, is a register.
  ['2826262233 76572 ночь 24563 день добрый вечер', DAY_AND_NIGHT],
  ['2826262233 76572 ночь 24563 день Доброго дня', DAY_AND_NIGHT],
  ['2826262233 24563 день 76572 ночь доброго вам здоровья', DAY_AND_NIGHT],
  // A value in groups behind «тариф -» is no register's number, nor is a value glued to «тариф» (rule 9).
  ['2869493969 тариф - 6 384', 'accepted;flags="NO_SERIAL" 7020 6384'],
  ['2869493969 Т - 6 384 квт', 'accepted;flags="NO_SERIAL" 7020 6384'],
  ['2826262233 ночной тариф76572 дневной тариф24563', 'rejected;code=BAD_VALUE'],
  ['2826262233 24563 76572 тариф первый 5 руб', DAY_AND_NIGHT],
  ['2826262233 24563 76572 тариф первый 5,38', DAY_AND_NIGHT],
  // What is no name of a model, a seal, a mail box or a person stays what it was.
  ['2880950488 Меркурий-200.02 529', 'asked;code=BELOW_PREVIOUS'],
  ['2806394658 Меркурий 230 АМ-01 512', 'accepted;flags="NO_SERIAL" 9321 512'],
  ['2880950488 снята пломба 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['Сорвали пломбы. 56311 лс 2880950488', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488@56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['ivan.77@mail.ru.2880950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['ПУ 435740046 - 3524, кв. 88 абонент НВ497653', 'accepted;flags="OLD_ACCOUNT" 0046 3524'],
  ['абонент КР 999888 56311', 'rejected;code=ACCOUNT_UNKNOWN'],
  // Numbers in names are no values: of the meter's model, a seal, a post office, a mail box.
  ['2880950488 Меркурий 201 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 счетчик Меркурий 201.5 № 250592064305057 56311', 'accepted 5057 56311'],
  ['2880950488 счетчик СЕ 102 показания 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 Нева МТ 124 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 ЦЭ6803В 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 меркурий 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 пломба № 0123456', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311, индекс 675000', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 ivanov1975@mail.ru', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 ivan.77@yandex.ru', 'accepted;flags="NO_SERIAL" 5057 56311'],
  // Latin letters (rule 8), also where they say which numbers are no values (rule 12).
  ['2884301686 pikovaya 693800 polupikovaya 716501 nochnaya 201308', PEAKS],
  ['2884301686 polu-pik 716501 pik 693800 noch 201308', PEAKS],
  ['2884301686 half-peak 716501 peak 693800 night 201308', PEAKS],
  ['2884301686 Peak 693800, semi peak 716501, night 201308', PEAKS],
  ['2826262233 nochnye 76572 dnevnye 24563', DAY_AND_NIGHT],
  ['2880950488 pred. 55959 tek. 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 proshlye 55959 novye 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 pokazaniya 56311 potreblenie 352', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 mob. 9991112233', 'accepted;flags="NO_SERIAL" 5057 56311'],
  // `N` for `№`, glued.
  ['лс N2880950488 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 счетчик N250592064305057 56311', 'accepted 5057 56311'],
  // A serial's word before what has an account's form.
  ['п/у 838768368460 28458', 'asked;code=ACCOUNT_NEEDED'],
  ['s/n 564821273 3809', 'asked;code=ACCOUNT_NEEDED'],
  // A serial in groups, of which one has an account's form.
  ['Здравствуйте! 2813295652 счетчик 1320-744759197 5065', 'accepted 9197 5065'],
  ['2880950488 сч. 250592-064305057 показания 56311', 'accepted 5057 56311'],
  ['2880950488 250592 064305057 56311', 'accepted 5057 56311'],
  // «Счётчик воды 61037,2»: the number behind it is a value, where it is the only one of its service.
  ['62499/05 счетчик холодной воды 61037,2 счетчик электричества 271177', WATER_AND_POWER],
  ['62499/05 водомер 61037,2 электросчётчик 271177', WATER_AND_POWER],
  ['62499/05 электросчетчик 271177', 'accepted;flags="NO_SERIAL" 6911 271177'],
  ['2866385570 теплосчетчик 12', 'rejected;code=OTHER_SERVICE'],
  ['2866385570 газовый счетчик 12', 'rejected;code=OTHER_SERVICE'],
  ['2880950488 свет 56311, газосчётчик 345', 'accepted;flags="NO_SERIAL", rejected;code=OTHER_SERVICE 5057 56311'],
  ['62499/05 водосчетчик 61037,2', 'accepted;flags="NO_SERIAL" 9537 61037.2'],
  ['62499/05 электросчетчик № 407076911 показания 271177', 'accepted 6911 271177'],
  ['62499/05 счетчик электричества 33333 показания 271177', 'rejected;code=METER_MISMATCH'],
  // An account that begins like a phone, before a value in groups.
  ['890280182 87 507, 47 198', 'accepted;flags="NO_SERIAL" 2898 87507+47198'],
  ['2880950488 56311, 8 902 801 82 87', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311, 8902801 82 87', 'accepted;flags="NO_SERIAL" 5057 56311'],
  // Dates, phones, prices and hours (rule 12).
  ['2827211339 22-го 460162', 'accepted;flags="NO_SERIAL" 8936 460162'],
  ['2827211339 на 22 го 460162', 'accepted;flags="NO_SERIAL" 8936 460162'],
  ['2880950488 за ноябрь-26 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 ноябрь2026 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 перезвоните 8 (4162) 44-55-66', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 т. 44-55-66', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311, 1320-50 руб', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311, 1893,44r', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311, 2000 rub. 50 kop.', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 переплата 150', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311 аванс 500', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2826262233 день (7-23) 24563 ночь (23-7) 76572', DAY_AND_NIGHT],
  ['2826262233 день 07-23ч 24563 ночь 23-07ч 76572', DAY_AND_NIGHT],
  ['2826262233 день с 7 до 23 24563, ночь с 23 до 7 76572', DAY_AND_NIGHT],
  ['2826262233 2 тарифа: 24563 и 76572', DAY_AND_NIGHT],
  ['2826262233 2 тарифа 76572, 1 тарифа 24563', DAY_AND_NIGHT],
  ['2880950488 56311kWt*h', 'accepted;flags="NO_SERIAL" 5057 56311'],
  // What the text itself takes back is no value.
  ['2880950488 не 56411, а 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 56311, а не 56411', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2880950488 вместо 56411 надо 56311', 'accepted;flags="NO_SERIAL" 5057 56311'],
  ['2826262233 день 24563, ночь не 76752, а 76572', DAY_AND_NIGHT],
  ['2880950488 56311 не был дома', 'accepted;flags="NO_SERIAL" 5057 56311'],
]

test.each(rows)('«%s» is %s', (text, comesTo) => expect(heard(text)).toBe(comesTo))

test.each([['не 20296, а 18780'], ['нет, не 20296, а 18780'], ['вместо 20296 18780'], ['18780 а не 20296']])(
  '«%s» corrects the value that was asked about',
  (text) => {
    expect(outcomesOf('2866648321 20296', text)).toEqual(['asked;code=VERY_HIGH', 'accepted;flags="NO_SERIAL"'])
  },
)

/** Rule 12: a small reading beside an address is none of its numbers, nor the other way round. */
test.each([
  ['частный дом, показания 690', ['690']],
  ['ул. Мира, показания 690', ['690']],
  ['690 квартира 12', ['690']],
  ['ночь 690 кв 85 день 10110', ['10110', '690']],
])('«%s» is %j', (text, values) => {
  const known = meter('111111111', values.length === 1 ? 1 : 2)
  const registers = known.registers.map((one, at) => ({
    ...one,
    lastValue: at === values.length - 1 ? '600' : '10000',
  }))
  const { accepted } = about([{ ...known, registers }])(`2880950001 ${text}`)
  expect(accepted.flatMap((one) => Object.values(one.registers))).toEqual(values)
})

test('an account with a slash is never taken for a previous reading', () =>
  expect(heard('прошлые не помню, лс 62499/05 свет 271187')).toBe('accepted;flags="NO_SERIAL" 6911 271187'))

/** Rule 12: what the text calls previous or consumption is no value, wherever that word stands. */
test.each([
  '(предыдущие показания от 22.10) 55959 (текущие) 56311',
  '(предыдущие за 22.10) 55959, текущие 56311',
  '(предыдущий месяц 22.10) 55959, текущие 56311',
  '(прошлые было 22.10) 55959, 56311',
  'расход за предыдущий месяц 352, сейчас 56311',
  '352 всего израсходовано за весь месяц, 56311',
  '352 расход за предыдущий месяц, 56311',
  '55959 прошлое показание 56311 стало',
  '55959 было 56311 квт. стало',
  '55959 предыдущие\n56311 текущие',
  '352 расход показания 56311',
  '55959 предыдущие\n56311',
  '56311 предыдущие\n55959',
  '55959 было 56311',
  '55959 предыдущие. 56311',
  '55959 предыдущие 56311,4',
  '352 расход 56311.4 квт',
  '55959 прошлый месяц показания 56311',
  '55959 предыдущие/56311,4 текущие',
  '352 квт - расход/текущие 56311',
  '55959 - пред/тек. 56311',
  '352 расход! 56311.',
  '55959 / прошлые, 56311 / текущие',
  '352 квт расход 56311 квт.',
  '352 расход\n56311',
  '56311 расход\n352',
  '56311 / расход 352',
  '56311 (расход (квт) 352)',
  '56311 (расход в 2026 г. 352)',
  '56311 (расход за 2026 352)',
  '56311 (352 м3 расход)',
])('«%s» is 56311', (text) => expect(heard(`2880950488 ${text}`)).toBe('accepted;flags="NO_SERIAL" 5057 56311'))

test.each([
  '92567 25869 предыдущие 92428 25771',
  '92567 25869, предыдущие 92428, 25771',
  '92567, 25869. Предыдущие: 92428, 25771',
  'показания 92567 25869 предыдущие показания 92428 25771',
  'день 92567 ночь 25869\nпредыдущие 92428 25771',
  '92567/25869 предыдущие 92428/25771',
  '92567 25869 расход 139 98',
  '92428 25771 предыдущие. 92567 25869',
  '139 98 расход 92567 25869',
])('«%s» is 92567 by day and 25869 at night, for a word takes a whole row', (text) =>
  expect(heard(`2825301094 ${text}`)).toBe('accepted;flags="NO_SERIAL" 8801 92567+25869'),
)

test.each([
  '120 предыдущие 99950',
  '00120 было 99950',
  '120 предыдущее. 99 950',
  '99950 было 120',
  '99950 предыдущие\n00120',
])('«%s» is 120 where the dial began anew (rule 18)', (text) => {
  const { registers, ...rest } = meter('111111111')
  const last = registers.map((one) => ({ ...one, lastValue: '99950' }))
  expect(about([{ ...rest, registers: last }])(`2880950001 ${text}`)).toMatchObject({
    outcome: 'accepted;flags="HIGH NO_SERIAL ROLLOVER"',
    accepted: [{ registers: { T1: '120' } }],
  })
})

test.each([
  '55959 предыдущие 56311 2880950488',
  '55959 было 56311 квт, лс 2880950488',
  '352 расход 56311\nсчёт 2880950488',
])('«%s» is 56311, for an account is neither', (text) =>
  expect(heard(text)).toBe('accepted;flags="NO_SERIAL" 5057 56311'),
)

test.each(['прежнего номера АС673833', 'по старому номеру АС673833'])('the number in «%s» is an account', (text) =>
  expect(heard(`${text} 90015`)).toBe('accepted;flags="NO_SERIAL OLD_ACCOUNT" 9144 90015'),
)
