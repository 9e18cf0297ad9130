import { describe, expect, test } from 'vitest'
import { followUpOf } from '../../../src/core/judged-later.ts'
import { createDialog } from '../../../src/dialog/decide.ts'
import { loadFacts, type Records } from '../../../src/store/facts.ts'
import { pairs } from '../../../src/store/pairs.ts'
import { fixtureAccounts } from '../../core/fixture-registry.ts'
import { branches, memoryRegistry, NOON, STRANGER } from '../talk.ts'
import { called, calling } from './talk.ts'

const AFTER = '2026-11-26T03:00:00Z'
const BEFORE = '2026-11-05T03:00:00Z'
/** The way of a stranger to a meter that last stood at 55959. */
const TO_5057 = ['#2880950488', '#5057']
const THREE_ZONES = ['#2884301686', '#9204', 'по первому тарифу, пик: шестьсот девяносто три тысячи семьсот шестьдесят']

describe('the calendar', () => {
  test.each([
    ['inside the window, how long it is open', NOON, '+79635744912', 'Принимаем их по двадцать пятое число.'],
    ['after it, for which month it counts', AFTER, '+79635744912', 'Сегодня принимаем за декабрь.'],
    ['before it, likewise', BEFORE, '+79635744912', 'Сегодня принимаем за ноябрь.'],
    ['nothing, where branches differ', AFTER, STRANGER, 'Назовите лицевой счёт или наберите его, в конце решётка.'],
  ])('is said: %s', (_why, at, from, said) => expect(calling(from, { at }).start().say[1]).toBe(said))

  test('where a branch refuses, it is said when to call, and nothing else is asked', () => {
    const { say, outcome, expect: expected, decision } = called('+79637176013', ['#6888'], { at: AFTER })
    expect(say).toEqual([
      'Сейчас показания не принимаем.',
      'Позвоните с пятнадцатого по двадцать пятое декабря.',
      'Спасибо за звонок. До свидания!',
    ])
    expect([outcome, expected, decision.events.length]).toEqual(['rejected;code=OUT_OF_WINDOW', null, 1])
  })

  test('outside the window a reading counts for the month that was named', () => {
    const { say, outcome } = called(STRANGER, [...TO_5057, '#56350', '#1'], { at: AFTER })
    expect([say[0], outcome]).toEqual(['Принято, учтём за декабрь.', 'accepted;flags="NO_SERIAL OUT_OF_WINDOW"'])
  })
})

describe('what may have been meant is narrowed', () => {
  test.each([
    ['by what the meter can plausibly show', ['#2806394658', '#9321', 'триста двадцать один'], 'Показание: 3 2 1.'],
    ['and asked again, where two numbers could be', [...TO_5057, 'двадцать один'], 'Это можно понять по-разному.'],
    [
      'by the label of another register than was asked for (rule 9)',
      ['#2884301686', '#9204', 'ночь двести одна тысяча триста'],
      'Назовите пиковое показание.',
    ],
    [
      'and asked again, where it is of another service (rule 10)',
      [...TO_5057, 'холодная вода пятьдесят шесть тысяч триста одиннадцать'],
      'Не удалось разобрать.',
    ],
    ['the service of the meter says nothing new', [...TO_5057, 'э, свет 56311'], 'Показание: 5 6, 3 1 1.'],
    ['the label of the register that is asked for says nothing new', THREE_ZONES, 'Назовите ночное показание.'],
    ['and asked again, where the account was corrected', ['2880950488, ой, 2880950489'], 'Не удалось разобрать.'],
    [
      'and asked again, where the caller corrected himself',
      [...TO_5057, 'пятьдесят шесть триста одиннадцать нет двенадцать'],
      'Не удалось разобрать.',
    ],
  ])('%s', (_how, turns, said) => expect(called(STRANGER, turns).say[0]).toBe(said))
})

describe('a doubtful value', () => {
  test('is read back with its reason, and a yes takes it as it was said', () => {
    const doubted = called(STRANGER, [...TO_5057, '#57000', '#1'])
    expect(doubted.outcome).toBe('asked;code=VERY_HIGH')
    expect(doubted.say.slice(0, 2)).toEqual(['Показание: 5 7, 0 0 0.', 'Это намного больше обычного.'])
    const { outcome, decision } = called(STRANGER, [...TO_5057, '#57000', '#1', 'да'])
    expect(outcome).toBe('accepted;flags="CONFIRMED HIGH NO_SERIAL"')
    expect(JSON.parse(decision.events[0]?.data ?? '')).toMatchObject({
      quality: 'CONFIRMED',
      registers: [{ value: '57000' }],
    })
  })

  test('below the last one is held where the caller insists', () => {
    expect(called(STRANGER, [...TO_5057, '#50000', '#1']).say[1]).toBe('Это меньше прежнего показания.')
    const { outcome, say, decision } = called(STRANGER, [...TO_5057, '#50000', '#1', '#1'])
    expect([outcome, say[0], decision.events]).toEqual([
      'held;code=BELOW_PREVIOUS',
      'Показание передано оператору на проверку.',
      [],
    ])
  })

  test('with one repair is proposed in its place, without a word of what stood there before', () => {
    const doubted = called(STRANGER, [...TO_5057, '#156311', '#1'])
    expect([doubted.outcome, doubted.say.slice(0, 3)]).toEqual([
      'asked;code=TOO_MANY_DIGITS',
      ['Цифр больше, чем на табло.', 'Возможно, вы имели в виду:', 'Показание: 5 6, 3 1 1.'],
    ])
    expect(called(STRANGER, [...TO_5057, '#156311', '#1', '#1']).outcome).toBe('accepted;flags="CONFIRMED NO_SERIAL"')
  })

  test.each([
    ['after a refused proposal', ['нет', '#65311', '#1']],
    ['in place of a proposal', ['65311', '#1']],
  ])('that the caller says again %s is asked about as it is', (_when, again) => {
    const insisting = [...TO_5057, '#65311', '#1', ...again]
    const { say, outcome } = called(STRANGER, insisting)
    expect([outcome, say.slice(0, 2)]).toEqual([
      'asked;code=VERY_HIGH',
      ['Показание: 6 5, 3 1 1.', 'Это намного больше обычного.'],
    ])
    expect(called(STRANGER, [...insisting, 'да']).outcome).toBe('accepted;flags="CONFIRMED HIGH NO_SERIAL"')
  })

  test.each(['56311', 'нет, 56311'])('gives way to the one that is said in its place: «%s»', (instead) => {
    const { start, say } = calling(STRANGER)
    start()
    for (const turn of [...TO_5057, '#57000', '#1']) say(turn)
    expect(say(instead).say[0]).toBe('Показание: 5 6, 3 1 1.')
    const { outcome, decision } = say('да')
    expect(outcome).toBe('accepted;flags="NO_SERIAL"')
    expect(JSON.parse(decision.events[0]?.data ?? '')).toMatchObject({ registers: [{ value: '56311' }] })
  })

  test('with too many digits and no repair is refused and asked for again, three times', () => {
    const once = ['#7777777', '#1']
    const { outcome, say } = called(STRANGER, [...TO_5057, ...once])
    expect([outcome, say[0], say[1]]).toEqual([
      'rejected;code=TOO_MANY_DIGITS',
      'Цифр больше, чем на табло.',
      'Назовите показание по одной цифре.',
    ])
    expect(called(STRANGER, [...TO_5057, ...once, ...once, ...once]).transfer).toBeDefined()
  })
})

test('a known phone whose digits do not match is asked for the account, and then as any other', () => {
  expect(called('+79635744912', ['#1111']).say[0]).toBe('Цифры не совпали.')
  expect(called('+79635744912', ['#1111', '#2880950488']).stage).toBe('serial')
  expect(called('+79635744912', ['#1111', '#2879104778']).stage).toBe('value')
  expect(called('+79622897257', ['#1111', 'КА783718']).stage).toBe('value')
})

test('of the accounts that an old number leads to, the phone leaves its own, and the new number is asked for', () => {
  const { outcome, say } = called('+79635744912', ['АС286915', '#58410', '#1'])
  expect(outcome).toBe('accepted;flags="OLD_ACCOUNT"')
  expect(say[1]).toBe('В следующий раз называйте новый номер счёта из квитанции.')
})

test.each(['#97123', 'девять семь один два три'])('an old number of digits alone is keyed or said: %s', (number) => {
  const [first] = fixtureAccounts().values()
  const registry = memoryRegistry(first === undefined ? [] : [{ ...first, oldAccount: '97123' }])
  const { outcome } = called(STRANGER, [number, '#5057', '#56311', '#1'], { registry })
  expect(outcome).toBe('accepted;flags="NO_SERIAL OLD_ACCOUNT"')
})

test('an ЕЛС that is spelled is the account, and no old number', () => {
  const spelled = 'восемьдесят эс бэ сто сорок девятьсот восемьдесят три'
  const { outcome } = called(STRANGER, [spelled, '#0684', '#30000', '#44110', '#1'])
  expect(outcome).toBe('accepted;flags="NO_SERIAL"')
})

describe('an operator is told', () => {
  test('which zone each value is of', () => {
    const { start, say, step } = calling(STRANGER)
    start()
    for (const turn of ['#2884301686', '#9204', '#693760', '#201300', '#0']) say(turn)
    expect(step({ kind: 'operator' }).say.slice(-2)).toEqual(['Пик: 6 9 3, 7 6 0.', 'Ночь: 2 0 1, 3 0 0.'])
  })

  test('no values that the caller said no to', () => {
    const { transfer } = called(STRANGER, [...TO_5057, '#56311', 'нет', '#56311', 'нет', '#56311', 'нет'])
    expect(transfer).toEqual({ account: '2880950488', meter: '250592064305057', values: {} })
  })

  test('whose account it is, where it has no meter that takes readings', () => {
    const closed = [...fixtureAccounts().values()].map((account) => ({
      ...account,
      meters: account.meters.map((meter) => ({ ...meter, status: 'ARCHIVED' as const })),
    }))
    const { say, transfer } = called('+79097140165', ['#1268'], { registry: memoryRegistry(closed) })
    expect([say[0], transfer?.account]).toEqual([
      'На этом счёте нет счётчиков, по которым мы принимаем показания.',
      '2800711268',
    ])
  })
})

describe('values that are not confirmed', () => {
  test('are held open at each step, until the caller confirms or hangs up', () => {
    const { start, say } = calling(STRANGER)
    start()
    for (const turn of ['#2884301686', '#9204']) expect(say(turn).decision).toMatchObject({ opens: false, settles: [] })
    const first = say('#693760').decision
    expect(first).toMatchObject({ opens: true, settles: [] })
    const second = say('#201300').decision
    expect(second).toMatchObject({ opens: true, settles: [first.answer.submissionId] })
    const gone = say('.').decision
    expect(gone).toMatchObject({ opens: false, settles: [second.answer.submissionId] })
    expect(gone.answer.items).toMatchObject([
      {
        account: '2884301686',
        meter: '61289204',
        values: [
          { register: 'T1', value: '693760' },
          { register: 'T2', value: '201300' },
        ],
      },
    ])
  })

  test('are dropped by a no, and nothing waits then', () => {
    const { start, say } = calling(STRANGER)
    start()
    for (const turn of TO_5057) say(turn)
    const read = say('#56311').decision
    expect(say('нет').decision).toMatchObject({ opens: false, settles: [read.answer.submissionId] })
    expect(say('.').outcome).toBe('none;code=HELP')
  })
})

describe('without the registry', () => {
  test('what was confirmed is kept, and judged once it is back', () => {
    const { start, say, registryAway } = calling(STRANGER)
    start()
    for (const turn of [...TO_5057, '#56311']) say(turn)
    registryAway(true)
    const { outcome, say: said, decision } = say('#1')
    expect([outcome, said[0]]).toEqual(['held;code=REGISTRY_UNAVAILABLE', 'Показание получено. Проверим его позже.'])
    const { lookup, decide } = createDialog({ branches })
    const later = followUpOf(decision.delivery)
    const records: Records = { answered: () => pairs(), conversations: () => pairs(), standing: () => pairs() }
    const facts = loadFacts([lookup(later)], { records, registry: memoryRegistry(), now: NOON })
    const [event] = decide(later, facts).events
    expect(JSON.parse(event?.data ?? '')).toMatchObject({
      channel: 'IVR',
      meter: '250592064305057',
      flags: ['NO_SERIAL'],
    })
  })

  test('nothing else goes on, and what was said is held for an operator', () => {
    const { start, say, registryAway } = calling(STRANGER)
    start()
    for (const turn of ['#2884301686', '#9204', '#693760']) say(turn)
    registryAway(true)
    const { outcome, transfer } = say('#201300')
    expect([outcome, transfer?.values]).toEqual(['held;code=FEW_VALUES', { T1: '693760' }])
  })
})
