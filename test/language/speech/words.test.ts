import { describe, expect, test } from 'vitest'
import { hear } from '../../../src/language/speech/hear.ts'
import { values } from './values.ts'

describe('a word is known (rule 1)', () => {
  test.each([
    ['in any case and gender', 'двумястами двенадцатью', '20012 212'],
    ['with ё and with accents', 'Четы\u0301рём тысячам трёмстам', '4300'],
    ['in NFKC', '１２ тысяч ３４５', '12345'],
    ['as it is spoken', 'тыща пийсят', '1050'],
    ['as a short form', 'две тыс сто', '2100'],
    ['beside digits', '56тыс311', '56311'],
    ['without a soft sign', 'пят тысяч шестсот', '5600'],
    ['with a short ending', 'пятнацать двенацать', '1512'],
    ['with ц for тц', 'двацать три', '203 23'],
    ['in two words', 'восемь сот двенадцать', '80012 812'],
    ['in two words, of tens', 'пять десят', '50'],
    ['in two words, of teens', 'две надцать', '12'],
    ['in two words, with a dash', 'три-ста', '300'],
    ['in two words, with a hum', 'восемь, э, сот двенадцать', '80012 812'],
    ['in two words, with another word', 'восемь там сот двенадцать', '80012 812'],
    ['in two words, of three hundred', 'двадцать три ста', '20300'],
    ['in two words, with a dash, of half a thousand', 'пол-тысячи сорок', '50040 540'],
    ['but half of something else leaves the number behind it', 'на пол двенадцать', '12'],
    ['but ten is a word by itself', 'пять десять', '510'],
    ['but three and a hundred are two numbers', 'три сто', '3100'],
    ['glued', 'двадцатьпятьтысяч стотри', '25103'],
    ['with a dash', 'двадцать-три', '203 23'],
    ['with the ending of an ordinal behind digits', '40 5-й', '45'],
    ['with the ending of a case behind digits', '12-ти тысяч', '12000'],
    ['but a word apart from the digits is no ending', '40 я вижу 5', '405 45'],
    ['but cubic metres are a unit', '12 м³', '12'],
    ['cubic metres with a plain digit', '12м3', '12'],
    ['cubic metres with Latin letters', 'm3: двенадцать', '12'],
    ['a letter and a longer number is no unit', 'м345', '345'],
    ['among words that say nothing', 'двадцать, ну как бы, три — всё', '203 23'],
  ])('%s', (_why, heard, expected) => expect(values(heard)).toBe(expected))
})

describe('a hundred behind three or four (rule 1)', () => {
  test.each([
    ['is half of a number behind the nominative', 'четыре ста двенадцать', 5, '40012 412'],
    ['is a number behind another case', 'двадцати трёх ста пятидесяти', 6, '203150 23150'],
    ['is a number behind a digit', 'Зона 3 ста шестидесяти восьми', 5, '10068 1608 168'],
    ['is a number behind a digit that counts', '3 ста', 5, '3100'],
  ])('%s', (_why, heard, digits, expected) => expect(values(heard, digits)).toBe(expected))

  test('is a number in an account too', () => {
    const heard = 'три восьмидесяти четырёх ста пятидесяти четырёх 317'
    expect(hear(heard, { as: 'account', pattern: '^\\d{9}$' }).candidates).toEqual(['384154317'])
  })
})

describe('a word that may be another one is a number beside a number (rule 1)', () => {
  test.each([
    ['seven before a comma', 'семью, пять', 0, '75'],
    ['seven behind a comma', 'двадцать, семью', 0, '207 27'],
    ['seven before a decimal mark', 'семью запятая пять', 1, '7.5'],
    ['seven behind a decimal mark', 'пять запятая семью', 1, '5.7'],
    ['seven behind the second half of a number', 'восемь сот семью', 0, '8007 807'],
    ['a family', 'свою семью люблю, пять', 0, '5'],
    ['of a family', 'для нашей семьи только двести', 0, '200'],
  ])('%s', (_why, heard, decimals, expected) => expect(values(heard, 5, decimals)).toBe(expected))
})

/** As callers say them and recognisers write them down. */
const spellings: Readonly<Record<string, string>> = {
  4: 'чтыре; чтыри; чатыре',
  6: 'шесь; шэсть',
  8: 'васемь; васим; восэмь',
  9: 'деветь',
  10: 'дисять',
  13: 'тренадцать',
  14: 'чтырнадцать',
  15: 'пят надцать',
  16: 'шест надцать; шес надцать',
  17: 'симнадцать',
  18: 'васемнадцать',
  19: 'девитнадцать',
  20: 'двацыть; двадцыть; двадсать',
  30: 'трицыть; тридсать',
  40: 'сорк; сорог',
  50: 'пятьдисят; педесят; пидисят; пят десят; пять дисят; пятьсят; питдисят; пятидесят; пиесят; пясят',
  60: 'шестьдисят; шес десят; шест десят; шестьсят; шысят; шестидесят; шиесят',
  70: 'семесят; симдесят; семь дисят; семидесят',
  80: 'восьмдесят; восемьдисят; восьмисят; васемьдесят; восьмидесят',
  90: 'девиноста; девяно сто; девяно ста; девяно; деваносто',
  300: 'тритста; трыста',
  400: 'четырста; чтыреста; четырисот; чтыре ста',
  500: 'петьсот; писот; пиццот; пят сот; пиисот',
  600: 'шиссот; шест сот; шес сот; шистьсот',
  700: 'симсот',
  800: 'восьмсот; восемьцот; васемьсот',
  900: 'девитьсот; дивицот; дивяцот',
  1000: 'тыша; тысеча; тысячя; тысща; одна тысча; одну тысящу; тышча',
  2000: 'две тысечи; два тысч; два тысящ; два тысеч; две тясячи',
}

test.each(Object.entries(spellings))('%i is known as «%s»', (value, list) => {
  for (const spelled of list.split('; ')) expect(`${spelled}: ${values(spelled)}`).toBe(`${spelled}: ${value}`)
})

test('a doubled letter makes no other word of one', () => {
  expect(values('двадцать в половинной и зонной', 5, 1)).toBe('20')
})

test('a thousandth is known in every spelling', () => {
  expect(values('двенадцать целых пять тысечных', 5, 3)).toBe('12.005')
})
