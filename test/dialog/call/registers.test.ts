import { expect, test } from 'vitest'
import { STRANGER } from '../talk.ts'
import { called } from './talk.ts'

/** The way of a stranger to a meter of two zones. */
const TO_0684 = ['#2891652287', '#0684']
/** And to one of three. */
const TO_9204 = ['#2884301686', '#9204']

const BOTH = 'День: 3 0, 0 0 0. Ночь: 4 4, 1 1 0.'

test.each([
  'день тридцать тысяч ночь сорок четыре тысячи сто десять',
  'ночь сорок четыре тысячи сто десять, день тридцать тысяч',
  'дневное тридцать тысяч, ночное сорок четыре тысячи сто десять',
  'первый тариф тридцать тысяч, второй тариф сорок четыре тысячи сто десять',
  'т1 30000 т2 44110',
  'дневная зона тридцать тысяч, ночная зона сорок четыре тысячи сто десять',
  'по ночному тарифу 44110 по дневному тарифу 30000',
  'тариф один тридцать тысяч, тариф два сорок четыре тысячи сто десять',
  'второго тарифа сорок четыре тысячи сто десять, первого тарифа 30000',
  'т один тридцать тысяч т два сорок четыре тысячи сто десять',
  'тариф день три ноль ноль ноль ноль тариф ночь четыре четыре один один ноль',
  'показания такие: день три ноль ноль ноль ноль; ночь четыре четыре один один ноль',
])('both zones in one answer are read back together: «%s»', (answer) => {
  const { say, stage } = called(STRANGER, [...TO_0684, answer])
  expect([stage, say.join(' ')]).toEqual(['confirm', expect.stringContaining(BOTH)])
  expect(called(STRANGER, [...TO_0684, answer, '#1']).outcome).toMatch(/^accepted/)
})

test.each([
  'ночь 201308 полупик 716501 пик 693800',
  'по первому тарифу 693800 по второму тарифу 201308 по третьему тарифу 716501',
])('three zones in one answer, too: «%s»', (answer) => {
  expect(called(STRANGER, [...TO_9204, answer]).stage).toBe('confirm')
  expect(called(STRANGER, [...TO_9204, answer, '#1']).outcome).toMatch(/^accepted/)
})

test('the two that are left of three', () => {
  const turns = [...TO_9204, '#693800', 'полупик 716501, ночь 201308']
  expect(called(STRANGER, turns).stage).toBe('confirm')
})

test.each([
  ['ночь сорок четыре тысячи сто десять', 'тридцать тысяч'],
  ['ночь 44110', 'день 30000'],
  ['второй тариф: 44110', '#30000'],
  ['ночная зона: 44110', 'дневной тариф: 30000'],
  ['тариф два: сорок четыре тысячи сто десять', 'тариф один: 30000'],
  ['показание второго тарифа 44110', '#30000'],
  ['зона номер два, 44110', '#30000'],
  ['т два 44110', '#30000'],
])(
  'a zone that was not asked for is taken where it is named, and the other is asked for next (rule 9): «%s»',
  (night, day) => {
    const first = called(STRANGER, [...TO_0684, night])
    expect([first.stage, first.outcome, first.say]).toEqual([
      'value',
      'asked;code=FEW_VALUES',
      [expect.stringMatching(/^Назовите дневное показание/)],
    ])
    const { say, stage } = called(STRANGER, [...TO_0684, night, day])
    expect([stage, say.join(' ')]).toEqual(['confirm', expect.stringContaining(BOTH)])
    expect(called(STRANGER, [...TO_0684, night, day, 'да']).outcome).toMatch(/^accepted/)
  },
)

test.each([
  'дневная зона: три ноль ноль ноль ноль',
  'по дневному тарифу три ноль ноль ноль ноль',
  'тариф дневной, три ноль ноль ноль ноль',
  'дневной тариф один, тридцать тысяч',
])(
  'of a zone that is named a digit behind «зона» is the reading’s where only that is plausible (rule 32): «%s»',
  (day) => {
    const { say, stage } = called(STRANGER, [...TO_0684, day, '44110'])
    expect([stage, say.join(' ')]).toEqual(['confirm', expect.stringContaining(BOTH)])
  },
)

test('of three zones, in any order', () => {
  const turns = [...TO_9204, 'ночь 201308', 'полупик 716501', 'пик 693800']
  expect(called(STRANGER, turns).stage).toBe('confirm')
})

test.each([
  'расход: ночь семьдесят',
  'расход: день двести тридцать, ночь семьдесят',
  'предыдущие: день 29770, ночь 44040',
  'вода: ночь сорок четыре тысячи сто десять',
  'сорок четыре тысячи сто десять ночь',
  'сорок четыре тысячи сто десять, тариф два',
  'звонила ночью, тридцать тысяч',
])('what is said to be another number is none of the zone either: «%s»', (answer) => {
  const { say, stage } = called(STRANGER, [...TO_0684, answer])
  expect([stage, say.at(-1)]).toEqual(['value', 'Назовите дневное показание по одной цифре.'])
})

test.each([
  'тридцать тысяч день, сорок четыре тысячи сто десять ночь',
  'день тридцать тысяч ночь',
  'дневной тариф тридцать тысяч второй ночной тариф сорок четыре тысячи сто десять',
  'ночь тридцать тысяч, ночь сорок четыре тысячи сто десять',
  'день тридцать тысяч, нет, тридцать одна тысяча, ночь сорок четыре тысячи сто десять',
  'день расход двести тридцать, ночь расход семьдесят',
])('where it is not clear which is which, the first is asked for again: «%s»', (answer) => {
  const { say, stage } = called(STRANGER, [...TO_0684, answer])
  expect([stage, say.at(-1)]).toEqual(['value', 'Назовите дневное показание по одной цифре.'])
})

const READ_BACK = [...TO_0684, '#30001', '#44110']

test.each([
  ['нет, день тридцать тысяч', BOTH],
  ['день тридцать тысяч', BOTH],
  ['нет, первый тариф 30000', BOTH],
  ['нет, ночь сорок четыре тысячи сто', 'День: 3 0, 0 0 1. Ночь: 4 4, 1 0 0.'],
  ['не так: ночь сорок четыре тысячи сто, день тридцать тысяч', 'День: 3 0, 0 0 0. Ночь: 4 4, 1 0 0.'],
])(
  'at the read-back a zone that is named gets its new value, and the other stays (rules 9, 14): «%s»',
  (answer, read) => {
    const { say, stage } = called(STRANGER, [...READ_BACK, answer])
    expect([stage, say.slice(0, 2).join(' ')]).toEqual(['confirm', read])
    expect(called(STRANGER, [...READ_BACK, answer, 'да']).outcome).toMatch(/^accepted/)
  },
)

test.each(['нет, тридцать тысяч', 'нет, ночь', 'нет, день тридцать тысяч, день тридцать одна тысяча'])(
  'where it is not clear of which zone the new value is, all are asked for again: «%s»',
  (answer) => {
    const { say, stage } = called(STRANGER, [...READ_BACK, answer])
    expect([stage, say.at(-1)]).toEqual(['value', 'Назовите дневное показание по одной цифре.'])
  },
)

test('one digit of a named zone is no value of it', () => {
  expect(called(STRANGER, [...READ_BACK, 'нет, день, последняя цифра ноль']).say[0]).toBe('Не удалось разобрать.')
})

test('beside a proposal all zones must be named', () => {
  const swapped = [...TO_0684, '#44110', '#30000', '#1']
  expect(called(STRANGER, swapped).say).toContain('Возможно, вы имели в виду:')
  expect(called(STRANGER, [...swapped, 'нет, ночь сорок четыре тысячи сто']).stage).toBe('value')
  const both = called(STRANGER, [...swapped, 'нет, день тридцать тысяч, ночь сорок четыре тысячи сто'])
  expect(both.say.slice(0, 2).join(' ')).toBe('День: 3 0, 0 0 0. Ночь: 4 4, 1 0 0.')
})
