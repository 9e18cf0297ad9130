import { expect, test } from 'vitest'
import { STRANGER } from '../talk.ts'
import { called } from './talk.ts'

test('a meter that is named by its whole serial is named', () => {
  const [first, second] = ['#54400', '#699300']
  const turns = ['#2863396002', '#8840', first, '#1', '#237798604146', second, '#1'] as const
  expect(called(STRANGER, turns.slice(0, 4)).outcome).toBe('accepted;flags="NO_SERIAL"')
  expect(called(STRANGER, turns).outcome).toBe('accepted')
})

test.each([
  [
    'by its last digits',
    '+79097140165',
    ['#1268', 'тридцать восемьдесят шесть', '#6990'],
    'accepted;flags="NO_SERIAL"',
  ],
  ['by its service', '+79633044809', ['#9905', 'холодная вода', '#61037'], 'accepted;flags="NO_SERIAL"'],
  ['by its service after a hum', '+79633044809', ['#9905', 'э, вода', 'э, вода 61037'], 'accepted;flags="NO_SERIAL"'],
  ['by the key that it was offered with', '+79097140165', ['#1268', '#1', '#6990'], 'accepted'],
])("one of a known caller's meters that is chosen %s", (_how, from, turns, outcome) =>
  expect(called(from, [...turns, '#1']).outcome).toBe(outcome),
)

test.each([
  ['its service and its digits', 'электричество, счётчик на тридцать восемьдесят шесть', '3 0, 8 6.'],
  ['its service and its key', 'электричество, два', '2 5, 4 5.'],
  ['its digits and its key', 'один, тридцать восемьдесят шесть', null],
  ['a service of both', 'электричество', null],
])('one of two meters is chosen by %s', (_how, said, chosen) => {
  const { say, stage } = called('+79097140165', ['#1268', said])
  expect([say[0], stage]).toEqual(
    chosen === null ? ['Не удалось разобрать.', 'meter'] : [`Электричество, счётчик на ${chosen}`, 'value'],
  )
})

test.each(['до свидания', 'спасибо, до свидания', 'всё', 'нет, это всё, спасибо', 'Всего доброго!', 'нет', '#2'])(
  'whoever takes leave where the next meter is offered is let go: «%s»',
  (said) => {
    const passed = ['#2863396002', '#8840', '#54400', '#1']
    expect(called(STRANGER, passed).stage).toBe('next')
    expect(called(STRANGER, [...passed, said])).toMatchObject({
      say: ['Спасибо за звонок. До свидания!'],
      stage: 'over',
      outcome: 'none;code=HELP',
    })
  },
)
