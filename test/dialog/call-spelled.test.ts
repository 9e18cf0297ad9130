import { expect, test } from 'vitest'
import { spelledIn } from '../../src/dialog/call-spelled.ts'

test.each([
  ['ка эр четыре шесть восемь семь один три', 'КР468713'],
  ['э ка эр четыре шесть восемь семь один три', 'КР468713'],
  ['старый номер ка р 468713', 'КР468713'],
  ['А Г сто тридцать одна тысяча восемьсот тридцать четыре', 'АГ131834'],
  ['a ка восемьсот двенадцать четыреста три', 'АК812403'],
])('«%s» may be %s', (heard, alias) => expect(spelledIn(heard)).toContain(alias))

test.each([['двенадцать тысяч'], ['здравствуйте'], ['а'], ['э ну да'], ['']])('«%s» spells nothing', (heard) =>
  expect(spelledIn(heard)).toEqual([]),
)
