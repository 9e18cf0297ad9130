import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  aliasKey,
  foldLookalikes,
  isUnifiedAccount,
  normaliseAccount,
  normaliseSerial,
  serialKey,
} from '../../src/language/normalise.ts'
import { cpuMs } from './cpu-ms.ts'

describe('an account', () => {
  test.each([
    ['stays as it is', '2880950488', '2880950488'],
    ['keeps its leading zeros', '0012', '0012'],
    ['keeps its slash', '36014/42', '36014/42'],
    ['loses spaces around and inside', ' 288 095 04 88 ', '2880950488'],
    ['loses no-break and narrow spaces', '288\u00a0095\u202f0488', '2880950488'],
    ['loses invisible marks', '\ufeff288\u200b0950\u00ad488', '2880950488'],
    ['loses its number sign, which never becomes No', '№ 2880950488', '2880950488'],
    ['loses ЛС', 'ЛС 2880950488', '2880950488'],
    ['loses л/с and the number sign', 'л/с № 2880950488', '2880950488'],
    ['loses лс with a colon', 'лс: 2880950488', '2880950488'],
    ['loses hyphens', '288-095-0488', '2880950488'],
    ['loses every other dash and the minus', '2\u20108\u20118\u20120\u20139\u20145\u22120488', '2880950488'],
    ['takes full-width digits', '２８８０９５０４８８', '2880950488'],
    ['is uppercased', 'кр468713', 'КР468713'],
    ['keeps the suffix of an ЕЛС', '80сб140983-01', '80СБ140983-01'],
    ['keeps that suffix behind any dash', '80 СБ 140983 – 01', '80СБ140983-01'],
    ['keeps that suffix with Latin look-alikes', '18YH817910-02', '18YH817910-02'],
    ['drops the other dashes of an ЕЛС', '80-СБ-140983-01', '80СБ140983-01'],
    ['drops a dash before two digits that is no suffix', '12345-67', '1234567'],
    ['may be nothing', ' №- ', ''],
  ])('%s', (_why, text, account) => expect(normaliseAccount(text)).toBe(account))
})

describe('a serial', () => {
  test.each([
    ['keeps its leading zeros', '0508327285152', '0508327285152'],
    ['loses number sign, spaces and dashes', '№ 0508-3272 85152', '0508327285152'],
    ['is uppercased', 'аб12', 'АБ12'],
    ['keeps letters that an account would lose', 'лс12', 'ЛС12'],
  ])('%s', (_why, text, serial) => expect(normaliseSerial(text)).toBe(serial))
})

describe('look-alikes', () => {
  test('fold to Cyrillic capitals, all twelve', () => {
    expect(foldLookalikes('ABCEHKMOPTXY')).toBe('АВСЕНКМОРТХУ')
    expect(foldLookalikes('abcehkmoptxy')).toBe('АВСЕНКМОРТХУ')
  })
  test('leave the rest alone', () => expect(foldLookalikes('DГ1/2')).toBe('DГ1/2'))
  test('make one serial of two spellings', () => expect(serialKey('AB-12')).toBe(serialKey('ав12')))
})

describe('an ЕЛС', () => {
  test.each([
    ['80СБ140983', true],
    ['80СБ140983-01', true],
    ['80СБ14098301', false],
    ['80СБ140983-1', false],
    ['80CБ140983', false],
    ['8СБ140983', false],
    ['2880950488', false],
  ])('%s is one: %s', (text, is) => expect(isUnifiedAccount(text)).toBe(is))

  test('is found by the same key with and without its suffix', () => {
    expect(aliasKey('18YH817910-02')).toBe('18УН817910')
    expect(aliasKey('18ун817910')).toBe('18УН817910')
  })
})

test.each([
  ['normaliseAccount', normaliseAccount],
  ['normaliseSerial', normaliseSerial],
  ['foldLookalikes', foldLookalikes],
  ['aliasKey', aliasKey],
  ['serialKey', serialKey],
])('%s takes any text, and what it wrote it writes again', (_name, normalise) => {
  const alphabet = fc.constantFrom(...'0189 -–№ЛСлс/Aaб\u0308\u00a0\u200b:.ßŉﬁ')
  const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: alphabet, maxLength: 30 }))
  const stable = fc.property(texts, (text) => normalise(normalise(text)) === normalise(text))
  fc.assert(stable, { numRuns: 2000 })
})

test.each(['ЛС', 'Л/', '- ', '№-', '\u0308-', '1-2'])('10,000 hostile characters of %j cost milliseconds', (unit) => {
  const text = unit.repeat(10_000 / unit.length)
  expect(cpuMs(() => void normaliseAccount(text))).toBeLessThan(200)
})
