import { describe, expect, test } from 'vitest'
import { NOON } from '../talk.ts'
import { type ChatUser, chats } from './talk.ts'

/** One meter with day and night: 730058 and 101327 on the last bill. */
const TWO_REGISTERS = { account: '2883307231', meter: '1933694442343', phone: '+79632857306' }
/** Two meters with one register each: 6623 and 508380 on the last bill. */
const TWO_METERS = { account: '2800711268', meter: '984840569533086', phone: '+79097140165' }
/** 20296 is far more than usual there; its bill has no phone that we use here. */
const DOUBTED = '2866648321 20296'

function bound(...customers: readonly { phone: string }[]): ChatUser {
  const user = chats()('U1')
  for (const { phone } of customers) user.send({ kind: 'contact', phone })
  return user
}

describe('by buttons alone', () => {
  test('a meter with two registers is asked for one register at a time, and judged when complete', () => {
    const user = bound(TWO_REGISTERS)
    expect(user.tap('Передать')).toMatchObject({
      outcome: 'none;code=HELP',
      text: 'Счётчик *2343, день: напишите показание.',
    })
    const day = user.type('730340')
    expect(day).toMatchObject({ outcome: 'asked;code=FEW_VALUES', accepted: [] })
    expect(day.text).toBe('Счётчик *2343: день 730340 – записано. Теперь ночь: напишите показание.')
    const night = user.type('101440')
    expect(night.accepted).toEqual([
      {
        account: TWO_REGISTERS.account,
        meter: TWO_REGISTERS.meter,
        period: '2026-11',
        registers: { T1: '730340', T2: '101440' },
      },
    ])
    expect(night.text).toBe('Принято: *2343 день 730340, ночь 101440, за ноябрь.')
  })

  test.each(['730340 101440', 'ночь 101440 день 730340'])('«%s» gives both registers at once in that step', (text) => {
    const user = bound(TWO_REGISTERS)
    user.tap('Передать')
    expect(user.type(text).accepted).toMatchObject([{ registers: { T1: '730340', T2: '101440' } }])
  })

  test('one of several meters is chosen by a button, and named by it', () => {
    const user = bound(TWO_METERS)
    const which = user.tap('Передать')
    expect(which.text).toBe('По какому счётчику показание?')
    expect(which.labels).toEqual(expect.arrayContaining(['Свет *3086', 'Свет *2545']))
    expect(user.tap('Свет *2545').text).toBe('Счётчик *2545: напишите показание.')
    const taken = user.type('508600')
    expect(taken).toMatchObject({ outcome: 'accepted', flags: [], accepted: [{ meter: '102923042545' }] })
  })

  test('meters of several accounts stand with the last digits of their account', () => {
    const user = bound(TWO_METERS, TWO_REGISTERS)
    const which = user.tap('Передать')
    expect(which.labels).toEqual(
      expect.arrayContaining(['Свет *3086, счёт *1268', 'Свет *2545, счёт *1268', 'Свет *2343, счёт *7231']),
    )
    expect(user.tap('Свет *2343').text).toBe('Счётчик *2343, день: напишите показание.')
  })

  test('a value that was typed first goes to the meter that is pressed then', () => {
    const user = bound(TWO_METERS)
    const which = user.type('6900')
    expect(which).toMatchObject({ outcome: 'asked;code=METER_NEEDED', text: 'По какому счётчику показание?' })
    const taken = user.tap('Свет *3086')
    expect(taken).toMatchObject({
      outcome: 'accepted',
      accepted: [{ meter: TWO_METERS.meter, registers: { T1: '6900' } }],
    })
    expect(taken.decision.settles).toEqual([which.decision.answer.submissionId])
  })

  test('a value that is typed where the meter is to be chosen waits for the choice', () => {
    const user = bound(TWO_METERS)
    user.tap('Передать')
    expect(user.type('6900')).toMatchObject({ outcome: 'asked;code=METER_NEEDED' })
    expect(user.tap('Свет *3086')).toMatchObject({ accepted: [{ meter: TWO_METERS.meter, registers: { T1: '6900' } }] })
  })

  test('so does one whose account is not clear', () => {
    const user = bound(TWO_METERS, TWO_REGISTERS)
    expect(user.type('6900')).toMatchObject({
      outcome: 'asked;code=ACCOUNT_NEEDED',
      text: 'По какому счётчику показание?',
    })
    expect(user.tap('Передать').text).toBe('По какому счётчику показание?')
    expect(user.tap('Свет *3086')).toMatchObject({
      accepted: [{ account: TWO_METERS.account, registers: { T1: '6900' } }],
    })
  })

  test('what was sent this month is shown, with periods and last digits only', () => {
    const user = bound(TWO_REGISTERS, TWO_METERS)
    expect(user.tap('Что я').text).toBe('За этот месяц показаний пока нет.')
    user.type('2883307231 730340 101440')
    user.type('2545 508600')
    expect(user.tap('Что я').text.split('\n')).toEqual([
      'Уже принято:',
      'Счёт *7231',
      '• Свет *2343: день 730340, ночь 101440, за ноябрь',
      'Счёт *1268',
      '• Свет *2545: 508600, за ноябрь',
    ])
  })

  test('what counts for the next month is not called of this one', () => {
    const user = bound(TWO_METERS)
    user.type('2545 508600', '2026-11-27T03:00:00Z')
    expect(user.tap('Что я', '2026-11-27T03:01:00Z').text).toBe('Уже принято:\n• Свет *2545: 508600, за декабрь')
  })

  test('the meter of a value that was dropped is forgotten with the conversation, whatever is said after it', () => {
    const user = bound(TWO_METERS)
    user.type('3086 9900', '2026-11-22T03:00:00Z')
    user.tap('Нет', '2026-11-22T03:01:00Z')
    user.type('спасибо', '2026-11-22T03:31:01Z')
    expect(user.type('6900', '2026-11-22T03:31:02Z').outcome).toBe('asked;code=METER_NEEDED')
  })

  test('next month the list is empty again', () => {
    const user = bound(TWO_REGISTERS)
    user.type('730340 101440')
    expect(user.tap('Что я', '2026-11-30T03:00:00Z').text).toContain('730340')
    expect(user.tap('Что я', '2026-12-01T03:00:00Z').text).toBe('За этот месяц показаний пока нет.')
  })

  test('an accepted reading is corrected, and the new one takes its place', () => {
    const user = bound(TWO_REGISTERS)
    const first = user.type('730340 101440')
    expect(user.tap('Исправить')).toMatchObject({
      outcome: 'none;code=HELP',
      text: 'Счётчик *2343, день: напишите показание.',
    })
    user.type('730341')
    const second = user.type('101441')
    expect(second.outcome).toBe('accepted')
    const [event] = second.decision.events.map(({ data }) => JSON.parse(data))
    expect(event.supersedes).toBe(first.decision.readings[0]?.eventId)
  })

  test('the language is switched by a button, and stays whatever is typed', () => {
    const user = bound(TWO_REGISTERS)
    expect(user.tap('English').text).toBe('We write in English now.')
    expect(user.tap('Send a reading').text).toBe('Meter *2343, day: please write the reading.')
    expect(user.type('день 730340 ночь 101440').text).toBe('Accepted: *2343 day 730340, night 101440, for November.')
    expect(user.tap('Русский').text).toBe('Теперь пишем по-русски.')
    expect(user.tap('Помощь').text).toContain('Как передать показания')
  })

  test('a telephone in English is answered in Russian from the first Russian word on, by buttons and digits too', () => {
    const user = chats()('U1', 'en')
    expect(user.type('показание 2866648321 20296').text).toContain('намного больше обычного')
    expect(user.tap('Исправить').text).toContain('напишите показание')
    expect(user.tap('Помощь').text).toContain('Как передать показания')
    expect(user.type('hello').text).toContain('please write the reading')
  })

  test.each(['/help', '/stop', '/start', '/help@readings_bot'])('the command %s is answered in Russian', (command) => {
    const user = chats()('U1')
    expect(user.type(command).text).toMatch(/^[А-Я]/)
    expect(user.type('2866648321').text).toContain('напишите показание')
  })

  test('a chat that began in English goes on in Russian once that was chosen', () => {
    const user = chats()('U1', 'en')
    expect(user.send({ kind: 'opened', account: null, meter: null }).text).toContain('Hello')
    user.tap('Русский')
    expect(user.tap('Помощь').text).toContain('Как передать показания')
  })
})

describe('leaving', () => {
  /** Labels of buttons, and texts to be typed. */
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['the choice of the meter', ['Передать']],
    ['the first register', ['Передать', 'Свет *2343']],
    ['the second register', ['Передать', 'Свет *2343', '730340']],
    ['a question about a value', [DOUBTED]],
    ['a value without a meter', ['6900']],
    ['the list of meters', ['Мои']],
    ['the binding of an account', ['Мои', 'Привязать']],
    ['the serial of an account to be bound', ['Мои', 'Привязать', '2866648321']],
  ]

  test.each(steps)('«Отмена» leaves %s and shows the menu', (_step, path) => {
    const user = bound(TWO_METERS, TWO_REGISTERS)
    for (const one of path) /^\d/.test(one) ? user.type(one) : user.tap(one)
    const left = user.tap('Отмена')
    expect(left).toMatchObject({ outcome: 'none;code=CANCELLED', text: 'Отменено. Что сделать дальше?' })
    expect(left.labels).toEqual(['Передать показание', 'Мои счётчики', 'Что я передал', 'Помощь', 'English'])
    expect(user.type('спасибо').text).toContain('Как передать показания')
  })

  test('a question that was left is settled, and never becomes held', () => {
    const user = chats()('U1')
    const asked = user.type(DOUBTED)
    expect(asked.decision.opens).toBe(true)
    expect(user.tap('Отмена').decision.settles).toEqual([asked.decision.answer.submissionId])
  })
})

describe('an opt-out', () => {
  test('silences confirmations of what is typed, not questions nor buttons', () => {
    const user = bound(TWO_METERS)
    expect(user.type('стоп').outcome).toBe('none;code=OPT_OUT')
    const taken = user.type('3086 6900')
    expect(taken).toMatchObject({ outcome: 'accepted;flags="NO_SERIAL"', message: undefined })
    expect(taken.decision.receipts).toEqual([])
    expect(user.type('6900').message).toBeDefined()
    expect(user.tap('Отмена').message).toBeDefined()
  })

  test('ends when the chat is opened anew', () => {
    const user = bound(TWO_METERS)
    user.type('стоп')
    user.send({ kind: 'opened', account: null, meter: null })
    expect(user.type('3086 6900').message).toBeDefined()
  })
})

test('an answer leaves as a receipt to its own chat, a welcome in the answer does not', () => {
  const user = chats()('U1')
  const help = user.type('привет')
  expect(help.decision.receipts).toEqual([{ to: 'U1', message: help.message }])
  expect(user.send({ kind: 'opened', account: null, meter: null }).decision.receipts).toHaveLength(1)
  const welcome = user.send({ kind: 'opened', account: null, meter: null, inAnswer: true })
  expect(welcome).toMatchObject({ outcome: 'none;code=HELP', decision: { receipts: [] } })
  expect(welcome.message).toBeDefined()
})

test.each(['picture', 'other'] as const)('a %s that says nothing gets a hint, and the question stays open', (what) => {
  const user = chats()('U1')
  user.type(DOUBTED)
  const heard = user.send({ kind: 'unreadable', what }, NOON)
  expect(heard.outcome).toBe('none;code=HELP')
  expect(heard.text).toContain('20296')
  expect(user.tap('Да, верно').accepted).toHaveLength(1)
})
