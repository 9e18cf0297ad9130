import { describe, expect, test } from 'vitest'
import { STRANGER } from '../talk.ts'
import { called } from './talk.ts'

/** The way of a stranger to a value that is read back. */
const READ_BACK = ['#2880950488', '#5057', '#56311']

const answers = (list: string) => list.split(';').map((answer) => answer.trim())

test.each(
  answers(
    'да; один; 1; да, один; ну один; единица; кнопка один; нажимаю один; да вроде верно; так точно; да, это мой счёт; yes; Yes, yes.; йес',
  ),
)('«%s» confirms what was read back', (answer) =>
  expect(called(STRANGER, [...READ_BACK, answer]).outcome).toBe('accepted;flags="NO_SERIAL"'),
)

test.each(answers('нет; два; 2; нет, два; нажал два; да не; да, но не эта; no; ноу; No, no; no, да; yes but no'))(
  '«%s» drops it',
  (answer) => expect(called(STRANGER, [...READ_BACK, answer]).outcome).toBe('none;code=CANCELLED'),
)

describe('no yes is heard where none is clear', () => {
  const unclear = answers(
    `нет, один; неверно, один; один, нет; последняя цифра один; первая цифра неправильная; одна цифра не та; одна ошибка;
    первый раз слышу; один момент; если верно, скажите да; если верно, скажите да или нажмите один; почти верно;
    верно, кроме последней; верно, за исключением последней; верно без последней; верно, цифра лишняя; да, там другая цифра; да наоборот; было верно; что значит да; да подождите; да ну; да ну вас;
    ес; да, ноу; yes, but the last digit; yes if it is right`,
  )
  test.each(unclear)('«%s» to what was read back', (answer) =>
    expect(called(STRANGER, [...READ_BACK, answer]).outcome).toMatch(/^asked/),
  )
  test.each(unclear)('«%s» to a doubtful value', (answer) =>
    expect(called(STRANGER, [...READ_BACK.slice(0, 2), '#57000', '#1', answer]).outcome).toMatch(/^asked/),
  )
})

test('the operator is asked for in English, too', () => {
  const { decision } = called(STRANGER, [...READ_BACK, 'operator, please'])
  expect(decision.answer.spoken).toHaveProperty('transfer')
})
