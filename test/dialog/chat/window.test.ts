import { describe, expect, test } from 'vitest'
import { chats } from './talk.ts'

/** Sakhalin takes readings from the 15th to the 25th, and refuses them outside. */
const INSIDE = '2026-11-25T12:50:00Z'
const LATE = '2026-11-25T13:10:00Z'
const CLOSED = 'Сейчас показания не принимаем. Пришлите с 15 по 25 декабря.'
/** One meter of one register, 65389. */
const ONE = '+79639087132'
/** Two meters. */
const TWO = '+79634855384'

function bound(phone: string, at: string) {
  const user = chats()('U1')
  user.send({ kind: 'contact', phone }, at)
  return user
}

describe('outside the window of a branch that refuses, a chat says so before it asks for a value', () => {
  test.each([ONE, TWO])('to «Передать показание» (%s)', (phone) => {
    const user = bound(phone, LATE)
    const told = user.tap('Передать показание', LATE)
    expect(told).toMatchObject({ outcome: 'none;code=HELP', text: CLOSED })
    expect(JSON.parse(user.stored()?.state ?? '{}').open ?? []).toEqual([])
  })

  test('to a meter chosen from a list of before', () => {
    const user = bound(TWO, INSIDE)
    user.tap('Передать показание', INSIDE)
    expect(user.tap('Свет *0829', LATE).text).toBe(CLOSED)
  })

  test('to a value, before it asks which meter it is of', () => {
    expect(bound(TWO, LATE).type('65700', LATE).outcome).toBe('rejected;code=OUT_OF_WINDOW')
  })

  test('to the code of a bill, after the account was bound', () => {
    const user = chats()('U1')
    const told = user.send({ kind: 'identity', account: '928110396', meter: '142727170' }, LATE)
    expect(told.text.split('\n').at(-1)).toBe(CLOSED)
    expect(told.text).toContain('привязан')
  })

  test('to «Исправить» under what was taken', () => {
    const user = bound(ONE, INSIDE)
    expect(user.type('65700', INSIDE).outcome).toBe('accepted')
    expect(user.tap('Исправить', LATE).text).toBe(CLOSED)
  })

  test('to «Исправить» under a question about a value that came in time, which a yes still answers', () => {
    const user = bound(ONE, INSIDE)
    const asked = user.type('67000', INSIDE)
    expect(asked.outcome).toBe('asked;code=VERY_HIGH')
    const told = user.tap('Исправить', LATE)
    expect(told).toMatchObject({ outcome: 'none;code=HELP', text: expect.stringContaining(CLOSED) })
    expect(user.tap('Да', LATE)).toMatchObject({ outcome: expect.stringMatching(/^accepted/) })
  })
})

test('within the window the value is asked for', () => {
  expect(bound(ONE, INSIDE).tap('Передать показание', INSIDE).text).toMatch(/напишите показание\.$/)
})
