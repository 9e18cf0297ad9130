import { expect, test } from 'vitest'
import { chats } from './talk.ts'

const ACCOUNT = '2883307231'
const PHONE = '+79632857306'
const NOW_BOUND = 'Счёт *7231 привязан к этому чату: писать его больше не нужно.'

test('an own contact with one meter says whose a value is that waited for its account (rule 6)', () => {
  const user = chats()('U1')
  const asked = user.type('730340 101440')
  const heard = user.send({ kind: 'contact', phone: PHONE })
  expect(heard).toMatchObject({
    outcome: 'accepted',
    text: `Принято: *2343 день 730340, ночь 101440, за ноябрь.\n${NOW_BOUND}`,
    accepted: [{ account: ACCOUNT, registers: { T1: '730340', T2: '101440' } }],
  })
  expect(heard.decision.settles).toEqual([asked.decision.answer.submissionId])
})

test('a value that is doubtful is asked about once the contact says whose it is', () => {
  const user = chats()('U1')
  user.type('730340')
  expect(user.send({ kind: 'contact', phone: PHONE }).outcome).toBe('asked;code=FEW_VALUES')
  expect(user.type('101440').accepted).toMatchObject([{ registers: { T1: '730340', T2: '101440' } }])
})

test('a contact with several meters makes it a matter of one button', () => {
  const user = chats()('U1')
  user.type('508600')
  const { text, accepted } = user.send({ kind: 'contact', phone: '+79097140165' })
  expect([text, accepted]).toEqual([expect.stringContaining('По какому счётчику показание?'), []])
  expect(user.tap('Свет *2545').accepted).toMatchObject([{ registers: { T1: '508600' } }])
})

test('a contact decides nothing where another account is bound already', () => {
  const user = chats()('U1')
  user.type('730340 101440')
  user.send({ kind: 'contact', phone: '+79635896059' })
  expect(user.send({ kind: 'contact', phone: PHONE }).accepted).toEqual([])
})
