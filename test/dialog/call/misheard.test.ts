import { expect, test } from 'vitest'
import { STRANGER } from '../talk.ts'
import { called } from './talk.ts'

/** The way of a stranger to a meter that last stood at 55959. */
const TO_5057 = ['#2880950488', '#5057']

test.each([
  [
    'a meter that is no more is named by nobody',
    ['#2869593210', '#5593'],
    'Этот счётчик снят с учёта. Нужен номер действующего.',
  ],
  ['digits that no meter of the account has', ['#2880950488', '#1111'], 'Цифры не совпали.'],
  ['a value much longer than the dial', [...TO_5057, '#2880950488'], 'Цифр больше, чем на табло.'],
  ['an account that there is not', ['#2880000000'], 'Такого лицевого счёта нет.'],
  ['no number at all', ['добрый день'], 'Не удалось разобрать.'],
  ['who does not know the account', ['не знаю'], 'Чтобы поговорить с оператором, нажмите ноль.'],
  ['nor the reading', [...TO_5057, 'я не помню'], 'Чтобы поговорить с оператором, нажмите ноль.'],
  ['nor whether it is right', [...TO_5057, '#56311', 'не знаю'], 'Чтобы поговорить с оператором, нажмите ноль.'],
  ['a digit more than the dial has', [...TO_5057, 'пять шесть три один один два'], 'Цифр больше, чем на табло.'],
  ['what was used, and no reading (rule 12)', [...TO_5057, 'расход триста пятьдесят два'], 'Не удалось разобрать.'],
  ['so too in figures', [...TO_5057, '352 киловатта израсходовал'], 'Не удалось разобрать.'],
  ['what stood there before (rule 12)', [...TO_5057, 'в прошлом месяце 56000'], 'Не удалось разобрать.'],
  [
    'one digit of the reading, and not which',
    [...TO_5057, '#56311', 'да но последняя цифра семь'],
    'Не удалось разобрать.',
  ],
  ['which of them is wrong', [...TO_5057, '#56311', 'нет, первая не та'], 'Не удалось разобрать.'],
  ['the same with a no', [...TO_5057, '#56311', 'нет, последняя цифра пять'], 'Не удалось разобрать.'],
  ['a digit of the serial, and not four', ['#2880950488', '#7'], 'Цифры не совпали.'],
  ['three of them', ['#2863396002', '#146'], 'Цифры не совпали.'],
])('%s: said, and asked again', (_what, turns, said) => {
  const { say, outcome } = called(STRANGER, turns)
  expect([say[0], outcome.slice(0, 6)]).toEqual([said, 'asked;'])
})

test('which reading of a meter is asked for is said in plain words, in each form of the question', () => {
  const way = ['#2891652287', '#0684', '#30000']
  expect(called(STRANGER, way.slice(0, 2)).say[1]).toBe('Назовите дневное показание.')
  expect(called(STRANGER, [...way, '…']).say[1]).toBe('Назовите ночное показание по одной цифре.')
  expect(called(STRANGER, [...way, '…', '…']).say[1]).toBe('Наберите ночное показание на клавиатуре и нажмите решётку.')
  expect(called(STRANGER, [...way, 'ночное показание сорок четыре тысячи сто десять']).stage).toBe('confirm')
  expect(called(STRANGER, [...way, 'дневное показание сорок четыре тысячи сто десять']).stage).toBe('value')
})

test('our own question may be said back with the answer', () => {
  expect(called('+79635744912', ['последние четыре цифры четыре семь семь восемь']).stage).toBe('value')
  expect(called('+79635744912', ['последние 4 цифры 4778']).stage).toBe('value')
  expect(called('+79635744912', ['четыре последние цифры, 4778']).stage).toBe('value')
  expect(called(STRANGER, [...TO_5057, 'диктую по одной цифре, пять шесть три один один']).stage).toBe('confirm')
  expect(called(STRANGER, ['#2880950488', 'последние четыре цифры пять ноль пять семь']).stage).toBe('value')
})

test('more than four of the last digits of a serial name the meter too', () => {
  expect(called(STRANGER, ['#2880950488', '#05057', '#56311', '#1']).outcome).toBe('accepted;flags="NO_SERIAL"')
})

test('what is keyed behind the comma is no part of what electricity is billed by, and is not read back (rule 11)', () => {
  expect(called(STRANGER, [...TO_5057, '#56311*7']).say[0]).toBe('Показание: 5 6, 3 1 1.')
  expect(called('+79633044809', ['#9905', '#2', '#61036*5']).say[0]).toBe('Показание: 6 1, 0 3 6, запятая, 5.')
})

test('a star between the digits of an account stands for its slash', () => {
  expect(called(STRANGER, ['#62499*05']).stage).toBe('serial')
  expect(called(STRANGER, ['#2880*950488']).stage).toBe('serial')
})

test('a shorter number in place of the one that was read back is one digit of it only where that is said', () => {
  const { say, stage } = called(STRANGER, [...TO_5057, '#156311', 'нет, пятьдесят шесть тысяч триста одиннадцать'])
  expect([say[0], stage]).toEqual(['Показание: 5 6, 3 1 1.', 'confirm'])
})

test('a number in place of two that were read back is of neither', () => {
  const { outcome, stage } = called(STRANGER, ['#2891652287', '#0684', '#30000', '#44110', 'нет, 44120'])
  expect([outcome, stage]).toEqual(['none;code=CANCELLED', 'value'])
})
