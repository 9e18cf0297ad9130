import { expect, test } from 'vitest'
import { dayAndNight, heardOf, type Rows, registry, testOpen, testTaken, three } from './close-readings.ts'
import { STRANGER, talk } from './talk.ts'

const both = '3333 10110, 4444 10120'
const services = '5555 10110, 6666 10120'
const waters = '6666 10120, 7777 10130'

/** Which side of its number a label, a serial or a service stands on (rules 9 and 10). */
const rows: Rows = [
  ['2880950001', '10110 день, 10120', dayAndNight],
  ['2880950001', '10120 (ночь), 10110', dayAndNight],
  ['2880950001', '10120 квт ночь и 10110', dayAndNight],
  ['2880950001', '10110 день, ночь 10120', dayAndNight],
  ['2880950001', '10110д н10120', dayAndNight],
  ['2880950001', 'д 10110, н 10120', dayAndNight],
  ['2880950001', 'зона вторая 10120, зона первая 10110', dayAndNight],
  ['2880950001', '10110, ночь 10120', dayAndNight],
  ['2880950001', 'ночь 10120, 10110', dayAndNight],
  ['2880950001', 'день 10110, 10120 ночь', dayAndNight],
  ['2880950001', '10120 по второму тарифу, 10110 по первому', dayAndNight],
  ['2880950001', '2) 10120 1) 10110', dayAndNight],
  ['2880950001', '1) 10110 2) 10120', dayAndNight],
  ['2880950001', 'спокойной ночи 10110 10120', dayAndNight],
  ['2880950001', '10120 (по ночи), 10110 (по дню)', dayAndNight],
  ['2880950001', '10120 второй, 10110 первый', dayAndNight],
  ['2880950001', '10120 N, 10110 D', dayAndNight],
  ['2880950001', 'тариф II 10120 тариф I 10110', dayAndNight],
  ['2880950001', 'II тариф - 10120, I тариф - 10110', dayAndNight],
  ['2880950001', 'тар. 2 10120 тар. 1 10110', dayAndNight],
  ['2880950001', 'тар2: 10120, тар1: 10110', dayAndNight],
  ['2880950001', 'ночъ 10120 денъ 10110', dayAndNight],
  ['2880950001', 'nch 10120 dn 10110', dayAndNight],
  ['2880950001', '1ЭH10120 1ЭД10110', dayAndNight],
  ['2880950001', 'день 10110 (ночь) 10120', dayAndNight],
  ['2880950001', '10110 kvt den, 10120', dayAndNight],
  ['2880950001', '10120 за ночь, 10110', dayAndNight],
  ['2880950001', '10120 это ночь, 10110', dayAndNight],
  ['2880950001', '10120 ночью, 10110', dayAndNight],
  ['2880950001', 'nochyu 10120, 10110', dayAndNight],
  ['2880950001', '10110 111111111 10120', dayAndNight],
  ['2880950001', '10110 за свет 111111111 10120', dayAndNight],
  ['2880950001', '111111111 день 10110, 111111111 ночь 10120', dayAndNight],
  ['2880950002', 'пик 10110, 10130 полупик, ночь 10120', three],
  ['2880950002', '1) 10110 3) 10130 2) 10120', three],
  ['2880950002', 'п/п 10130 п 10110 н 10120', three],
  ['2880950002', '10110 10130 10120 (ночь)', three],
  ['2880950003', 'свет 10110 333333333, свет 10120 444444444', both],
  ['2880950003', 'свет: 10110 (333333333), 10120 (444444444)', both],
  ['2880950003', 'свет 333333333 10110, 444444444 10120', both],
  ['2880950003', '10130, 333333333 10110, 444444444 10120', both],
  ['2880950003', 'свет 10130, 333333333 10110', '3333 10110'],
  ['2880950003', '333333333 444444444 10120', '4444 10120'],
  ['2880950004', '10110 свет, 10120', '5555 10110'],
  ['2880950004', '10110 свет, хвс 10120', services],
  ['2880950004', '10110 свет, 10120 хвс, гвс', services],
  ['2880950004', '10120 м3 хвс, 10130 куб. за гвс', waters],
  ['2880950004', '10120 хол., 10130 гор.', waters],
  ['2880950004', '10120 хол., гор. 10130', waters],
  ['2880950004', 'вода 10120 (холодная), 10130 (горячая)', waters],
  ['2880950004', 'хол/вода 10120 гор/вода 10130', waters],
  ['2880950004', 'холодная вода 10120, горячая вода 10130', waters],
  ['2880950005', 'тариф первый 5 р, показания 10110', '8888 10110'],
  ['2880950006', '10110 10120 999911111, 10130 10140 999922222', '1111 10110+10120, 2222 10130+10140'],
]

testTaken(rows)

const mismatch = 'rejected;code=METER_MISMATCH'

/** Where two meanings remain it is asked, never guessed (rule 9); nothing of it is taken down. */
const open: Rows = [
  ['2880950001', '10110 день 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10120 квт ночь 10110 квт', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 kvt den 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 за день 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 т1 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 по первому 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 тариф 1 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 день 10120 ночь 20230', 'asked;code=VALUES_NEEDED'],
  ['2880950002', '10110 пик 10120 ночь 10130', 'asked;code=VALUES_NEEDED'],
  ['2880950002', '10110 пик 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'звонила ночью, 10110 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'была ночь, 10110 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'звонила ночью 10110 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'zvonila nochyu! 10110 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'день ночь 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'с 10000 по 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 или 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110, либо 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 ili 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 or 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'с 10 000 по 10 110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'со 10000,5 по 10110,5', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'от 10000 до 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 's 10000 po 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'ot 10000 do 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'from 10000 to 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'день с 10000 по 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950003', 'с 10000 по 10110', 'asked;code=METER_NEEDED'],
  ['2880950004', '10110 свет 10120 хвс 10130', 'asked;code=METER_NEEDED'],
  ['2880950004', '10110 хвс 10120', 'asked;code=METER_NEEDED'],
  ['2880950004', '10110 м3 хвс 10120 м3', 'asked;code=METER_NEEDED'],
  ['2880950004', '10110 кубов хвс 10120', 'asked;code=METER_NEEDED'],
  ['2880950001', 'день/ночь 10110 10120 10130', 'rejected;code=EXTRA_VALUES'],
  ['2880950003', 'счетчик 12345678 10110, счетчик 87654321 10120', `${mismatch}, ${mismatch}`],
  ['2880950005', '1 10110', 'rejected;code=EXTRA_VALUES'],
  ['2880950005', '10110 свет 10120', 'rejected;code=EXTRA_VALUES'],
  ['2880950005', 'с 10000 по 10110', 'rejected;code=EXTRA_VALUES'],
  ['2880950005', '10110 или 10111', 'rejected;code=EXTRA_VALUES'],
]

testOpen(open)

test.each([
  ['2880950004', '10110 свет', '5555 10110'],
  ['2880950004', '10110 свет 10120 хвс', services],
] as const)('a service between a value and the account %s is of the value: «%s»', (account, text, taken) =>
  expect(heardOf(`${text} ${account}`)).toBe(taken),
)

test.each([
  [
    'behind the value of its service names the meter (rule 6)',
    '2880950004 хвс 10120, свет 10110 (555555555)',
    'accepted;flags="NO_SERIAL", accepted',
  ],
  [
    'without a value asks for one (rule 13)',
    '2880950003 333333333 444444444 10120',
    'asked;code=VALUES_NEEDED, accepted',
  ],
])('a serial %s: «%s»', (_what, text, outcome) => expect(talk(registry)(STRANGER, text).outcome).toBe(outcome))

test('a service names its meter, though a question about another one is open', () => {
  const say = talk(registry)
  expect(say(STRANGER, '2880950004 свет 11300').outcome).toBe('asked;code=VERY_HIGH')
  expect(say(STRANGER, 'хвс 10120').accepted).toMatchObject([{ meter: '666666666' }])
})

test.each([
  ['of which one only can be', '10110 день 9990', 'asked;code=BELOW_PREVIOUS'],
  ['that are the same either way', '10110 день 10110', 'accepted;flags="NO_SERIAL"'],
  ['with a zone that is no time', 'ночью 10120 10110', 'accepted;flags="NO_SERIAL"'],
  ['with labels for all of them', 'ночью, 10120, днём, 10110', 'accepted;flags="NO_SERIAL"'],
])('values %s are judged: «%s»', (_which, text, outcome) =>
  expect(talk(registry)(STRANGER, `2880950001 ${text}`).outcome).toBe(outcome),
)

test('what was asked for is taken in its order, and the rest is asked for again', () => {
  const say = talk(registry)
  const [asked, again, taken] = ['2880950001 10110 день 10120', 'день 10110', 'ночь 10120'].map((text) =>
    say(STRANGER, text),
  )
  expect(asked?.text).toBe('Напишите показания счётчика *1111: день, ночь.')
  expect(again?.text).toBe('Напишите показание счётчика *1111: ночь.')
  expect(taken?.accepted[0]?.registers).toEqual({ T1: '10110', T2: '10120' })
})

test('a reading that may be meant in two ways waits for its answer like any other', () => {
  expect(talk(registry)(STRANGER, '2880950001 10110 день 10120').decision.opens).toBe(true)
  expect(talk(registry)(STRANGER, '2880950004 10110 свет 10120 хвс 10130').decision.opens).toBe(true)
})

test('a label behind another one waits for its value', () => {
  const say = talk(registry)
  expect(say(STRANGER, '2880950001 день 10110 ночь').text).toBe('Счётчик *1111: напишите ещё показание – ночь.')
  expect(say(STRANGER, '10120').accepted[0]?.registers).toEqual({ T1: '10110', T2: '10120' })
})

test('where the labels stand before their numbers only one way is possible, and that is proposed (rule 21)', () => {
  const say = talk(registry)
  expect(say(STRANGER, '2880950007 10110 день 20120').outcome).toBe('asked;code=BELOW_PREVIOUS')
  expect(say(STRANGER, 'да').accepted[0]?.registers).toEqual({ T1: '10110', T2: '20120' })
})
