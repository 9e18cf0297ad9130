import { describe, expect, test } from 'vitest'
import { type MessageCase, messageCases } from '../message-cases.ts'
import { heard, memoryRegistry, NOON, talk } from './talk.ts'

const registry = memoryRegistry()
const LATIN: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  О: 'O',
  Р: 'P',
  С: 'C',
}
const fullWidth = (digit: string) => String.fromCharCode(digit.charCodeAt(0) - 48 + 0xff10)

/** A text with a reading in it, with something before or behind it. */
const beside = (before: string, behind: string) => (text: string) =>
  /\d{3}/.test(text) ? `${before}${text}${behind}` : text

/** Ways to write a text that change nothing of what it says (rules 3, 4, 8, 12 and 14). */
const ways: readonly (readonly [way: string, write: (text: string) => string])[] = [
  ['in capitals', (text) => text.toUpperCase()],
  ['in small letters', (text) => text.toLowerCase()],
  ['without ё', (text) => text.replaceAll('ё', 'е')],
  ['with no-break spaces', (text) => text.replaceAll(' ', '\u00a0')],
  ['with two spaces for one', (text) => text.replaceAll(' ', '  ')],
  ['with empty lines around it', (text) => `\n ${text}\r\n\n`],
  ['with lines in one', (text) => text.replaceAll('\n', ' ')],
  ['with lines for commas', (text) => text.replaceAll(', ', '\n')],
  ['in letters of pieces', (text) => text.normalize('NFD')],
  ['behind a byte order mark', (text) => `\ufeff${text}`],
  ['with full-width digits', (text) => text.replace(/\d/g, fullWidth)],
  ['with Latin look-alikes', (text) => text.replace(/[а-яО-С]/g, (letter) => LATIN[letter] ?? letter)],
  ['in quotes', (text) => `«${text}»`],
  ['with a full stop', (text) => `${text}.`],
  ['with a smile', (text) => `${text} :)`],
  ['with a picture', (text) => `${text} 🙏`],
  ['behind a greeting', beside('Здравствуйте! ', '')],
  ['behind a greeting with a day in it', beside('Добрый день, ', '')],
  ['behind a greeting turned round', beside('День добрый. ', '')],
  ['before thanks', beside('', ', спасибо')],
  ['before a name', beside('', '\nС уважением, Иванова М.П.')],
  ['before a date', beside('', '\n22.11.2026')],
  ['before a phone', beside('', '. Тел. 8-924-555-66-77')],
]

function eventsOf({ from, turns }: MessageCase, write: (text: string) => string) {
  const say = talk(registry)
  return turns.map(({ text, at }) => {
    const { outcome, accepted } = say(from, write(text), at ?? NOON)
    return { outcome, accepted }
  })
}

describe.each(ways)('a message %s', (_way, write) => {
  test.each(messageCases)('means what it means: $id', (one) =>
    expect(eventsOf(one, write)).toEqual(eventsOf(one, (text) => text)),
  )
})

const TAKEN = 'accepted;flags="NO_SERIAL" 5057 56311'
const DAY_AND_NIGHT = 'accepted;flags="NO_SERIAL" 0094 24563+76572'
const OLD_ACCOUNT = 'accepted;flags="NO_SERIAL OLD_ACCOUNT" 8100 74388'

test.each([
  // Rule 11: a minus counts with a unit or a label glued to its digits, too; an account has none.
  ['2880950488 -56311квт', 'rejected;code=BAD_VALUE'],
  ['2880950488 T1: -56311,5квт', 'rejected;code=BAD_VALUE'],
  ['2826262233 -24563день -76572ночь', 'rejected;code=BAD_VALUE'],
  ['2880950488 показания-56311квт', TAKEN],
  ['2826262233 24563день-76572ночь', DAY_AND_NIGHT],
  ['лицевой счёт -2880950488 56311', TAKEN],
  ['лицевой счёт -2880950488 показания -56311', 'rejected;code=BAD_VALUE'],
  // Rules 11 and 12: previous readings and consumption in groups of thousands.
  ['2880950488 56311, предыдущие 55 959', TAKEN],
  ['2880950488 56 311 расход 1 352', TAKEN],
  ['2880950488 потребление за месяц 1 352 показания 56311', TAKEN],
  ['2826262233 день 24 563 ночь 76 572 прошлые день 24 288 ночь 76 451', DAY_AND_NIGHT],
  ['2880950488 расход 1 352', 'asked;code=VALUES_NEEDED'],
  ['2806394658 расход 201 461', 'asked;code=VALUES_NEEDED'],
  // Rule 12: a slash between values joins them for the word behind, and one between words joins these to a value each.
  ['2880950488/55959 (предыдущие)', 'asked;code=VALUES_NEEDED'],
  ['2826262233 24288/76451 (предыдущие)', 'asked;code=VALUES_NEEDED'],
  ['2826262233 24288/76451 (предыдущие), 24563/76572 (текущие)', DAY_AND_NIGHT],
  ['55760/85/5890 (предыдущие) 5925', 'accepted;flags="NO_SERIAL" 2581 5925'],
  ['2880950488 55959 56311 (пред/тек)', 'rejected;code=EXTRA_VALUES'],
  ['2880950488 55959/56311 (пред./тек.)', 'rejected;code=EXTRA_VALUES'],
  // What is taken back, whatever separates it (rule 8).
  ['2880950488 не 56411\nа 56311', TAKEN],
  ['2880950488\nне\n56411,\nа\n56311', TAKEN],
  ['2880950488 56311; а не 56411', TAKEN],
  ['вместо 56411;а 56311 лс 2880950488', TAKEN],
  // A greeting turned round takes no label away.
  ['2826262233 День добрый, день 24563 ночь 76572', DAY_AND_NIGHT],
  // Behind the word for it an account in groups is no house.
  ['гараж 14 ГСК-12 л/с 288-0950-488 показания 56311', TAKEN],
  // «Старый счёт» in brackets is no previous reading (rule 5).
  ['74388 (старый счёт УБ956968)', OLD_ACCOUNT],
  ['(Прежний лс УБ956968, показания 74388)', OLD_ACCOUNT],
  // Look-alikes in words of any kind, and words of nothing else (rules 4 and 8).
  ['22 нoября 2880950488 56311', TAKEN],
  ['2880950488 56311кBт.ч', TAKEN],
  ['2808594483 XBC 4014', 'rejected;code=OTHER_SERVICE'],
  ['Отправлено с iPhone\n2880950488 56311', TAKEN],
])('«%s» is %s', (text, comesTo) => expect(heard(text)).toBe(comesTo))
