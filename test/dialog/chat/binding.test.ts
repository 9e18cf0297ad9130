import { describe, expect, test } from 'vitest'
import { branches, memoryRegistry } from '../talk.ts'
import { chats } from './talk.ts'

const ACCOUNT = '2883307231'
const METER = '1933694442343'
const PHONE = '+79632857306'
const NOW_BOUND = 'Счёт *7231 привязан к этому чату: писать его больше не нужно.'

describe('while an account is to be bound', () => {
  test('a bill without a serial gives the account, and the serial binds it', () => {
    const user = chats()('U1')
    user.press('~bind')
    expect(user.send({ kind: 'identity', account: ACCOUNT, meter: null }).text).toContain('напишите номер счётчика')
    expect(user.type(METER).text).toBe(NOW_BOUND)
    expect(user.type('730340 101440').outcome).toBe('accepted')
  })

  test('the bill of an account that is bound asks for its values', () => {
    const user = chats()('U1')
    user.send({ kind: 'contact', phone: PHONE })
    user.press('~bind')
    expect(user.send({ kind: 'identity', account: ACCOUNT, meter: null }).text).toContain('день: напишите показание')
    expect(user.type('730340 101440').outcome).toBe('accepted')
  })

  test.each(['Нет', 'Исправить'])('«%s» to a question takes its next value', (label) => {
    const user = chats()('U1')
    user.type('2866648321 20296')
    user.press('~bind')
    user.tap(label)
    expect(user.type('20297').outcome).toBe('asked;code=VERY_HIGH')
  })

  test('no values are asked for, and what was begun is gone on with afterwards', () => {
    const user = chats()('U1')
    user.send({ kind: 'identity', account: '2866648321', meter: null })
    expect(user.type('Привязать счёт').text).not.toContain('показание')
    user.tap('Отмена')
    user.type('2883307231 730340')
    expect(user.type('Привязать счёт').text).not.toContain('показание')
    const bound = user.type(`${ACCOUNT} ${METER}`)
    expect(bound.text).toBe(`${NOW_BOUND}\nСчётчик *2343: день 730340 – записано. Теперь ночь: напишите показание.`)
    expect(user.type('101440').outcome).toBe('accepted;flags="NO_SERIAL"')
  })

  test('a reading with its account is taken as one (rule 6), and a serial with a slip of the pen is asked for again', () => {
    const user = chats()('U1')
    user.press('~bind')
    expect(user.type('2880950488 250592064305058').text).toContain('напишите номер счётчика')
    expect(user.type('2880950488 56311').outcome).toBe('accepted;flags="NO_SERIAL"')
    expect(user.type('2880950488 56312').accepted[0]?.registers).toEqual({ T1: '56312' })
    user.press('~bind')
    expect(user.type('2883307231 730340').outcome).toBe('asked;code=FEW_VALUES')
    expect(user.type('101440').accepted[0]?.registers).toEqual({ T1: '730340', T2: '101440' })
    const other = chats()('U2')
    other.press('~bind')
    expect(other.type('2866648321').text).toContain('напишите номер счётчика')
    expect(other.type('20296').text).toContain('напишите номер счётчика')
    expect(other.type('2866648321 20296').outcome).toBe('asked;code=VERY_HIGH')
  })

  test.each([
    ['values with labels', ['день 730340 ночь 101440', ACCOUNT], 'accepted;flags="NO_SERIAL"'],
    ['values called so, then account and serial', ['показания 730340 101440', `${ACCOUNT} ${METER}`], 'accepted'],
    ['labels with the account known', [ACCOUNT, 'день 730340 ночь 101440'], 'accepted;flags="NO_SERIAL"'],
    ['serial and values with the account known', [ACCOUNT, `${METER} 730340 101440`], 'accepted'],
    ['its service with the account known', ['2880950488', 'свет 56311'], 'accepted;flags="NO_SERIAL"'],
    ['an old number of several accounts', ['КР468713 56311', '2880950488'], 'accepted;flags="NO_SERIAL"'],
    ['a letter in it', ['2880950488', 'показание 5631О'], 'asked;code=BAD_VALUE'],
    ['a letter in it, with its account', ['2880950488 5631О'], 'asked;code=BAD_VALUE'],
  ])('what is plainly a reading is one (rule 9): %s', (_what, texts, outcome) => {
    const user = chats()('U1')
    user.press('~bind')
    expect(texts.map((text) => user.type(text).outcome).at(-1)).toBe(outcome)
  })

  test.each(['счётчик света 250592064305058', 'свет 250592064305058'])(
    'a serial with a slip of the pen is none: «%s»',
    (text) => {
      const user = chats()('U1')
      user.press('~bind')
      user.type('2880950488')
      expect(user.type(text).text).toContain('напишите номер счётчика')
      expect(user.type('250592064305057').text).toContain('привязан')
    },
  )

  test('an old account is refused as such where the branch refuses those', () => {
    const refusing = branches.map((branch) => ({ ...branch, oldAccounts: 'refuse' as const }))
    const user = chats(memoryRegistry(), refusing)('U1')
    user.press('~bind')
    expect(user.type(`ТМ266609 ${METER}`).text).toContain('Этот номер счёта устарел')
    expect(user.type(`${ACCOUNT} ${METER}`).text).toBe(NOW_BOUND)
  })
})
