import { expect, test } from 'vitest'
import { outcomesOf, STRANGER, talk } from './talk.ts'

type Row = readonly [why: string, turns: readonly string[], outcomes: readonly string[]]

const HIGH = '2866648321 20296'
const BELOW = '2872974930 143868412547 00120'
const SWAPPED = '2881125382 26486'
const veryHigh = 'asked;code=VERY_HIGH'
const below = 'asked;code=BELOW_PREVIOUS'
const accepted = 'accepted;flags="NO_SERIAL"'
const confirmed = 'accepted;flags="CONFIRMED HIGH NO_SERIAL"'

const confirmations: readonly Row[] = [
  ...[
    'да',
    'ДА!',
    'верно',
    'Подтверждаю!',
    '1',
    'ok',
    'Ок',
    'yes',
    'Да, всё верно',
    'да, спасибо',
    'Да 20296',
    'да, я подтверждаю',
    'Конечно',
    'ну да',
    'lf',
    'да, так и есть',
    'Подтвердить',
  ].map((yes): Row => [yes, [HIGH, yes], [veryHigh, confirmed]]),
  ...['нет', 'отмена', 'ошибка', 'не верно', 'неправильно', 'не', 'не то', 'не надо', 'не согласна', 'не такие'].map(
    (no): Row => [no, [HIGH, no], [veryHigh, 'none;code=CANCELLED']],
  ),
  ...[
    '👌',
    '',
    '?',
    'дурак',
    'не понял',
    'не знаю',
    'я не ошибся',
    'до сих пор не пришла квитанция',
    'да пошли вы',
    'Спасибо',
    '+',
  ].map((other): Row => [`${other} is neither`, [HIGH, other, 'да'], [veryHigh, 'none;code=HELP', confirmed]]),
  ['a new value after нет', [HIGH, 'нет, 19000'], [veryHigh, 'accepted;flags="HIGH NO_SERIAL"']],
  [
    'a bare value after нет',
    [HIGH, 'нет', '19000'],
    [veryHigh, 'none;code=CANCELLED', 'accepted;flags="HIGH NO_SERIAL"'],
  ],
  ['нет leaves nothing to confirm', [HIGH, 'нет', 'да'], [veryHigh, 'none;code=CANCELLED', 'none;code=HELP']],
  ['a yes counts once', [HIGH, 'да', 'да'], [veryHigh, confirmed, 'none;code=HELP']],
  ['the bare value again is no yes', [HIGH, '20296'], [veryHigh, veryHigh]],
  ['a doubt insisted on is held', [BELOW, 'да'], [below, 'held;code=BELOW_PREVIOUS']],
  ['a value below the last one, sent again', ['2800663079 39571', '39571'], [below, 'held;code=BELOW_PREVIOUS']],
  [
    'values below the last ones, sent again without their labels',
    ['2826262233 ночь 76572 день 1000', '1000 76572'],
    [below, 'held;code=BELOW_PREVIOUS'],
  ],
  ['a value below the last one, sent again without its zeros', [BELOW, '120'], [below, 'held;code=BELOW_PREVIOUS']],
  [
    'a value below the last one, sent again with its account',
    ['2800663079 39571', '2800663079 39571'],
    [below, 'held;code=BELOW_PREVIOUS'],
  ],
  [
    'another value below the last one',
    ['2800663079 39571', '39572', '39572'],
    [below, below, 'held;code=BELOW_PREVIOUS'],
  ],
  ['a new value glued to нет', [HIGH, 'нет19000'], [veryHigh, 'accepted;flags="HIGH NO_SERIAL"']],
  ['a right value settles the doubt', ['2853684053 20761', '21110'], [below, accepted]],
  ['a proposal taken', [SWAPPED, '1'], [below, 'accepted;flags="CONFIRMED NO_SERIAL"']],
  ['a proposal dropped', [SWAPPED, 'нет', '26850'], [below, 'none;code=CANCELLED', accepted]],
  ['the doubtful value insisted on', [SWAPPED, '26486', 'да'], [below, below, 'held;code=BELOW_PREVIOUS']],
  ['the doubtful value sent three times', [SWAPPED, '26486', '26486'], [below, below, 'held;code=BELOW_PREVIOUS']],
  [
    'a look-alike repaired',
    ['2844108225 600252091 363О1', 'да'],
    ['asked;code=BAD_VALUE', 'accepted;flags="CONFIRMED"'],
  ],
  [
    'a look-alike with decimals repaired',
    ['2844108225 600252091 363О1,5', 'да'],
    ['asked;code=BAD_VALUE', 'accepted;flags="CONFIRMED"'],
  ],
  [
    'look-alikes in the groups of a value',
    ['2883120160 1З0 93О', 'да'],
    ['asked;code=BAD_VALUE', 'accepted;flags="CONFIRMED NO_SERIAL"'],
  ],
  [
    'a look-alike in the first group of a value',
    ['2883120160 1З0 930', 'да'],
    ['asked;code=BAD_VALUE', 'accepted;flags="CONFIRMED NO_SERIAL"'],
  ],
  [
    'a look-alike in the groups of two values',
    ['2826262233 ночь 76 572 день 24 5б3', 'да'],
    ['asked;code=BAD_VALUE', 'accepted;flags="CONFIRMED NO_SERIAL"'],
  ],
  [
    'no look-alike in the groups of a value',
    ['2883120160 130 93ж', 'да'],
    ['rejected;code=BAD_VALUE', 'none;code=HELP'],
  ],
  ['a look-alike typed anew', ['2844108225 600252091 363О1', '36301'], ['asked;code=BAD_VALUE', 'accepted']],
  ['another meter, named', ['2829082386 120099986 52807', '776502850111'], [below, 'accepted']],
  ['a greeting is no yes to nothing', ['да', 'ок', 'нет'], ['none;code=HELP', 'none;code=HELP', 'none;code=HELP']],
]

test.each(confirmations)('an open question is confirmed or dropped: %s', (_why, turns, outcomes) =>
  expect(outcomesOf(...turns)).toEqual(outcomes),
)

test('a look-alike is asked about with its meter and the repaired number (rules 11 and 15)', () => {
  const { text } = talk()(STRANGER, '2844108225 600252091 363О1')
  expect(text).toMatch(/\*2091.* 36301\?/)
})
