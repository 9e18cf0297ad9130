import { describe, expect, test } from 'vitest'
import { chats } from './talk.ts'

/** Far more than usual there. */
const DOUBTED = '2866648321 20296'

describe('a question about a doubtful value', () => {
  test('is answered with yes by its button', () => {
    const user = chats()('U1')
    const asked = user.type(DOUBTED)
    expect(asked.outcome).toBe('asked;code=VERY_HIGH')
    expect(asked.labels.slice(0, 4)).toEqual(['Да, верно', 'Нет', 'Исправить', 'Отмена'])
    const yes = user.tap('Да, верно')
    expect(yes.outcome).toBe('accepted;flags="CONFIRMED HIGH NO_SERIAL"')
    expect(yes.decision.settles).toEqual([asked.decision.answer.submissionId])
  })

  test('is dropped by «Нет», and the next number is of the same meter', () => {
    const user = chats()('U1')
    user.type(DOUBTED)
    expect(user.tap('Нет').outcome).toBe('none;code=CANCELLED')
    expect(user.type('20296').outcome).toBe('asked;code=VERY_HIGH')
  })

  test('is corrected by «Исправить»', () => {
    const user = chats()('U1')
    const asked = user.type(DOUBTED)
    const fix = user.tap('Исправить')
    expect(fix).toMatchObject({ outcome: 'none;code=CANCELLED' })
    expect(fix.text).toBe('Исправим.\nСчётчик *1392: напишите показание.')
    expect(fix.decision.settles).toEqual([asked.decision.answer.submissionId])
    expect(user.type('20296').outcome).toBe('asked;code=VERY_HIGH')
  })

  test('is not answered by the button of an older question, which says so and repeats the open one', () => {
    const user = chats()('U1')
    user.type(DOUBTED)
    const old = user.behind('Да, верно')
    const second = user.type('20297')
    expect(second.outcome).toBe('asked;code=VERY_HIGH')
    const stale = user.press(old)
    expect(stale).toMatchObject({ outcome: 'none;code=HELP', accepted: [] })
    expect(stale.text).toBe(`Эта кнопка от прошлого вопроса: он уже закрыт.\n${second.text}`)
    expect(user.tap('Да, верно').accepted).toMatchObject([{ registers: { T1: '20297' } }])
  })

  test.each(['Да, верно', 'Нет', 'Исправить'])('«%s» pressed twice answers once', (label) => {
    const user = chats()('U1')
    user.type(DOUBTED)
    const press = user.behind(label)
    user.press(press)
    const again = user.press(press)
    expect(again.outcome).toBe('none;code=HELP')
    expect(again.text).toContain('Эта кнопка от прошлого вопроса')
    expect(again.decision.events).toEqual([])
  })

  test('is not forgotten for an older message that comes late', () => {
    const user = chats()('U1')
    user.type('2896081693', '2026-11-22T03:00:00Z')
    user.type('спасибо', '2026-11-22T01:00:00Z')
    expect(user.stored()?.expiresAt).toBe('2026-11-23T03:00:00.000Z')
    expect(user.type('251123', '2026-11-22T03:01:00Z').accepted).toMatchObject([{ account: '2896081693' }])
  })

  test('after a day its button is stale', () => {
    const user = chats()('U1')
    user.type(DOUBTED)
    expect(user.tap('Да, верно', '2026-11-23T03:00:01Z').outcome).toBe('none;code=HELP')
  })

  test('the turn that brought the values decides the period, not the button', () => {
    const user = chats()('U1')
    user.type(DOUBTED, '2026-11-25T14:59:59Z')
    expect(user.tap('Да, верно', '2026-11-25T15:00:01Z').accepted).toMatchObject([{ period: '2026-11' }])
  })

  test('so it does where a button only chooses the meter', () => {
    const user = chats()('U1')
    user.send({ kind: 'contact', phone: '+79097140165' })
    user.type('6900', '2026-11-25T14:59:59Z')
    expect(user.tap('Свет *3086', '2026-11-25T15:00:01Z').accepted).toMatchObject([{ period: '2026-11' }])
  })

  test('each of two questions has its own buttons, and the other stays open', () => {
    const user = chats()('U1')
    const both = user.type('2866648321 20296\n2800711268 984840569533086 9999')
    expect(both.outcome).toBe('asked;code=VERY_HIGH, asked;code=VERY_HIGH')
    const second = user.tap('Да, верно *3086')
    expect(second).toMatchObject({
      outcome: 'accepted;flags="CONFIRMED HIGH"',
      accepted: [{ registers: { T1: '9999' } }],
    })
    expect(second.text).toContain('20296 – намного больше обычного')
    expect(second.decision.settles).toEqual([])
    const first = user.tap('Да, верно')
    expect(first).toMatchObject({ accepted: [{ registers: { T1: '20296' } }] })
    expect(first.decision.settles).toEqual([both.decision.answer.submissionId])
  })

  test.each([
    ['Нет *3086', 'Отменено. Пришлите верное показание.'],
    ['Исправить *3086', 'Исправим.'],
  ])('«%s» asks for that meter, and the buttons left say which they are of', (label, said) => {
    const user = chats()('U1')
    user.send({ kind: 'contact', phone: '+79097140165' })
    user.type('984840569533086 9900 102923042545 511000')
    const dropped = user.tap(label)
    expect(dropped).toMatchObject({
      outcome: 'none;code=CANCELLED',
      text: `${said}\nСчётчик *3086: напишите показание.`,
    })
    expect(dropped.labels.slice(0, 3)).toEqual(['Да, верно *2545', 'Нет *2545', 'Исправить *2545'])
    const taken = user.type('6900')
    expect(taken.accepted).toMatchObject([{ meter: '984840569533086', registers: { T1: '6900' } }])
    expect(taken.labels.slice(0, 4)).toEqual(['Да, верно *2545', 'Нет *2545', 'Исправить *2545', 'Исправить *3086'])
    expect(user.tap('Да').accepted).toMatchObject([{ meter: '102923042545', registers: { T1: '511000' } }])
  })
})

test('beside an open question of the same meter a refused value has no «Исправить» of its own', () => {
  const user = chats()('U1')
  user.type('2866648321 495431392 20296')
  const refused = user.type('2866648321 495431392 -18700', '2026-11-22T03:40:00Z')
  expect(refused.outcome).toBe('rejected;code=BAD_VALUE')
  expect(refused.labels.filter((label) => label.startsWith('Исправить'))).toEqual(['Исправить'])
  expect(user.tap('Исправить', '2026-11-22T03:41:00Z').decision.settles).toHaveLength(1)
})

test('a bill that leads to several accounts asks once which it is', () => {
  const user = chats()('U1')
  user.type('56311')
  const asked = user.send({ kind: 'identity', account: 'КР468713', meter: null })
  expect(asked.text).toBe('Напишите номер лицевого счёта: он есть в квитанции.')
})

describe.each(['Нет', 'Исправить'])('«%s» to one of two questions', (label) => {
  /** The value of a stranger's account is doubted; half an hour later comes one whose account or meter is missing. */
  const twoQuestions = (second: string) => {
    const user = chats()('U1')
    user.type(DOUBTED)
    user.type(second, '2026-11-22T03:40:00Z')
    return { user, dropped: user.tap(label, '2026-11-22T03:41:00Z') }
  }

  test.each([
    ['56311', 'Напишите номер лицевого счёта', '2880950488'],
    ['2863396002 54556', 'На счёте несколько счётчиков', '381652893858840'],
  ])('leaves the other one, about «%s», open behind it', (second, question, answer) => {
    const { user, dropped } = twoQuestions(second)
    expect(dropped.text).toContain('Счётчик *1392: напишите показание.')
    const next = user.type('18700', '2026-11-22T03:42:00Z')
    expect(next.accepted).toMatchObject([{ meter: '495431392', registers: { T1: '18700' } }])
    expect(next.text).toContain(question)
    const [value] = second.split(' ').slice(-1)
    const last = user.type(answer, '2026-11-22T03:43:00Z')
    expect(last.decision.answer.items).toMatchObject([{ values: [{ value }] }])
    expect(last.outcome).not.toMatch(/NEEDED|none/)
  })

  test('hears the account of the other one too', () => {
    const { user } = twoQuestions('56311')
    const answer = user.type('2880950488', '2026-11-22T03:42:00Z')
    expect(answer.accepted).toMatchObject([{ account: '2880950488', registers: { T1: '56311' } }])
    expect(answer.text).toContain('Счётчик *1392: напишите показание.')
  })
})
