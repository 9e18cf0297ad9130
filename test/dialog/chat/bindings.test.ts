import { describe, expect, test } from 'vitest'
import type { Account } from '../../../src/core/facts.ts'
import type { RegistryReader } from '../../../src/core/registry.ts'
import { chatLimits } from '../../../src/dialog/chat/state.ts'
import { fixtureAccounts } from '../../core/fixture-registry.ts'
import { memoryRegistry, NOON } from '../talk.ts'
import { chats } from './talk.ts'

const ACCOUNT = '2883307231'
const METER = '1933694442343'
const PHONE = '+79632857306'
const NOW_BOUND = 'Счёт *7231 привязан к этому чату: писать его больше не нужно.'
const MENU_ONLY = ['Передать показание', 'Мои счётчики', 'Что я передал', 'Помощь', 'English']

describe('a chat is bound', () => {
  test('by a shared contact whose phone the registry knows', () => {
    const user = chats()('U1')
    const heard = user.send({ kind: 'contact', phone: PHONE })
    expect(heard).toMatchObject({ outcome: 'none;code=HELP', text: NOW_BOUND, labels: MENU_ONLY })
    expect(user.type('730340 101440')).toMatchObject({ outcome: 'accepted', accepted: [{ account: ACCOUNT }] })
  })

  test('to all accounts of a contact, and says of each whether it was bound already', () => {
    const user = chats()('U1')
    const heard = () => user.send({ kind: 'contact', phone: '+79635896059' }).text.split('\n')
    expect(heard().map((line) => /^Счёт \*\d{4} привязан/.exec(line)?.[0])).toEqual([
      'Счёт *2287 привязан',
      'Счёт *0618 привязан',
    ])
    expect(heard()).toEqual(['Счёт *2287 уже привязан к этому чату.', 'Счёт *0618 уже привязан к этому чату.'])
  })

  test('by account and serial of a reading, and says so', () => {
    const user = chats()('U1')
    const heard = user.type(`${ACCOUNT} ${METER} 730340 101440`)
    expect(heard.outcome).toBe('accepted')
    expect(heard.text.split('\n')).toEqual(['Принято: *2343 день 730340, ночь 101440, за ноябрь.', NOW_BOUND])
    expect(user.type('730341 101441').outcome).toBe('accepted')
  })

  test('by account and serial without a value', () => {
    const user = chats()('U1')
    const heard = user.type(`${ACCOUNT} ${METER}`)
    expect(heard).toMatchObject({ outcome: 'asked;code=VALUES_NEEDED' })
    expect(heard.text.split('\n')).toEqual([NOW_BOUND, 'Счётчик *2343, день: напишите показание.'])
  })

  test.each([
    ['in one message', [`${ACCOUNT} ${METER}`]],
    ['in two', [ACCOUNT, METER]],
    ['after a wrong account', ['2883307230', ACCOUNT, METER]],
    ['after a wrong serial', [`${ACCOUNT} 999999999999999`, `${ACCOUNT} ${METER}`]],
  ])('by «Привязать счёт», with account and serial %s', (_how, texts) => {
    const user = chats()('U1')
    user.send({ kind: 'press', press: '~bind' })
    const heard = texts.map((text) => user.type(text))
    expect(heard.map(({ outcome }) => outcome)).toEqual(texts.map(() => 'none;code=HELP'))
    expect(heard.at(-1)).toMatchObject({ text: NOW_BOUND, labels: MENU_ONLY })
    expect(heard.flatMap(({ decision }) => decision.events)).toEqual([])
  })

  test("by a bill's QR with account and serial, and the value comes next", () => {
    const user = chats()('U1')
    const heard = user.send({ kind: 'identity', account: ACCOUNT, meter: METER })
    expect(heard.outcome).toBe('none;code=HELP')
    expect(heard.text.split('\n')).toEqual([NOW_BOUND, 'Счётчик *2343, день: напишите показание.'])
    expect(user.type('730340 101440')).toMatchObject({ outcome: 'accepted', accepted: [{ meter: METER }] })
  })

  test('by a deep link with account and serial, in the welcome', () => {
    const user = chats()('U1')
    const heard = user.send({ kind: 'opened', account: ACCOUNT, meter: METER, inAnswer: true })
    expect(heard.text.split('\n').slice(1)).toEqual([NOW_BOUND, 'Счётчик *2343, день: напишите показание.'])
    expect(user.type('730340 101440').outcome).toBe('accepted')
  })

  test('not by the account alone, nor by account and last digits', () => {
    const user = chats()('U1')
    expect(user.send({ kind: 'identity', account: ACCOUNT, meter: null }).text).not.toContain('привязан')
    expect(user.type('730340 101440').outcome).toBe('accepted;flags="NO_SERIAL"')
    expect(user.type(`${ACCOUNT} 2343 730341 101441`).outcome).toBe('accepted;flags="NO_SERIAL"')
    expect(user.tap('Мои').text).toContain('пока не привязан')
    expect(user.tap('Что я').text).toContain('пока не привязан')
  })

  test('not by the serial of another account', () => {
    const user = chats()('U1')
    user.send({ kind: 'identity', account: ACCOUNT, meter: '984840569533086' })
    user.type(`${ACCOUNT} 984840569533086 730340 101440`)
    expect(user.tap('Мои').text).toContain('пока не привязан')
  })

  test('to accounts of two branches with one number, each with its own meters', () => {
    const own = fixtureAccounts().get(ACCOUNT) as Account
    const twin = {
      ...own,
      branch: 'khabarovsk',
      meters: own.meters.map((meter) => ({ ...meter, meter: '5551112223334' })),
    }
    const user = chats(memoryRegistry([own, twin]))('U1')
    for (const serial of [METER, '5551112223334']) user.type(`${ACCOUNT} ${serial}`)
    expect(user.tap('Мои').text.match(/• .*\*\d{4}/g)).toEqual(['• Свет *2343', '• Свет *3334'])
  })

  test('to so many accounts and no more', () => {
    const user = chats()('U1')
    const accounts = [...fixtureAccounts().values()].filter(({ branch }) => branch === 'amur').slice(0, 20)
    for (const { account, meters } of accounts)
      user.send({ kind: 'identity', account, meter: meters.find(({ status }) => status === 'ACTIVE')?.meter ?? null })
    const { labels } = user.tap('Мои')
    expect(labels.filter((label) => label.startsWith('Отвязать'))).toHaveLength(chatLimits.bindingsMax)
  })
})

test("a bill's QR answers the question whose account is missing", () => {
  const user = chats()('U1')
  const asked = user.type('730340 101440')
  expect(asked.outcome).toBe('asked;code=ACCOUNT_NEEDED')
  const heard = user.send({ kind: 'identity', account: ACCOUNT, meter: METER })
  expect(heard).toMatchObject({
    outcome: 'accepted',
    accepted: [{ account: ACCOUNT, registers: { T1: '730340', T2: '101440' } }],
  })
  expect(heard.decision.settles).toEqual([asked.decision.answer.submissionId])
})

test.each([
  ['unknown account', { account: '2883307230', meter: null }, 'Лицевой счёт не найден'],
  ['account that has no such meter', { account: ACCOUNT, meter: '123450009' }, 'Такого счётчика на счёте нет'],
  ['account with several meters', { account: '2800711268', meter: null }, 'На счёте несколько счётчиков'],
])('an identity with an %s says what to do', (_what, identity, text) => {
  const heard = chats()('U1').send({ kind: 'identity', ...identity })
  expect(heard.outcome).toBe('none;code=HELP')
  expect(heard.text).toContain(text)
  expect(heard.labels.join()).not.toContain('*')
})

test('an old number on a bill leads to the account, and the event says so', () => {
  const user = chats()('U1')
  expect(user.send({ kind: 'identity', account: 'ТМ266609', meter: METER }).text).toContain('Счётчик *2343, день')
  const heard = user.type('730340 101440')
  expect(heard.outcome).toBe('accepted;flags="OLD_ACCOUNT"')
  expect(JSON.parse(heard.decision.events[0]?.data ?? '{}')).toMatchObject({
    account: ACCOUNT,
    submittedAccount: 'ТМ266609',
  })
})

test('an unknown phone binds nothing', () => {
  const heard = chats()('U1').send({ kind: 'contact', phone: '+79990000000' })
  expect(heard.text).toContain('Этого номера телефона нет')
})

describe('a bound account', () => {
  test('is listed by its last digits, and let go by its button', () => {
    const user = chats()('U1')
    user.send({ kind: 'contact', phone: PHONE })
    expect(user.tap('Мои').text.split('\n')).toEqual(['К этому чату привязаны:', 'Счёт *7231', '• Свет *2343'])
    const press = user.behind('Отвязать: счёт *7231')
    expect(user.press(press).text).toBe('Счёт *7231 отвязан от этого чата.')
    expect(user.type('730340 101440').outcome).toBe('asked;code=ACCOUNT_NEEDED')
    expect(JSON.stringify(user.stored())).not.toContain(ACCOUNT)
    expect(user.press(press).text).toContain('Эта кнопка от прошлого вопроса')
  })

  test('takes its open questions with it', () => {
    const user = chats()('U1')
    user.send({ kind: 'contact', phone: PHONE })
    user.tap('Мои')
    const press = user.behind('Отвязать')
    user.tap('Передать')
    expect(user.press(press)).toMatchObject({ text: 'Счёт *7231 отвязан от этого чата.', labels: MENU_ONLY })
    expect(user.type('730340 101440').outcome).toBe('asked;code=ACCOUNT_NEEDED')
  })

  test('takes with it that its serial was asked for', () => {
    const user = chats()('U1')
    user.send({ kind: 'contact', phone: PHONE })
    user.tap('Мои')
    const press = user.behind('Отвязать')
    user.press('~bind')
    expect(user.type(ACCOUNT).text).toContain('напишите номер счётчика полностью')
    user.press(press)
    expect(JSON.stringify(user.stored())).not.toContain(ACCOUNT)
  })

  test('is not let go by the button of another one that was bound before', () => {
    const user = chats()('U1')
    user.send({ kind: 'contact', phone: PHONE })
    user.tap('Мои')
    const press = user.behind('Отвязать')
    user.press(press)
    user.send({ kind: 'contact', phone: '+79097140165' })
    expect(user.press(press).text).toContain('Эта кнопка от прошлого вопроса')
    expect(user.tap('Мои').text).toContain('*1268')
  })

  test('stays bound for three years after the last message, and the store may not forget it', () => {
    const user = chats()('U1')
    user.send({ kind: 'contact', phone: PHONE })
    expect(user.stored()).toMatchObject({ isIdle: false, expiresAt: '2029-11-21T03:00:00.000Z', accounts: [ACCOUNT] })
    expect(user.type('730340 101440', '2028-11-22T03:00:00Z').accepted).toHaveLength(1)
    expect(user.stored()?.expiresAt).toBe('2031-11-22T03:00:00.000Z')
  })

  test('a chat that is bound to nothing may be forgotten', () => {
    const user = chats()('U1')
    user.type('привет')
    expect(user.stored()).toMatchObject({ isIdle: true, accounts: [] })
  })
})

describe('while the registry is away', () => {
  const whole = memoryRegistry()
  const away = { down: false }
  const reader: RegistryReader = { ...whole, state: () => (away.down ? 'down' : 'ready') }

  test('bindings stay, menus say so, and readings are kept', () => {
    const user = chats(reader)('U1')
    user.send({ kind: 'contact', phone: PHONE })
    away.down = true
    for (const label of ['Передать', 'Что я', 'Мои'])
      expect(user.tap(label).text).toContain('Сейчас не можем проверить')
    expect(user.type('730340 101440').outcome).toBe('held;code=REGISTRY_UNAVAILABLE')
    expect(user.send({ kind: 'contact', phone: PHONE }).text).toContain('Сейчас не можем проверить')
    away.down = false
    expect(user.type('730340 101440', NOON).outcome).toBe('accepted')
  })
})
