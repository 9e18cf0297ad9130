import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { viberMessenger } from '../../channels/viber/messenger.ts'
import type { Fault } from '../../src/cli/demo/fakes/provider-server.ts'
import { type FakeViber, openFakeViber } from '../../src/cli/demo/fakes/viber-server.ts'
import { until } from '../outbox/fakes.ts'
import { started } from '../outbox/receipt-parts.ts'
import { viberToken } from './chat-house.ts'

let fake: FakeViber
beforeAll(async () => {
  fake = await openFakeViber(viberToken)
})
afterEach(() => {
  fake.shown.length = 0
})
afterAll(() => fake.close())

const bot = () => ({ apiUrl: fake.url, authToken: viberToken, senderName: 'Показания' })

/** Three replies to each of eight users, sent to the fake Viber, which fails until that much time of the clock is over. */
async function sentThrough(fails: (isOver: boolean) => void, hours: number) {
  const house = started({ messenger: viberMessenger(bot(), { fetch }) })
  const { time, start, write, done } = house
  const users = Array.from({ length: 8 }, (_, number) => `user ${number}`)
  for (const number of [1, 2, 3]) for (const user of users) write(user, `${number}`)
  const back = time.ms + hours * 3_600_000
  fails(false)
  start()
  await until(() => time.ms >= back)
  fails(true)
  await done()
  return users.map((user) => fake.shown.filter(({ to }) => to === user).map(({ text }) => text))
}

const inOrder = Array.from({ length: 8 }, () => ['1', '2', '3'])

test('an hour in which every line is cut is waited out, and every user gets every reply once, in order', async () => {
  const shown = await sentThrough((isOver) => {
    fake.down = !isOver
  }, 1)
  expect(shown).toEqual(inOrder)
})

test.each<[string, Fault]>([
  ['429', { http: 429 }],
  ['503', { http: 503 }],
  ['status 12', { say: { status: 12, status_message: 'tooManyRequests' } }],
  ['status 2, until the token is mended', { say: { status: 2, status_message: 'invalidAuthToken' } }],
])('an hour of %s, too', async (_what, fault) => {
  const shown = await sentThrough((isOver) => {
    fake.faults.length = 0
    if (!isOver) fake.faults.push(...Array.from({ length: 10_000 }, () => fault))
  }, 1)
  expect(shown).toEqual(inOrder)
})

test('a user who has left gets nothing, and nobody waits for him', async () => {
  fake.subscribers.blocked.add('user 3')
  const shown = await sentThrough(() => {}, 0)
  expect(shown).toEqual(inOrder.map((texts, number) => (number === 3 ? [] : texts)))
})
