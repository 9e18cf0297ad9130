import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { hear } from '../../../src/language/speech/hear.ts'
import type { Wanted } from '../../../src/language/speech/narrow.ts'

type Case = { id: string; heard: string; intent?: string } & Wanted &
  ({ expect: string[]; ask?: undefined } | { ask: true })

const cases = readFileSync(new URL('../../fixtures/speech.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case)

describe('what a caller was heard to say', () => {
  test.each(cases.map((one) => [one.id, one.heard, one] as const))('%s: «%s»', (_id, heard, one) => {
    const { candidates, intent } = hear(heard, one)
    if (one.ask) expect(candidates).not.toHaveLength(1)
    else expect(candidates).toEqual([...one.expect].sort())
    if (one.intent !== undefined) expect(intent).toBe(one.intent)
  })
})

const value = (heard: string, digits = 5, decimals = 0) => hear(heard, { as: 'value', digits, decimals }).candidates

/** A line for each sentence of the rules of the candidate set, on both sides of what it says. */
describe('the candidate set', () => {
  test.each<[string, string, string[]]>([
    ['a word joins a number that ends in zeros enough', 'сто двадцать три', ['10023', '1203', '123']],
    ['ten takes nothing', 'десять один', ['101']],
    ['ten is no part of tens, but «десят» is', 'пять десят', ['50']],
    ['and «пять десять» stays five and ten', 'пять десять', ['510']],
    ['an ordinal ends its number', 'сорок пятый', ['45']],
    ['a scale word multiplies what stands before it', 'двенадцать тысяч', ['12000']],
    ['alone it counts once', 'тысяча двести', ['1200']],
    ['but «тысяч» cannot stand alone', 'тысяч двести', []],
    ['one and a half thousand', 'полторы тысячи', ['1500']],
    ['digit strings join likewise', '12 тысяч 345', ['12345']],
    ['and are never cut inside', '12 345', ['12345']],
    ['their leading zeros are said one by one', '007', ['7']],
    ['a unit before «нуля» repeats it', 'один два нуля', ['100']],
    ['and before the name of a digit', 'две семерки', ['77']],
    ['a digit’s name joins nothing', 'двадцать семерка', ['207']],
    ['a zero may hold an empty place', 'двенадцать тысяч ноль сорок пять', ['12045']],
    ['a scaled number is as long as it can be', 'одна тысяча две', ['1002']],
    ['minutes are not counted', 'двенадцать минут сорок', ['40']],
    ['nor is the number of a tariff', 'по первому тарифу сорок', ['40']],
    ['nor one behind «тариф»', 'тариф два сорок', ['40']],
    ['a correction between numbers asks', 'двенадцать нет тринадцать', []],
    ['one behind them does not', 'двенадцать нет', ['12']],
    ['a minus before a number leaves none', 'минус двенадцать', []],
  ])('%s: «%s»', (_why, heard, expected) => expect(value(heard)).toEqual([...expected].sort()))

  test.each<[string, number, string[]]>([
    ['двенадцать целых пять десятых', 1, ['12.5']],
    ['двенадцать целых пять десятых', 0, ['12']],
    ['двенадцать целых пять сотых', 2, ['12.05']],
    ['двенадцать целых пять сотых', 1, ['12']],
    ['двенадцать с половиной', 1, ['12.5']],
    ['двенадцать и пять десятых', 1, ['12.5']],
    ['12,50', 2, ['12.5']],
  ])('«%s» with %d decimals', (heard, decimals, expected) => expect(value(heard, 5, decimals)).toEqual(expected))

  test.each<[string, string, string[]]>([
    ['^\\d{5}/\\d{2}$', '11111 дробь 11', ['11111/11']],
    ['^\\d{5}/\\d{2}$', '11111/11', ['11111/11']],
    ['^\\d{4}$', 'ноль ноль один два', ['0012']],
    ['^\\d{4}$', 'ноль один два', []],
  ])('an account of %s keeps its zeros: «%s»', (pattern, heard, expected) =>
    expect(hear(heard, { as: 'account', pattern }).candidates).toEqual(expected),
  )
})
