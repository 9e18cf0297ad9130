import { expect, test } from 'vitest'
import { accounts, dayAndNight, type Rows, registry, testOpen, testTaken, three } from './close-readings.ts'
import { memoryRegistry, STRANGER, talk } from './talk.ts'

const single = '8888 10110'

/** Whatever says which register a value is of wins over the order (rule 9), also beside other numbers (rule 12). */
const rows: Rows = [
  ['2880950001', 'п2 было 10010 стало 10120 п1 было 10020 стало 10110', dayAndNight],
  ['2880950001', 'п2 10120 (расход 10) п1 10110 (расход 275)', dayAndNight],
  ['2880950001', '10120 п2 (было 10010), 10110 п1 (было 10020)', dayAndNight],
  ['2880950001', 'A2 10120 А1 10110', dayAndNight],
  ['2880950001', 'п2->10120 п1->10110', dayAndNight],
  ['2880950001', 'п2 — это 10120, п1 — это 10110', dayAndNight],
  ['2880950001', 'б 10120 а 10110', dayAndNight],
  ['2880950001', 'б) 10120\nа) 10110', dayAndNight],
  ['2880950001', 'B: 10120, A: 10110', dayAndNight],
  ['2880950001', 'вторая строка 10120, первая строка 10110', dayAndNight],
  ['2880950001', 'на второй строчке 10120, на первой строчке 10110', dayAndNight],
  ['2880950001', 'второй было 10010 стало 10120, первый было 10020 стало 10110', dayAndNight],
  ['2880950001', 'втор. 10120, перв. 10110', dayAndNight],
  ['2880950001', '«второй» 10120, «первый» 10110', dayAndNight],
  ['2880950001', 'vtoroj 10120 pervyj 10110', dayAndNight],
  ['2880950001', 'second 10120 first 10110', dayAndNight],
  ['2880950001', '2nd 10120, 1st 10110', dayAndNight],
  ['2880950001', 'два: 10120, один: 10110', dayAndNight],
  ['2880950001', 'ІІ 10120 І 10110', dayAndNight],
  ['2880950001', 'II-й 10120, I-й 10110', dayAndNight],
  ['2880950001', '2️⃣10120 1️⃣10110', dayAndNight],
  ['2880950001', '②10120 ①10110', dayAndNight],
  ['2880950001', '2тариф 10120 1тариф 10110', dayAndNight],
  ['2880950001', '2-я зона 10120,1-я зона 10110', dayAndNight],
  ['2880950001', 'Э2 10120 Э1 10110', dayAndNight],
  ['2880950001', '2 свет 10120, 1 свет 10110', dayAndNight],
  ['2880950001', 'свет №2 10120, свет №1 10110', dayAndNight],
  ['2880950001', '1.8.2 10120 1.8.1 10110', dayAndNight],
  ['2880950001', '15.8.2: 10120, 15.8.1: 10110', dayAndNight],
  ['2880950001', '🌙 10120 ☀️ 10110', dayAndNight],
  ['2880950001', '10120 🌙, 10110 🌞', dayAndNight],
  ['2880950001', '23-7 10120, 7-23 10110', dayAndNight],
  ['2880950001', 'с 23:00 до 7:00 - 10120, с 7:00 до 23:00 - 10110', dayAndNight],
  ['2880950001', 'ночь (23-7) 10120, день (7-23) 10110', dayAndNight],
  ['2880950001', '10120 N 10110 D', dayAndNight],
  ['2880950002', 'третья строка 10130, вторая строка 10120, первая строка 10110', three],
  [
    '2880950002',
    'вторая шкала было 10010 стало 10120,третья было 10010 стало 10130,первая было 10010 стало 10110',
    three,
  ],
  ['2880950002', 'в 10130 б 10120 а 10110', three],
  ['2880950002', '3-я зона 10130,2-я зона 10120,1-я зона 10110', three],
  ['2880950002', 'III зона - 10130,II зона - 10120,I зона - 10110', three],
  ['2880950002', '15.8.3 10130 15.8.1 10110 15.8.2 10120', three],
  ['2880950001', '2э тек 10120 пред 10010, 1э тек 10110 пред 10020', dayAndNight],
  ['2880950001', '2з) 10120/1з) 10110', dayAndNight],
  ['2880950001', '10120-2п, 10110-1п', dayAndNight],
  ['2880950001', '2) 10120,1) 10110', dayAndNight],
  ['2880950001', '10120 квт (б) и 10110 квт (а)', dayAndNight],
  ['2880950001', '10120=ночь\n10110=сутки', dayAndNight],
  ['2880950001', '10120/н, 10110/д', dayAndNight],
  ['2880950001', 'N_10120 D_10110', dayAndNight],
  ['2880950001', 'll зона 10120 l зона 10110', dayAndNight],
  ['2880950001', 'Добрый день! 23-7: 10120, 7-23: 10110', dayAndNight],
  ['2880950002', '10130 - пп / 10120 - н / 10110 - п', three],
  ['2880950002', '10130-по полупику / 10120-по ночи / 10110-по пику', three],
  ['2880950002', 'п/п_10130,н_10120,п_10110', three],
  // Two labels for one value that say the same, one on each side of it.
  ['2880950001', 'т1: 10110 (день), т2: 10120 (ночь)', dayAndNight],
  ['2880950001', 'т2: 10120 (ночь), т1: 10110 (день)', dayAndNight],
  ['2880950001', 'день: 10110 (т1), ночь: 10120 (т2)', dayAndNight],
  ['2880950001', 'ночь 10120 т2 день 10110 т1', dayAndNight],
  ['2880950001', 'т1-10110-день, т2-10120-ночь', dayAndNight],
  ['2880950001', 'Т2 10 120 квт (ночь), Т1 10 110 квт (день)', dayAndNight],
  ['2880950001', '1ЭН 10120 (ночь) 1ЭД 10110 (день)', dayAndNight],
  ['2880950001', 'т1: 10110 (день), т2: 10120', dayAndNight],
  ['2880950001', 'Т2 (ночь) 10120, Т1 10110 (день)', dayAndNight],
  ['2880950002', 'т3: 10130 (полупик), т1: 10110 (пик), т2: 10120 (ночь)', three],
  ['2880950001', 'день 10110 день ночь 10120 ночь', dayAndNight],
  // What counts the zones.
  ['2880950001', '2 ночь 10120 1 день 10110', dayAndNight],
  ['2880950001', '1 день 10110 2 ночь 10120', dayAndNight],
  ['2880950001', '2 - ночь 10120, 1 - день 10110', dayAndNight],
  ['2880950001', '2 (ночь) 10120, 1 (день) 10110', dayAndNight],
  ['2880950002', '1 пик 10110 2 ночь 10120 3 полупик 10130', three],
  ['2880950001', '2. 10120 ночь, 1. 10110 день', dayAndNight],
  ['2880950001', '1. 10110 (день), 2. 10120 (ночь)', dayAndNight],
  ['2880950001', '№2 10120 квт (ночь); №1 10110 квт (день)', dayAndNight],
  ['2880950001', '2 - 10120 - ночь, 1 - 10110 - день', dayAndNight],
  ['2880950001', 'показание 2: 10120 (ночь), показание 1: 10110 (день)', dayAndNight],
  ['2880950001', '2.: [ночь] 10120\n1.: [день] 10110', dayAndNight],
  ['2880950001', 'ночь 2. 10120, день 1. 10110', dayAndNight],
  ['2880950002', '№3 10130 полупик, №1 10110 пик, №2 10120 ночь', three],
  ['2880950001', 'тариф день 10110,5 тариф ночь 10120,5', dayAndNight],
  ['2880950001', '1) день 10110/2) ночь 10120', dayAndNight],
  ['2880950002', '1) пик 10110,2) ночь 10120,3) полупик 10130', three],
  ['2880950001', 'день (10110,5) ночь (10120,5)', dayAndNight],
  ['2880950001', 'день (10110,2) ночь 10120', dayAndNight],
  // A number's label glued behind it, or to the number behind.
  ['2880950001', 'т2=10120т1=10110', dayAndNight],
  ['2880950001', 'Т2-10120Т1-10110', dayAndNight],
  ['2880950001', 'T2 10120T1 10110', dayAndNight],
  ['2880950001', '10120т2 10110т1', dayAndNight],
  ['2880950001', '10120т2, 10110', dayAndNight],
  ['2880950002', 'т3:10130т2:10120т1:10110', three],
  // No labels: the order is the registers'.
  ['2880950001', '10110 10120', dayAndNight],
  ['2880950001', '2 показания: 10110 10120', dayAndNight],
  ['2880950001', '1) 10110 2) 10120', dayAndNight],
  ['2880950001', 'а) 10110 б) 10120', dayAndNight],
  ['2880950001', 'I 10110 II 10120', dayAndNight],
  ['2880950001', 'первые 10110, вторые 10120', dayAndNight],
  ['2880950001', 'перв. 10110, втор. 10120', dayAndNight],
  ['2880950001', '❶ 10110 ❷ 10120', dayAndNight],
  ['2880950001', 'one 10110 two 10120', dayAndNight],
  ['2880950001', '10110 (1️⃣), 10120 (2️⃣)', dayAndNight],
  ['2880950001', '10110,5 10120,3', dayAndNight],
  ['2880950001', 'день 10110,5 ночь 10120,3', dayAndNight],
  ['2880950001', '10110=10120', dayAndNight],
  ['2880950001', '10110, а ночью 10120', dayAndNight],
  ['2880950001', 'второй раз передаю: 10110 10120, первый раз не дошло', dayAndNight],
  ['2880950001', 'за два месяца, один счётчик: 10110 10120', dayAndNight],
  ['2880950001', 'передаю 10110 потом 10120', dayAndNight],
  ['2880950001', 'Иванова 10110 10120 Мария', dayAndNight],
  ['2880950001', '22.11.2026 10110 10120', dayAndNight],
  ['2880950001', '🌞 Доброе утро! 10110 10120', dayAndNight],
  ['2880950001', '⚡ 10110 ⚡ 10120', dayAndNight],
  ['2880950005', 'вторая строка 10110', single],
]

testTaken(rows)

/** Words that name each value and say nothing here are asked about, and so are numbers that may begin a value. */
const open: Rows = [
  ['2880950001', 'низ 10120 верх 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10120 квт кухня, 10110 квт зал', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'правый - 10120, левый - 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '❷ 10120 ❶ 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'низ/10120 верх/10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'кв2 было 10010 стало 10120 кв1 было 10020 стало 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'льготный 10120, обычный 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'тд 10110 тн 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '🔴 10120 🔵 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'второго 10120 первого 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950002', 'верхняя 10110, средняя 10130, нижняя 10120', 'asked;code=VALUES_NEEDED'],
  // Two labels for one value that say different things.
  ['2880950001', 'т1: 10120 (ночь), т2: 10110 (день)', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'день - 10120 (т2), ночь - 10110 (т1)', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'день 10110 день 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '1. 10120 (ночь), 2. 10110 (день)', 'asked;code=VALUES_NEEDED'],
]

testOpen(open)

test.each([
  ['п2 10120', 'п1 10110'],
  ['вторая строка 10120', 'первая строка 10110'],
])('a register that comes alone is the one that its code says: «%s», «%s»', (first, next) => {
  const say = talk(registry)
  expect(say(STRANGER, `2880950001 ${first}`).text).toBe('Счётчик *1111: напишите ещё показание – день.')
  expect(say(STRANGER, next).accepted[0]?.registers).toEqual({ T1: '10110', T2: '10120' })
})

test('a register and its value may be one number in groups: where both can be it is asked', () => {
  const [meter] = accounts['2880950001']
  const registers = meter.registers.map((register) => ({ ...register, lastValue: '100', monthlyUsage: null }))
  const account = { branch: 'amur', account: '2880950001', oldAccount: null, unifiedAccount: null, phone: null }
  const say = talk(memoryRegistry([{ ...account, meters: [{ ...meter, registers }] }]))
  expect(say(STRANGER, '2880950001: 1 563 2 445').outcome).toBe('asked;code=VALUES_NEEDED')
  expect(say(STRANGER, '2880950001: 2. 1445, 1. 1563').accepted[0]?.registers).toEqual({ T1: '1563', T2: '1445' })
})
