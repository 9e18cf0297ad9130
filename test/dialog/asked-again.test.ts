import { describe, expect, test } from 'vitest'
import { fixtureAccounts } from '../core/fixture-registry.ts'
import { changingRegistry, STRANGER, talk } from './talk.ts'

const HELP = 'Напишите лицевой счёт, номер счётчика и показание через пробел.'

/** What is said to each of the texts of one stranger. */
function told(...texts: readonly string[]): readonly string[] {
  const say = talk()
  return texts.map((text) => say(STRANGER, text).text)
}

describe('an answer that is none', () => {
  test.each(['спасибо', 'да наверное', '👍', 'здравствуйте', 'что?', 'хм'])(
    '«%s» hears the open question again',
    (other) => {
      for (const asks of ['2866648321 20296', '2880950488', '2863396002 54556', '85241']) {
        const say = talk()
        const question = say(STRANGER, asks)
        const again = say(STRANGER, other)
        expect([again.outcome, again.text]).toEqual(['none;code=HELP', question.text])
      }
    },
  )

  test.each([
    ['values of which one has a label', '2824499374 день 86464, 2351'],
    ['registers swapped', '2863011951 4021327994052 40439 68373'],
    ['the meter that the value may be of', '2829082386 120099986 52807'],
  ])('hears one with %s again', (_what, asks) => {
    const [question, again] = told(asks, 'спасибо')
    expect(question).toMatch(/^Счётчик/)
    expect(again).toBe(question)
  })

  test.each([
    ['2834324608 19000', 'Счётчик *8608: напишите ещё показание.'],
    ['2834324608', 'Напишите показание счётчика *8608.'],
  ])('after «%s» hears what is missing while the registry is away, and cannot tell which zone', (asks, again) => {
    const { reader, imported } = changingRegistry(fixtureAccounts().values())
    const say = talk(reader)
    say(STRANGER, asks)
    imported([])
    expect(say(STRANGER, 'спасибо').text).toBe(again)
  })

  test('hears its values again while the registry is away', () => {
    const { reader, imported } = changingRegistry(fixtureAccounts().values())
    const say = talk(reader)
    const question = say(STRANGER, '2866648321 20296')
    imported([])
    expect(say(STRANGER, 'спасибо').text).toBe(question.text)
  })

  test('in the language that it is written in', () => {
    expect(told('2866648321 20296', 'thank you').at(-1)).toMatch(/^Meter \*1392: 20296 is far more than usual/)
  })

  test('leaves the question open', () => {
    const say = talk()
    for (const text of ['2866648321 20296', 'спасибо', 'спасибо']) say(STRANGER, text)
    expect(say(STRANGER, 'да').outcome).toBe('accepted;flags="CONFIRMED HIGH NO_SERIAL"')
  })

  test.each([
    ['who asks for help', ['2866648321 20296', 'помощь']],
    ['where nothing is asked', ['спасибо']],
    ['where the question was answered', ['2866648321 20296', 'да', 'спасибо']],
    ['where it was dropped', ['2866648321 20296', 'нет', 'спасибо']],
  ])('hears how to write, %s', (_when, texts) => expect(told(...texts).at(-1)).toBe(HELP))
})
