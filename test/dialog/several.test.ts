import { describe, expect, test } from 'vitest'
import type { Meter } from '../../src/core/facts.ts'
import { about, meter } from './about.ts'
import { memoryRegistry, STRANGER, talk } from './talk.ts'

describe('a question that another one takes the place of', () => {
  test('is held with its reading, though a question beside it was answered', () => {
    const say = about([meter('111111111'), meter('222222222')])
    const both = say('2880950001 111111111 11300 222222222 11500')
    expect(both.decision).toMatchObject({ opens: true, settles: [] })
    const other = say('111111111 11100')
    expect(other).toMatchObject({ outcome: 'asked;code=VERY_HIGH', decision: { opens: true, settles: [] } })
    expect(say('да').decision.settles).toEqual([other.decision.answer.submissionId])
  })

  test('is held where the registry no longer has its account when the yes comes', () => {
    const account = { branch: 'amur', oldAccount: null, unifiedAccount: null, phone: null }
    const all = memoryRegistry([
      { ...account, account: '2880950001', meters: [meter('111111111')] },
      { ...account, account: '2880950002', meters: [meter('222222222')] },
    ])
    const gone = new Set<string>()
    const say = talk({ ...all, byAccount: (key) => (gone.has(key) ? [] : all.byAccount(key)) })
    say(STRANGER, '2880950001 111111111 11300 2880950002 222222222 11400')
    gone.add('2880950002')
    const yes = say(STRANGER, 'да')
    expect(yes).toMatchObject({ accepted: [{ meter: '111111111' }], decision: { settles: [] } })
  })

  test('is held also where the question beside it is answered later', () => {
    const say = about([meter('111111111'), meter('222222222', 2), meter('333333333', 2)])
    say('2880950001 111111111 11300 222222222 10100')
    expect(say('333333333 10100').outcome).toBe('asked;code=FEW_VALUES')
    const yes = say('да')
    expect(yes).toMatchObject({ accepted: [{ meter: '111111111' }], decision: { settles: [] } })
  })
})

describe('a message about another meter than the question', () => {
  test.each([
    ['with its values', '222222222 10100', 'accepted'],
    ['alone', '222222222', 'asked;code=VALUES_NEEDED'],
    ['with its account', '2880950001 222222222 10100', 'accepted'],
  ])('%s leaves the question what it was', (_why, text, outcome) => {
    const say = about([meter('111111111', 2), meter('222222222')])
    say('2880950001 111111111 11300 11300')
    expect(say(text)).toMatchObject({ outcome, decision: { settles: [] } })
  })

  test('can still be followed by a yes to the question', () => {
    const say = about([meter('111111111', 2), meter('222222222')])
    say('2880950001 111111111 11300 11300')
    say('222222222 10100')
    expect(say('да').accepted).toMatchObject([{ meter: '111111111', registers: { T1: '11300', T2: '11300' } }])
  })

  test('can ask something itself, and the yes is still to the question', () => {
    const say = about([meter('111111111'), meter('222222222', 2)])
    say('2880950001 111111111 11300')
    expect(say('222222222 10100').outcome).toBe('asked;code=FEW_VALUES')
    expect(say('10100').accepted).toMatchObject([{ meter: '222222222' }])
    expect(say('да').accepted).toMatchObject([{ meter: '111111111', registers: { T1: '11300' } }])
  })

  test('is what the yes is to where it asks for one itself', () => {
    const say = about([meter('111111111'), meter('222222222')])
    say('2880950001 111111111 11300')
    expect(say('222222222 11400').outcome).toBe('asked;code=VERY_HIGH')
    expect(say('да')).toMatchObject({ accepted: [{ meter: '222222222' }] })
    expect(say('да').outcome).toBe('none;code=HELP')
  })

  test('takes its place where that meter is the one proposed', () => {
    const dial = meter('222222222').registers.map((one) => ({ ...one, lastValue: '20000' }))
    const say = about([meter('111111111'), { ...meter('222222222'), registers: dial }])
    const asked = say('2880950001 111111111 20100')
    expect(asked.text).toContain('это *2222')
    expect(say('222222222 20111')).toMatchObject({
      outcome: 'accepted',
      decision: { settles: [asked.decision.answer.submissionId] },
    })
    expect(say('да').outcome).toBe('none;code=HELP')
  })

  test('ends a proposal for that meter, and what was typed is held', () => {
    const dial = meter('222222222').registers.map((one) => ({ ...one, lastValue: '20000' }))
    const account = { branch: 'amur', account: '2880950001', oldAccount: null, unifiedAccount: null, phone: null }
    const say = talk(
      memoryRegistry([{ ...account, meters: [meter('111111111'), { ...meter('222222222'), registers: dial }] }]),
    )
    say(STRANGER, '2880950001 111111111 20100', '2026-11-22T03:00:00Z')
    const other = say(STRANGER, '2880950001 222222222 20111', '2026-11-22T04:00:00Z')
    expect(other).toMatchObject({ outcome: 'accepted', decision: { settles: [] } })
    expect(say(STRANGER, 'да', '2026-11-22T04:01:00Z').outcome).toBe('none;code=HELP')
  })

  test('takes its place where it brings the same values', () => {
    const say = about([meter('111111111'), meter('222222222')])
    const asked = say('2880950001 111111111 11300')
    expect(say('222222222 11300').decision.settles).toEqual([asked.decision.answer.submissionId])
    expect(say('да').accepted).toMatchObject([{ meter: '222222222' }])
  })
})

describe('a reply about several meters', () => {
  const [one, two, three] = [meter('111111111'), meter('222222222'), meter('333333333')]
  const dayAndNight = [meter('111111111', 2), meter('222222222', 2)]
  const many = Array.from({ length: 20 }, (_, at) => meter(String(100_000_001 + at)))
  const sent = (meters: readonly Meter[], value: string) => meters.map(({ meter }) => `${meter} ${value}`).join(' ')

  test.each<[string, readonly Meter[], string, string]>([
    [
      'lists them where that takes one part instead of two',
      [one, two, three],
      sent([one, two, three], '10100'),
      'Принято за ноябрь: *1111 10100; *2222 10100; *3333 10100.',
    ],
    ['says what they have in common once', [one], '10100 1Г 123 ХВС 45', 'Принято: *1111 10100, за ноябрь. На счёте'],
    ['leaves nobody to send more where all is taken', many, sent(many, '10100'), 'Принято 20 из 20, за ноябрь.'],
  ])('%s', (_why, meters, text, said) => {
    const heard = about(meters)(`2880950001 ${text}`).text
    expect(heard.slice(0, said.length)).toBe(said)
    expect(heard).not.toContain('Остальное')
  })

  test('says of all that they were there already', () => {
    const meters = [...dayAndNight, meter('333333333', 2)]
    const say = about(meters)
    const text = `2880950001 ${sent(meters, '10100 10100')}`
    say(text)
    expect(say(text).text).toBe(
      'Уже принято за ноябрь: *1111 день 10100, ночь 10100; *2222 день 10100, ночь 10100; *3333 день 10100, ночь 10100.',
    )
  })

  test('asks for the new account number in the place of an old one once', () => {
    const say = about(dayAndNight, { oldAccount: 'КР468713' })
    expect(say(`КР468713 ${sent(dayAndNight, '10100 10100')}`).text).toMatch(
      /^Принято за ноябрь: .*\. Пишите новый счёт из квитанции\.$/,
    )
  })

  test('asks about all of them in one question where it is long, and a yes is to all', () => {
    const say = about(dayAndNight)
    expect(say(`2880950001 ${sent(dayAndNight, '11300 11300')}`).text).toBe(
      'Верно? *1111 день 11300, ночь 11300; *2222 день 11300, ночь 11300. Ответьте ДА или НЕТ.',
    )
    expect(say('да').accepted).toHaveLength(2)
  })

  test('says why, where there is no room for all that is to be said', () => {
    const text = '111111111 10100 222222222 111222 333333333 444555 1Г 123'
    expect(about([one, two, three])(`2880950001 ${text}`).text).toBe(
      'Принято 1 из 4, за ноябрь. Счётчик *2222: цифр больше, чем на табло. Пришлите снова. ' +
        'Остальное пришлите по одному счётчику.',
    )
  })

  describe('with no room for all questions', () => {
    const meters = [1, 2, 3, 4].map((digit) => meter(String(digit).repeat(9), 3))
    const text = `2880950001 ${sent(meters, '11300 11300 11300')}`

    test('takes a yes for those that it asked, and asks the others when they are come to', () => {
      const say = about(meters)
      const asked = say(text)
      expect(asked.text).toBe(
        'Принято 0 из 4. Остальное пришлите по одному счётчику. ' +
          'Верно? *1111 пик 11300, полупик 11300, ночь 11300. Ответьте ДА или НЕТ.',
      )
      expect(asked.decision.opens).toBe(true)
      const taken = ['да', 'да', 'да'].map((word) => say(word))
      expect(taken.map(({ accepted }) => accepted.map((reading) => reading.meter))).toEqual([
        ['111111111'],
        [],
        ['222222222'],
      ])
      expect(taken.flatMap(({ decision }) => decision.settles)).toEqual([])
    })

    test('takes a no for them alone, and a value for the meter that it names', () => {
      const say = about(meters)
      say(text)
      expect(say('нет')).toMatchObject({ outcome: 'none;code=CANCELLED', decision: { settles: [] } })
      expect(say('нет').outcome).toBe('none;code=HELP')
      expect(say('333333333 10100 10100 10100').accepted).toMatchObject([{ meter: '333333333' }])
    })
  })
})

describe('a bare value after two questions of one reply', () => {
  const asked = '2880950001 111111111 11300 222222222 11500'

  test.each(['10100', 'нет, 10100'])('«%s» is asked which meter it is of, and goes to the one named then', (text) => {
    const say = about([meter('111111111'), meter('222222222')])
    say(asked)
    expect(say(text)).toMatchObject({ outcome: 'asked;code=METER_NEEDED', accepted: [] })
    expect(say('2222').accepted).toMatchObject([{ meter: '222222222', registers: { T1: '10100' } }])
    expect(say('да').accepted).toMatchObject([{ meter: '111111111', registers: { T1: '11300' } }])
  })

  test('goes to the meter that is named with it', () => {
    const say = about([meter('111111111'), meter('222222222')])
    say(asked)
    expect(say('2222 10150').accepted).toMatchObject([{ meter: '222222222', registers: { T1: '10150' } }])
  })

  test('is asked about once more by a yes, which takes neither of the values that it may replace', () => {
    const say = about([meter('111111111'), meter('222222222')])
    say(asked)
    say('10100')
    expect(say('да')).toMatchObject({ outcome: 'asked;code=METER_NEEDED', accepted: [] })
    expect(say('2222').accepted).toMatchObject([{ meter: '222222222', registers: { T1: '10100' } }])
  })
})
