import { expect, test } from 'vitest'
import { type ChatUser, chats } from './talk.ts'

/** With one meter of two registers. */
function bound(): ChatUser {
  const user = chats()('U1')
  user.send({ kind: 'contact', phone: '+79632857306' })
  return user
}

test.each([
  ['english', 'We write in English now.'],
  ['Русский', 'Теперь пишем по-русски.'],
])('the language is chosen by its name, typed: %s', (name, said) => {
  const user = bound()
  const { text, labels } = user.type(name)
  expect([text, labels.at(-1)]).toEqual([said, name === 'english' ? 'Русский' : 'English'])
})

test.each(['мои счетчики', 'МОИ СЧЁТЧИКИ', ' Мои счётчики '])('a label of the menu may be typed: «%s»', (label) =>
  expect(bound().type(label).text).toContain('К этому чату привязаны:'),
)

test('who has no account bound is told what to write, and not to press the same button', () => {
  const user = chats()('U1')
  user.send({ kind: 'opened', account: null, meter: null })
  const { text, labels } = user.tap('Передать')
  expect(text).toBe(
    'К этому чату пока не привязан ни один счёт. Напишите лицевой счёт, номер счётчика и показание через пробел.',
  )
  expect(labels.slice(0, 2)).toEqual(['Отправить мой номер телефона', 'Привязать счёт'])
  expect(user.type('2880950488 56311').outcome).toBe('accepted;flags="NO_SERIAL"')
})

test('so is who writes in English', () => {
  const user = chats()('U1', 'en')
  user.send({ kind: 'opened', account: null, meter: null })
  expect(user.tap('Send').text).toBe(
    'No account is linked to this chat yet. Send account, meter number and reading, with spaces between them.',
  )
})
