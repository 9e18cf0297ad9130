import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Heard, hear } from '../../../src/language/speech/hear.ts'
import type { Wanted } from '../../../src/language/speech/narrow.ts'
import { values } from './values.ts'

type Case = Wanted & { id: string; heard: string; expect?: string[]; ask?: true; intent?: Heard['intent'] }

const cases: readonly Case[] = readFileSync(new URL('../../fixtures/speech.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

describe('the cases of speech.jsonl', () => {
  test.each(cases)('$id $heard', ({ heard, expect: candidates = [], ask, intent, ...wanted }) => {
    const said = hear(heard, wanted)
    if (ask) expect(said).toMatchObject({ corrected: true, candidates: [] })
    else expect(said).toMatchObject({ corrected: false, candidates: candidates.toSorted() })
    if (intent !== undefined) expect(said.intent).toBe(intent)
  })
})

describe('words join to a number (rule 2)', () => {
  test.each([
    ['a hundred takes tens', 'сто двадцать', '10020 120'],
    ['tens take a unit', 'двадцать три', '203 23'],
    ['tens take no teen', 'двадцать тринадцать', '2013'],
    ['ten takes nothing', 'десять один', '101'],
    ['nor does ten behind a hundred', 'сто десять один', '100101 1101'],
    ['a teen takes nothing', 'двенадцать один', '121'],
    ['a hundred takes no hundred', 'двести сто', '200100'],
    ['an ordinal ends its number', 'сороковой пять', '405'],
    ['a scale word multiplies', 'сто двадцать тысяч', '120000'],
    ['a scale word alone counts once', 'тысяча двести', '1200'],
    ['«тысяч» stands behind a number', 'двадцать тысяч', '20000'],
    ['«тысяч» can’t stand alone', 'тысяч двести', ''],
    ['nor behind a zero', 'ноль тысяч двести', ''],
    ['nor behind another scale word', 'двадцать тысяч тысяч', ''],
    ['agreement does not matter', 'двадцать тысяча', '20000'],
    ['one and a half', 'полторы тысячи', '1500'],
    ['half a thousand', 'полтыщи', '500'],
    ['half a thousand in two words', 'пол тысячи', '500'],
    ['half a thousand takes more', 'полтысячи сорок', '50040 540'],
    ['one and a half takes more', 'полторы тысячи двадцать', '1520'],
    ['one and a half with a hum', 'полторы, э, тысячи двадцать', '1520'],
    ['one and a half with another word', 'полторы где-то тысячи', '1500'],
    ['and before roubles it is no reading', 'полторы где-то тысячи рублей сорок', '40'],
    ['one and a half of nothing is no number', 'полторы пять', ''],
    ['a million is too long for six digits', 'миллион двести тысяч', ''],
  ])('%s', (_why, heard, expected) => expect(values(heard, 6)).toBe(expected))

  test('millions and milliards', () => {
    expect(values('миллион двести тысяч пять', 7)).toBe('1200005')
    expect(values('два миллиарда восемьсот миллионов семь тысяч один', 10)).toBe('2800007001')
  })
})

describe('digit strings (rule 3)', () => {
  test.each([
    ['join like words', '300 45', '30045 345'],
    ['join behind words', '12 тысяч 345', '12345'],
    ['are never cut', '345', '345'],
    ['stay apart where they do not join', '34 5', '345'],
    ['ten takes nothing here either', '10 1', '101'],
    ['thousands are as long as they can be', '1200 34', '1234'],
    ['zeros in front are said one by one', '12 045', '12045'],
    ['zeros in front hold places', '12 тысяч 045', '12045'],
    ['zeros alone', '00', '0'],
    ['too long for the dial', '123456', ''],
  ])('%s', (_why, heard, expected) => expect(values(heard)).toBe(expected))
})

describe('zeros (rule 4)', () => {
  test.each([
    ['stand alone', 'двадцать ноль', '200'],
    ['are counted', 'пять два нуля', '500'],
    ['five of them', 'один пять нулей', ''],
    ['«ноль» is not counted', 'два ноль', '20'],
    ['are counted in any case', 'двумя нулями', '0'],
    ['counted ones stand behind a number', 'пять с двумя нулями', '500'],
    ['small ones are counted', 'пять с двумя ноликами', '500'],
    ['small ones', 'пять нолики', '50'],
    ['a digit’s name is counted', 'две семёрки', '77'],
    ['a digit’s name by itself', 'семёрка три', '73'],
    ['a digit’s name joins nothing', 'двадцать семёрка', '207'],
    ['the unit before it counts, not the tens', 'двадцать две семёрки', '2077'],
    ['hold a place behind a hundred', 'триста ноль пять', '30005 305'],
    ['hold two places behind a thousand', 'двенадцать тысяч ноль ноль пять', '12005'],
    ['counted ones hold places too', 'двенадцать тысяч два нуля пять', '12005'],
    ['hold none where nothing follows', 'двенадцать ноль', '120'],
    ['hold none where the word behind is too long', 'триста ноль сорок ноль', ''],
    ['hold none behind tens', 'двадцать ноль пять', '2005'],
    ['hold none behind a hundred and tens', 'сто двадцать ноль пять', '12005'],
  ])('%s', (_why, heard, expected) => expect(values(heard)).toBe(expected))
})

describe('readings (rules 5 and 6)', () => {
  test.each([
    ['every cut', 'сто двадцать один', 8, '100201 10021 1201 121'],
    ['a number with a scale word is not cut', 'одна тысяча две', 8, '1002'],
    ['an ordinal is not cut', 'сорок пятый', 8, '45'],
    ['what can’t be cut wholly is nothing', 'тысяча двести тысяч', 12, ''],
  ])('%s', (_why, heard, digits, expected) => expect(values(heard, digits)).toBe(expected))
})

describe('not counted (rule 7)', () => {
  test.each([
    ['minutes', 'жду двадцать пять минут, двенадцать тысяч', '12000'],
    ['one minute', 'одну минуту, двенадцать тысяч', '12000'],
    ['«минуту» in a sentence is none', 'двенадцать тысяч, минуту, триста', '12300'],
    ['a day of a month', 'на двадцать второе ноября сорок', '40'],
    ['a day in digits', 'на 22-е ноября сорок', '40'],
    ['a day', 'двадцать второго числа сорок', '40'],
    ['a year', 'за 2026 год сорок', '40'],
    ['roubles with kopecks', '12,5 рублей и 00 копеек, сорок', '40'],
    ['roubles with kopecks behind the value', 'сорок, а 12 рублей 00 копеек', '40'],
    ['roubles with tenths', 'двенадцать целых пять десятых рублей сорок', '40'],
    ['months', 'пять месяцев сорок', '40'],
    ['a number with another word before the minutes', 'сорок это минуты', '40'],
    ['the first tariff', 'по первому тарифу сорок', '40'],
    ['the third zone', 'третья зона сорок', '40'],
    ['the fourth is none', 'четвёртый тариф сорок', '440'],
    ['a cardinal before it is none', 'один тариф сорок', '140'],
    ['behind the tariff', 'тариф один сорок', '40'],
    ['behind the tariff and a colon', 'тариф: 2, сорок', '40'],
    ['behind the tariff and a hum', 'тариф, э, номер два, сорок', '40'],
    ['behind the tariff and a number sign', 'тариф № 2: сорок', '40'],
    ['four behind it is a value', 'тариф четыре ноль', '40'],
    ['a longer number behind it is a value', 'тариф три тысячи', '3000'],
    ['before one thousand', 'т2 тысяча двести пять', '1205'],
    ['before one thousand as it is spoken', 'по тарифу три, показания: тыщу двести', '1200'],
    ['but thousands are counted', 'т2 тысячи двести пять', '2205'],
    ['another word between is no «right after»', 'тариф показания два ноль', '20'],
    ['an ordinal before: what follows is a value', 'по первому тарифу два ноль', '20'],
    ['behind a letter', 'т1 сорок', '40'],
    ['behind a Latin letter', 't2 сорок', '40'],
    ['«во-первых»', 'во-первых сорок', '40'],
    ['«во вторых» in two words', 'во вторых сорок', '40'],
    ['«в-третьих»', 'в-третьих сорок', '40'],
    ['hours are no unit', 'три часа сорок', '340'],
    ['the day’s tariff', 'по первому дневному тарифу двести', '200'],
    ['the night’s tariff', 'по второму ночному тарифу двести', '200'],
    ['the night’s tariff named', 'первый ночной тариф двести', '200'],
    ['the day’s zone', 'в первой дневной зоне двести', '200'],
    ['the common tariff', 'по первому общему тарифу двести', '200'],
    ['behind the day’s tariff', 'тариф дневной один двести', '200'],
    ['another word between the ordinal and the tariff', 'сорок первое показание по тарифу', '41'],
    ['a round number before the tariff', 'тридцать тысяч по второй зоне', '30000'],
    ['a round number right before the tariff', 'двадцать первый тариф тридцать', '2030'],
    ['the day behind a round number', 'тридцать тысяч сто на двадцать второе ноября', '30100'],
    ['roubles and a half behind another word', 'за двенадцать с половиной рублей сорок', '40'],
    ['nor is it the month behind other words', 'сорок показания за ноябрь', '40'],
  ])('%s', (_why, heard, expected) => expect(values(heard)).toBe(expected))
})

describe('decimals (rule 8)', () => {
  test.each([
    ['запятая', 'двенадцать запятая пять', 3, '12.5'],
    ['точка', 'двенадцать точка ноль пять', 3, '12.05'],
    ['целых', 'двенадцать целых пять', 3, '12.5'],
    ['точки', 'двенадцать, после точки пять', 3, '12.5'],
    ['точкой', 'двенадцать с точкой пять', 3, '12.5'],
    ['целую', 'одну целую две десятых', 3, '1.2'],
    ['целым', 'к двум целым пяти десятым', 3, '2.5'],
    ['one whole', 'одна целая две десятых', 3, '1.2'],
    ['tenths', 'двенадцать целых и пять десятых', 3, '12.5'],
    ['one tenth', 'двенадцать целых одна десятая', 3, '12.1'],
    ['hundredths', 'двенадцать целых пять сотых', 3, '12.05'],
    ['thousandths', 'двенадцать целых двадцать пять тысячных', 3, '12.025'],
    ['one thousandth', 'двенадцать целых одна тысячная', 3, '12.001'],
    ['«и» before tenths', 'двенадцать и пять десятых', 3, '12.5'],
    ['«и» before one tenth', 'двенадцать и одна десятая', 3, '12.1'],
    ['«и» and fillers before tenths', 'двенадцать и, э, там пять десятых', 3, '12.5'],
    ['«и» elsewhere', 'двенадцать и пять', 3, '125'],
    ['«и» before a day', 'сорок тысяч и триста пять десятого ноября', 3, '40305'],
    ['«и» and words before a day', 'сорок тысяч и триста пять на десятое, э, ноября', 3, '40305'],
    ['a half', 'двенадцать с половиной', 3, '12.5'],
    ['a half and more', 'двенадцать с половиной пять', 3, ''],
    ['a comma between digits', '12,75', 3, '12.75'],
    ['a point between digits', '12.75', 3, '12.75'],
    ['a comma and a blank', '12, 75', 3, '1275'],
    ['the fraction is joined', 'двенадцать запятая двадцать пять', 3, '12.25'],
    ['the whole is not', 'двадцать один запятая пять', 3, '201.5 21.5'],
    ['cut, not rounded', 'двенадцать целых девятьсот девяносто девять тысячных', 1, '12.9'],
    ['zeros at the end dropped', 'двенадцать целых пятьдесят сотых', 3, '12.5'],
    ['nothing is left of it', 'двенадцать целых ноль десятых', 3, '12'],
    ['nothing before the point', 'ноль целых пять десятых', 3, '0.5'],
    ['no decimals wanted', 'ноль целых пять десятых', 0, '0'],
    ['nothing behind the mark', 'двенадцать целых', 3, '12'],
    ['more than any meter shows', '12,345678', 2, '12.34'],
    ['more than any meter shows, none wanted', '12.3456789', 0, '12'],
    ['more than any meter shows, in words', 'двенадцать запятая один два три четыре пять шесть', 2, '12.12'],
    ['two marks', '12.11.2026', 3, ''],
    ['no whole part', 'целых пять десятых', 3, ''],
    ['tenths without a mark', 'двенадцать пять десятых', 3, ''],
    ['more tenths than a tenth holds', 'двенадцать целых двадцать пять десятых', 3, ''],
    ['a date with a reading behind it', '22.11 тридцать тысяч сто', 3, ''],
    ['a date with a reading in digits behind it', '22.11 30100', 0, ''],
    ['a date with a reading of four digits behind it', '22.11 3010', 0, ''],
  ])('%s', (_why, heard, decimals, expected) => expect(values(heard, 5, decimals)).toBe(expected))
})

describe('narrowing (rule 9)', () => {
  const accounts = (heard: string, pattern: string) => hear(heard, { as: 'account', pattern }).candidates.join(' ')

  test.each([
    ['as many digits as the dial', 'один два три', 3, '123'],
    ['one more', 'один два три четыре', 3, ''],
    ['zeros in front do not count', 'ноль ноль ноль один два три', 3, '123'],
    ['nothing but zeros', 'ноль ноль', 3, '0'],
    ['a stroke is in no value', 'двенадцать дробь три', 5, ''],
    ['nor is that of a half', '12½', 5, ''],
  ])('a value: %s', (_why, heard, digits, expected) => expect(values(heard, digits)).toBe(expected))

  test.each([
    ['keeps its zeros', 'ноль ноль один', '^\\d{3}$', '001'],
    ['matches whole', 'ноль ноль один два', '^\\d{3}$', ''],
    ['a stroke said', 'сорок дробь шестьдесят семь', '^\\d{2}/\\d{2}$', '40/67'],
    ['a stroke between digits', '40/67', '^\\d{2}/\\d{2}$', '40/67'],
    ['a stroke and blanks', '40 / 67', '^\\d{2}/\\d{2}$', '40/67'],
    ['a stroke between words says nothing', 'сорок / три ноль', '^\\d{4}$', '4030'],
    ['marks are pauses', '28.809 50,488', '^\\d{10}$', '2880950488'],
    ['of several lengths', 'сорок три', '^\\d{2,3}$', '403 43'],
    ['without a length', 'сорок три', '^[0-9]+$', '403 43'],
    ['with a choice', 'сорок три', '^(43|99)$', '43'],
    ['of 18 digits in one string', '077886074524354193', '^\\d{18}$', '077886074524354193'],
  ])('an account: %s', (_why, heard, pattern, expected) => expect(accounts(heard, pattern)).toBe(expected))
})
