import { expect, test } from 'vitest'
import { type accounts, heardOf, registry } from './close-readings.ts'
import { STRANGER, talk } from './talk.ts'

const dayAndNight = '1111 10110+10120'
const three = '2222 10110+10120+10130'
const four = '9999 10110+10120, 3123 10210+10220'
const single = '8888 10110'

/** Codes of the customer's own number the registers, in any order (rule 9); a house's or a date's are none. */
const rows: readonly (readonly [account: keyof typeof accounts, text: string, taken: string])[] = [
  ['2880950001', 'п2 10120 п1 10110', dayAndNight],
  ['2880950001', 'п1 10110 п2 10120', dayAndNight],
  ['2880950001', 'R2 10120\nR1 10110', dayAndNight],
  ['2880950001', 'А2: 10120,7, А1: 10110,3', dayAndNight],
  ['2880950001', 'п2=10 120;п1=10 110', dayAndNight],
  ['2880950001', 'п2/10120/п1/10110', dayAndNight],
  ['2880950001', '2з 10120 1з 10110', dayAndNight],
  ['2880950001', '2-ое: 10120, 1-ое: 10110', dayAndNight],
  ['2880950001', '2-т 10120 1-т 10110', dayAndNight],
  ['2880950001', '10120 2-тар., 10110 1-тар.', dayAndNight],
  ['2880950001', 'II 10120 I 10110', dayAndNight],
  ['2880950001', 'Тариф II 10120 Тариф I 10110', dayAndNight],
  ['2880950001', '10120 (п2), 10110 (п1)', dayAndNight],
  ['2880950001', '10120 (2), 10110 (1)', dayAndNight],
  ['2880950001', '10110 (1), 10120 (2)', dayAndNight],
  ['2880950001', '2-ночь 10120 1-день 10110', dayAndNight],
  ['2880950001', '1-день 10110 2-ночь 10120', dayAndNight],
  ['2880950001', 'день п2 10110 ночь п1 10120', dayAndNight],
  ['2880950001', 'п2 10110 день п1 10120 ночь', dayAndNight],
  ['2880950001', 'свет п2 10120 квт, свет п1 10110 квт', dayAndNight],
  ['2880950001', 'предыдущие п2 10020 п1 10010 текущие п2 10120 п1 10110', dayAndNight],
  ['2880950001', 'ул. Ленина д.5 к1 кв.12 п2 10120 п1 10110', dayAndNight],
  ['2880950001', 'п2 10120 п1 10110 д5 к2 кв2 т. 8 924 123-45-67', dayAndNight],
  ['2880950001', 'д2 к1 кв1 10110 10120', dayAndNight],
  ['2880950001', 'к2 10110 10120', dayAndNight],
  ['2880950001', 'д5кв2 10110, кв2 10120', dayAndNight],
  ['2880950001', '10110 10120 п1', dayAndNight],
  ['2880950002', 'п3 10130 п1 10110 п2 10120', three],
  ['2880950002', 'А1 10110 А2 10120 А3 10130', three],
  ['2880950002', '10130 3-зн, 10110 1-зн, 10120 2-зн', three],
  ['2880950002', 'III 10130 II 10120 I 10110', three],
  ['2880950004', 'в2 10130 гвс, в1 10120 хвс', '7777 10130, 6666 10120'],
  ['2880950005', 'к2 10110', single],
  ['2880950005', 'п2 10110', single],
  ['2880950005', '2р 50 коп, 1р 30 коп, 10110', single],
  ['2880950005', 'к3 10110, прошлые к1 10010', single],
  ['2880950008', '999999999 п2 10120 п1 10110 123123123 п2 10220 п1 10210', four],
  ['2880950008', '999999999: R1 10110, R2 10120\n123123123: R2 10220, R1 10210', four],
]

for (const [account, text, taken] of rows) {
  test(`«${text}» is ${taken}`, () => expect(heardOf(`${account}: ${text}`)).toBe(taken))
}

/** What may be codes of registers or of something else is asked; nothing of it is taken down. */
const open: readonly (readonly [account: keyof typeof accounts, text: string, outcome: string])[] = [
  ['2880950001', 'д2 10120 д1 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'кв2 10120 кв1 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'п3 10120 п1 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'п2 10110 п2 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '2-го 10120 1-го 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'нижний 10120, верхний 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'снизу 10120 сверху 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10120 п2 10110 п1 20230', 'asked;code=VALUES_NEEDED'],
  ['2880950002', 'п3 10130 п1 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950002', 'п2 10120 п1 10110', 'asked;code=FEW_VALUES'],
  ['2880950003', 'п2 10120 п1 10110', 'asked;code=METER_NEEDED'],
  ['2880950005', 'п2 10120 п1 10110', 'rejected;code=EXTRA_VALUES'],
]

for (const [account, text, outcome] of open) {
  test(`«${text}» is ${outcome}`, () => {
    const heard = talk(registry)(STRANGER, `${account} ${text}`)
    expect([heard.outcome, heard.accepted]).toEqual([outcome, []])
  })
}
