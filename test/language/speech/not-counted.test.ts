import { expect, test } from 'vitest'
import { hear } from '../../../src/language/speech/hear.ts'
import { values } from './values.ts'

test.each([
  ['по второму тарифу двести', '2'],
  ['двести третьего тарифа', '3'],
  ['тариф, э, один: двести, т два триста', '1 2'],
  ['тариф два', '2'],
  ['тариф двадцать', ''],
  ['тариф три тысячи', ''],
  ['двенадцать, нет, тариф два, тринадцать', ''],
  ['две минуты второго ноября двести', ''],
])('the numbers that name a tariff are told apart: «%s»', (heard, tariffs) => {
  expect(hear(heard, { as: 'value', digits: 5, decimals: 0 }).tariffs.join(' ')).toBe(tariffs)
})

test.each(['э', 'ээээ', 'эмммм', 'мммм', 'аааа'])(
  'a hum stands between a tariff and its number however long: «%s»',
  (hum) => {
    expect(values(`тариф, ${hum}, два, сорок`)).toBe('40')
    expect(values(`по второму ${hum} тарифу сорок`)).toBe('40')
  },
)
