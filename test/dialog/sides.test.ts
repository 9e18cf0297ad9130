import { expect, test } from 'vitest'
import type { Meter, Service, Zone } from '../../src/core/facts.ts'
import { memoryRegistry, STRANGER, talk } from './talk.ts'

/** A meter that stood at 10000 in each register a month ago: here no doubt tells registers or meters that were mixed up. */
function meter(serial: string, zones: readonly Zone[], service: Service = 'ELECTRICITY'): Meter {
  const dial = { digits: 5, decimals: 0, lastValue: '10000', lastDate: '2026-10-22', monthlyUsage: '100' }
  const registers = zones.map((zone, at) => ({ register: `T${at + 1}`, zone, ...dial }))
  return { meter: serial, service, status: 'ACTIVE', replacedBy: null, ratio: 1, registers }
}

const accounts = {
  '2880950001': [meter('111111111', ['DAY', 'NIGHT'])],
  '2880950002': [meter('222222222', ['PEAK', 'NIGHT', 'HALF_PEAK'])],
  '2880950003': [meter('333333333', ['TOTAL']), meter('444444444', ['TOTAL'])],
  '2880950004': [
    meter('555555555', ['TOTAL']),
    meter('666666666', ['TOTAL'], 'COLD_WATER'),
    meter('777777777', ['TOTAL'], 'HOT_WATER'),
  ],
  '2880950005': [meter('888888888', ['TOTAL'])],
  '2880950006': [meter('999999999', ['DAY', 'NIGHT']), meter('123123123', ['DAY', 'NIGHT'])],
} as const

const registry = memoryRegistry(
  Object.entries(accounts).map(([account, meters]) => ({
    branch: 'amur',
    account,
    oldAccount: null,
    unifiedAccount: null,
    phone: null,
    meters,
  })),
)

const dayAndNight = '1111 10110+10120'
const three = '2222 10110+10120+10130'
const both = '3333 10110, 4444 10120'
const four = '9999 10110+10120, 3123 10210+10220'
const single = '8888 10110'
const services = '5555 10110, 6666 10120'
const waters = '6666 10120, 7777 10130'

/** Which side of its number a label, a serial or a service stands on (rules 9 and 10). */
const rows: readonly (readonly [account: keyof typeof accounts, text: string, taken: string])[] = [
  ['2880950001', '10110 день, 10120', dayAndNight],
  ['2880950001', '10120 (ночь), 10110', dayAndNight],
  ['2880950001', '10120 квт ночь и 10110', dayAndNight],
  ['2880950001', '10110 день, ночь 10120', dayAndNight],
  ['2880950001', '10110д н10120', dayAndNight],
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
  ['2880950002', 'пик 10110, 10130 полупик, ночь 10120', three],
  ['2880950002', '1) 10110 3) 10130 2) 10120', three],
  ['2880950002', 'п/п 10130 п 10110 н 10120', three],
  ['2880950001', 'п2 10120 п1 10110', dayAndNight],
  ['2880950001', 'п1 10110 п2 10120', dayAndNight],
  ['2880950001', 'R2 10120\nR1 10110', dayAndNight],
  ['2880950001', 'А2: 10120,7, А1: 10110,3', dayAndNight],
  ['2880950001', 'п2=10 120;п1=10 110', dayAndNight],
  ['2880950001', 'п2/10120/п1/10110', dayAndNight],
  ['2880950001', '2з 10120 1з 10110', dayAndNight],
  ['2880950001', '2-ое: 10120, 1-ое: 10110', dayAndNight],
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
  ['2880950002', 'III 10130 II 10120 I 10110', three],
  ['2880950004', 'в2 10130 гвс, в1 10120 хвс', '7777 10130, 6666 10120'],
  ['2880950005', 'к2 10110', single],
  ['2880950005', 'п2 10110', single],
  ['2880950005', '2р 50 коп, 1р 30 коп, 10110', single],
  ['2880950005', 'к3 10110, прошлые к1 10010', single],
  ['2880950006', '999999999 п2 10120 п1 10110 123123123 п2 10220 п1 10210', four],
  ['2880950006', '999999999: R1 10110, R2 10120\n123123123: R2 10220, R1 10210', four],
  ['2880950003', 'свет 10110 333333333, свет 10120 444444444', both],
  ['2880950003', 'свет: 10110 (333333333), 10120 (444444444)', both],
  ['2880950003', 'свет 333333333 10110, 444444444 10120', both],
  ['2880950004', '10110 свет, хвс 10120', services],
  ['2880950004', '10110 свет, 10120 хвс, гвс', services],
  ['2880950004', '10120 хол., 10130 гор.', waters],
  ['2880950004', '10120 хол., гор. 10130', waters],
  ['2880950004', 'вода 10120 (холодная), 10130 (горячая)', waters],
  ['2880950004', 'хол/вода 10120 гор/вода 10130', waters],
  ['2880950004', 'холодная вода 10120, горячая вода 10130', waters],
]

for (const [account, text, taken] of rows) {
  test(`«${text}» is ${taken}`, () => {
    const { accepted } = talk(registry)(STRANGER, `${account}: ${text}`)
    const said = accepted.map(({ meter, registers }) => `${meter.slice(-4)} ${Object.values(registers).join('+')}`)
    expect(said.join(', ')).toBe(taken)
  })
}

/** Where two meanings remain it is asked, never guessed (rule 9); nothing of it is taken down. */
const open: readonly (readonly [account: keyof typeof accounts, text: string, outcome: string])[] = [
  ['2880950001', '10110 день 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10120 квт ночь 10110 квт', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 т1 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 по первому 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 тариф 1 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 день 10120 ночь 20230', 'asked;code=VALUES_NEEDED'],
  ['2880950002', '10110 пик 10120 ночь 10130', 'asked;code=VALUES_NEEDED'],
  ['2880950002', '10110 пик 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'звонила ночью, 10110 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'была ночь, 10110 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'с 10000 по 10110', 'asked;code=VALUES_NEEDED'],
  ['2880950001', '10110 или 10120', 'asked;code=VALUES_NEEDED'],
  ['2880950001', 'день с 10000 по 10110', 'asked;code=VALUES_NEEDED'],
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
  ['2880950003', 'с 10000 по 10110', 'asked;code=METER_NEEDED'],
  ['2880950004', '10110 свет 10120 хвс 10130', 'asked;code=METER_NEEDED'],
  ['2880950004', '10110 хвс 10120', 'asked;code=METER_NEEDED'],
  ['2880950005', '10110 свет 10120', 'rejected;code=EXTRA_VALUES'],
  ['2880950005', 'с 10000 по 10110', 'rejected;code=EXTRA_VALUES'],
  ['2880950005', 'п2 10120 п1 10110', 'rejected;code=EXTRA_VALUES'],
  ['2880950005', '10110 или 10111', 'rejected;code=EXTRA_VALUES'],
]

for (const [account, text, outcome] of open) {
  test(`«${text}» is ${outcome}`, () => {
    const heard = talk(registry)(STRANGER, `${account} ${text}`)
    expect([heard.outcome, heard.accepted]).toEqual([outcome, []])
  })
}

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
