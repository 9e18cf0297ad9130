import { describe, expect, test } from 'vitest'
import { branches, memoryRegistry, STRANGER, talk } from './talk.ts'

const accepted = 'accepted;flags="NO_SERIAL"'

test('a proposal taken settles the proposed values, never the typed ones', () => {
  const say = talk()
  say(STRANGER, '2881125382 26486')
  expect(say(STRANGER, 'да').accepted).toMatchObject([{ registers: { T1: '26846' } }])
})

describe('an opt-out', () => {
  test.each(['стоп', 'СТОП!', 'отписаться', 'Stop'])('«%s» ends the receipts, and readings still count', (word) => {
    const say = talk()
    expect(say(STRANGER, word).outcome).toBe('none;code=OPT_OUT')
    expect(say(STRANGER, '2880950488 56311')).toMatchObject({ outcome: accepted, text: '' })
  })

  test('leaves unsaid what is a receipt alone: not what was refused beside it', () => {
    const say = talk()
    say(STRANGER, 'стоп')
    say(STRANGER, '2880950488 56311')
    expect(say(STRANGER, '2880950488 56311')).toMatchObject({ outcome: 'duplicate', text: '' })
    expect(say(STRANGER, '2880950488 56320 газ 123').text).not.toBe('')
  })

  test('leaves questions to be asked', () => {
    const say = talk()
    say(STRANGER, 'стоп')
    expect(say(STRANGER, '2866648321 20296').text).not.toBe('')
  })

  test('counts beside a reading too, and старт takes it back', () => {
    const say = talk()
    expect(say(STRANGER, '2880950488 56311 стоп')).toMatchObject({ outcome: accepted, text: '' })
    say(STRANGER, 'старт')
    expect(say(STRANGER, '2880950488 56312').text).toContain('56312')
  })
})

describe('replies', () => {
  test('ten an hour, then silence, then again', () => {
    const say = talk()
    const at = (minute: number) => `2026-11-22T03:${String(minute).padStart(2, '0')}:00Z`
    const texts = Array.from({ length: 12 }, (_, minute) => say(STRANGER, 'привет', at(minute)).text)
    expect(texts.map((text) => text !== '')).toEqual([...Array(10).fill(true), false, false])
    expect(say(STRANGER, 'привет', '2026-11-22T04:00:01Z').text).not.toBe('')
  })

  test('a reading counts in the silence', () => {
    const say = talk()
    for (let turn = 0; turn < 10; turn++) say(STRANGER, 'привет')
    expect(say(STRANGER, '2880950488 56311')).toMatchObject({ outcome: accepted, text: '' })
  })

  describe('where none was left for a question', () => {
    const LATER = '2026-11-22T04:00:01Z'
    /** Ten replies were sent when the doubtful value came. */
    const unheard = (...texts: readonly string[]) => {
      const say = talk()
      for (let turn = 0; turn < 10; turn++) say(STRANGER, 'привет')
      const outcomes = ['2866648321 20296', ...texts].map((text) => say(STRANGER, text).outcome)
      return { say, outcomes }
    }

    test.each(['да', '1', 'ok', 'нет'])('«%s» is no answer to it, for it was not heard (rule 14)', (word) => {
      const { say, outcomes } = unheard(word)
      expect(outcomes[0]).toBe('asked;code=VERY_HIGH')
      expect(outcomes[1]).not.toMatch(/accepted|CANCELLED/)
      expect(say(STRANGER, 'спасибо', LATER).text).toMatch(/20296 – намного больше обычного/)
      expect(say(STRANGER, 'да', LATER).outcome).toBe('accepted;flags="CONFIRMED HIGH NO_SERIAL"')
    })

    test('it is heard and answered as soon as one may be sent', () => {
      const { say } = unheard('да')
      expect(say(STRANGER, 'да', LATER).text).toMatch(/20296 – намного больше обычного/)
      expect(say(STRANGER, 'нет', LATER).outcome).toBe('none;code=CANCELLED')
    })

    test('another value still takes its place', () => {
      const { say, outcomes } = unheard('20297')
      expect(outcomes).toEqual(['asked;code=VERY_HIGH', 'asked;code=VERY_HIGH'])
      expect(say(STRANGER, 'спасибо', LATER).text).toMatch(/20297/)
    })
  })

  test.each([
    ['2880950488 56311 56312', 'Счётчик *5057: показаний больше, чем нужно. Пришлите одно.'],
    ['account 2880950488 readings 56311 56312', 'Meter *5057: too many readings. Please send one.'],
    ['2826262233 24563 76572 300', 'Счётчик *0094: показаний больше, чем нужно. Пришлите два.'],
  ])('say in words how many values are wanted: «%s»', (text, said) => expect(talk()(STRANGER, text).text).toBe(said))

  test('come in the language of the text, and keep it', () => {
    const say = talk()
    expect(say(STRANGER, 'Hello').text).toContain('Send')
    expect(say(STRANGER, '2880950488').text).toContain('Please send')
    expect(say(STRANGER, 'показания 56311').text).toContain('Принято')
  })
})

describe('where the branch refuses old accounts', () => {
  const refusing = branches.map((branch) => ({ ...branch, oldAccounts: 'refuse' as const }))
  const refused = 'rejected;code=OLD_ACCOUNT'

  test('they are refused, and the new one is taken', () => {
    const say = talk(memoryRegistry(), refusing)
    const { outcome, text } = say(STRANGER, 'АС673833 493479144 90015')
    expect(outcome).toBe(refused)
    expect(text).not.toMatch(/673833|2884294880/)
    expect(say(STRANGER, 'АС673833 2884294880 90015').outcome).toBe(accepted)
  })

  test('billing is told whose it is', () => {
    const [event] = talk(memoryRegistry(), refusing)(STRANGER, 'АС673833 493479144 90015').decision.events
    expect(event).toMatchObject({ topic: 'rejected', key: 'amur/2884294880' })
    expect(JSON.parse(event?.data ?? '')).toMatchObject({ branch: 'amur', account: '2884294880', meter: '493479144' })
  })

  test.each([
    ['one of several accounts, when its serial comes later', ['КР468713 56335', '250592064305057'], refused],
    ['one of several accounts, when its last digits come later', ['КР468713 56335', '5057'], refused],
    ['one with the account that was asked for, whose value stays', ['90015', 'АС673833', '2884294880'], accepted],
  ])('%s', (_why, turns, outcome) => {
    const say = talk(memoryRegistry(), refusing)
    expect(turns.map((text) => say(STRANGER, text).outcome).at(-1)).toBe(outcome)
  })
})

test('billing is told whose reading came when its branch takes none', () => {
  const { outcome, decision } = talk()(STRANGER, '928110396 142727170 65500', '2026-11-27T03:00:00Z')
  expect(outcome).toBe('rejected;code=OUT_OF_WINDOW')
  expect(decision.events).toMatchObject([{ topic: 'rejected', key: 'sakhalin/928110396' }])
  expect(JSON.parse(decision.events[0]?.data ?? '')).toMatchObject({ branch: 'sakhalin', meter: '142727170' })
})
