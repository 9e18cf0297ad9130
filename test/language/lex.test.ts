import { describe, expect, test } from 'vitest'
import { lex } from '../../src/language/lex.ts'
import type { Token } from '../../src/language/token.ts'
import { meaningOf } from '../../src/language/words.ts'

/** A token in short: `56311`, `56311.9`, `-5`, `[T1]`, `[DAY]`, `<GAS>`, `АС673833!`, `363о1?36301`. */
function short(token: Token): string {
  switch (token.kind) {
    case 'number':
      return `${token.minus ? '-' : ''}${token.text}${token.fraction === null ? '' : `.${token.fraction}`}`
    case 'label':
      return `[${token.register ?? token.zone}]`
    case 'service':
      return `<${token.service}>`
    case 'code':
      return `${token.text}!`
    default:
      return `${token.text}?${token.repaired ?? ''}`
  }
}

function tokensOf(text: string): string {
  return lex(text).tokens.map(short).join(' ')
}

const rows: readonly (readonly [text: string, tokens: string])[] = [
  // Separators, none of which is a decimal mark here.
  ['1234#5678*9012;3456', '1234 5678 9012 3456'],
  ['1234_5678=9012:3456|7890', '1234 5678 9012 3456 7890'],
  ['12345,67890', '12345 67890'],
  ['12345,678,90123', '12345 678 90123'],
  ['12345,6', '12345.6'],
  ['12345.678', '12345.678'],
  // What looks like digits, and what is invisible.
  ['１２３４５', '12345'],
  ['12\u200b345', '12345'],
  ['56311👍', '56311'],
  ['№12345', '12345'],
  ['12345\u00a06', '12345 6'],
  // Labels before and behind, glued and apart.
  ['T1 123 Т2 456', '[T1] 123 [T2] 456'],
  ['день4426ночь3208', '[DAY] 4426 [NIGHT] 3208'],
  ['1эд21635 1ЭН66233', '[DAY] 21635 [NIGHT] 66233'],
  ['24563день 76572н', '24563 [DAY] 76572 [NIGHT]'],
  ['д24563 н76572', '[DAY] 24563 [NIGHT] 76572'],
  ['пик 1111 п/пик 2222', '[PEAK] 1111 [HALF_PEAK] 2222'],
  ['тариф 2: 76572', '[T2] 76572'],
  ['2 тариф 76572', '[T2] 76572'],
  ['нoчь 76572', '[NIGHT] 76572'],
  ['noch 76572', '[NIGHT] 76572'],
  ['1г 345 хвс128', '<GAS> 345 <COLD_WATER> 128'],
  ['пок45930', '45930'],
  ['56311квт', '56311'],
  // A minus, a dash, a word for it.
  ['-866', '-866'],
  ['T1: -866', '[T1] -866'],
  ['минус 866', '-866'],
  ['ночь-866', '[NIGHT] 866'],
  ['111-222', '111 222'],
  ['а - 866', '866'],
  // Broken numbers, and those that only look so.
  ['363О1', '363О1!'],
  ['5.835e4', '5.835e4?'],
  ['5e4', '5Е4!'],
  ['КР468713', 'КР468713!'],
  ['31ДД437062-01', '31ДД437062-01!'],
  ['31 дд 437062', '31ДД437062!'],
  ['елс 42 ГВ 083305 показания 37444', '42ГВ083305! 37444'],
  ['л/с № 42-хв-083305-01', '42ХВ083305-01!'],
  ['42 гв 083305', '42 <HOT_WATER> 083305'],
  ['елс 31ДД437062 42 гв 083305', '31ДД437062! 42 <HOT_WATER> 083305'],
  // Rule 12: no values.
  ['25.07', ''],
  ['25.07.2026г.', ''],
  ['2026-11-22', ''],
  ['22 ноября 2026 года', ''],
  ['за 11 месяц', ''],
  ['22 числа', ''],
  ['на 22 число', ''],
  ['на 22-е', ''],
  ['за 11/2026', ''],
  ['22. 11. 2026 г.', ''],
  ['22нояб', ''],
  ['22мая 2026', ''],
  // No dates: what could be values stays.
  ['день 22 ночь 11', '[DAY] 22 [NIGHT] 11'],
  ['22/11', '22 11'],
  ['11/2026', '11 2026'],
  ['11111/11', '11111 11'],
  ['1-е 24563 2-е 76572', '1 24563 2 76572'],
  ['1 число 24563 2 число 76572', '1 24563 2 76572'],
  ['22ноябрь5', '22НОЯБРЬ5!'],
  ['14:30', ''],
  ['14 ч 30 мин', ''],
  ['+7 (999) 111-22-33', ''],
  ['89991112233', ''],
  ['тел. 42-15-33', ''],
  ['1 893,44 руб', ''],
  ['500р.', ''],
  ['к оплате 1893,44', ''],
  ['кв. 12', ''],
  ['кв12 д10', ''],
  ['ул. 50 лет Октября 10/6', ''],
  ['предыдущие 55959', ''],
  ['расход 352', ''],
  ['пред55959 тек56311', '56311'],
  ['56311 (352 расход)', '56311'],
  ['день 24563 расход 275 ночь 76572 расход 121', '[DAY] 24563 [NIGHT] 76572'],
  ['предыдущие день 24288 ночь 76451', ''],
  ['прош. 44715 наст. 45035', '45035'],
  ['прош. 24288 76451 наст. 24563 76572', '24563 76572'],
  ['30440 п.п. 30196', '30440'],
  ['пик 693800 п.п. 716501 ночь 201308', '[PEAK] 693800 716501 [NIGHT] 201308'],
  ['от Петрова П.П. 56311', '56311'],
  ['71020 за месяц 247', '71020'],
  ['71020 квт, за месяц: 247', '71020'],
  ['показания за месяц 56311', '56311'],
  ['40958869 за месяц 247', '40958869 247'],
  ['11111/11 за месяц 247', '11111 11 247'],
  ['день24563,5 ночь76572.7', '[DAY] 24563.5 [NIGHT] 76572.7'],
  ['2т 76572 1т 24563', '[T2] 76572 [T1] 24563'],
  ['день 24563 (пред. 24288) ночь 76572 (пред. 76451)', '[DAY] 24563 [NIGHT] 76572'],
]

test.each(rows)('«%s» holds %s', (text, tokens) => expect(tokensOf(text)).toBe(tokens))

describe('a word', () => {
  test.each([
    ['покозания', 'value'],
    ['показанея', 'value'],
    ['лецевой', 'account'],
    ['щетчик', 'meter'],
    ['счечик', 'meter'],
    ['schetchik', 'meter'],
    ['pokazania', 'value'],
    ['предыдущее', 'previous'],
    ['потребление', 'consumption'],
    ['предидущие', 'previous'],
    ['придыдущее', 'previous'],
    ['росход', 'consumption'],
    ['потребили', 'consumption'],
    ['тикущие', 'current'],
    ['гарячая', 'service'],
    ['подтверждаю', 'yes'],
    ['отписаться', 'stop'],
  ])('%s says %s', (word, does) => expect(meaningOf(word)?.does).toBe(does))

  test.each(['иванов', 'солнце', 'привидение', 'учета', 'этого', 'долгова', 'горячев', 'теплов'])(
    '%s says nothing',
    (word) => expect(meaningOf(word)).toBeUndefined(),
  )
})

test.each([
  ['показания 5', 'ru'],
  ['reading 5', 'en'],
  ['5', null],
  ['👍', null],
] as const)('«%s» is in language %s', (text, language) => expect(lex(text).language).toBe(language))

test('letters before digits are kept for an old account', () =>
  expect(lex('кр 468713').tokens[0]).toMatchObject({ text: '468713', prefix: 'кр' }))

test('what joins digits is kept, for accounts in groups', () =>
  expect(lex('12-34/56 78, 90').tokens.map((token) => token.kind === 'number' && token.glue)).toEqual([
    null,
    '-',
    '/',
    ' ',
    null,
  ]))
