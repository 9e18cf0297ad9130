import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MessengerName } from '../../src/cli/demo/played-messenger.ts'
import { eventually } from '../eventually.ts'
import { type ChatGateway, openChatGateway } from './chat-house.ts'
import { type FixtureRegistry, fixtureRegistry } from './fixture-house.ts'

const HOUR_S = 3_600
const STEP_S = 20

let registry: FixtureRegistry
let house: ChatGateway
beforeAll(async () => {
  registry = await fixtureRegistry()
  house = await openChatGateway(registry, '2026-11-22T03:00:00Z')
})
afterAll(async () => {
  await house.end()
  registry.remove()
})

/** Everybody writes at three times within the hour; each answer can be told from the others. */
const said = ['2880950488 56311', 'помощь', '2880950488 56312']

test.each<[MessengerName]>([['viber'], ['telegram']])(
  'an hour without the API of %s: readings are accepted meanwhile, and every reply follows once, in order',
  async (messenger) => {
    const { fake } = house[messenger]
    const users = Array.from({ length: 6 }, (_, at) => String(8_000 + at))
    const accepted = (await house.accepted()).length
    fake.down = true
    for (let second = 0; second < HOUR_S; second += STEP_S) {
      const text = second % (HOUR_S / 3) === 0 ? said[second / (HOUR_S / 3)] : undefined
      if (text !== undefined) await everyBodySays(messenger, users, text)
      house.clock.jump(STEP_S * 1_000)
      await sleep(5)
    }
    const calls = fake.calls.length
    expect((await house.accepted()).length).toBeGreaterThan(accepted)
    expect([users.flatMap((user) => house.texts(messenger, user)), calls < 400]).toEqual([[], true])
    expect((await house.store.receiptState(messenger)).waiting).toBe(users.length * said.length)
    const { body } = await house.app.inject('/metrics')
    expect(body).toContain(`gateway_receipts_waiting{channel="${messenger}"} ${users.length * said.length}\n`)
    expect(body).toMatch(new RegExp(`gateway_receipt_attempts_total{channel="${messenger}",said="later"} [1-9]`))
    await sleep(100)
    fake.down = false
    await eventually(async () => {
      house.clock.jump(1_000)
      await sleep(20)
      return (await house.store.receiptState(messenger)).waiting === 0
    })
    for (const user of users) {
      const texts = house.texts(messenger, user)
      expect(texts.map((one) => said.findIndex((_, at) => MARKS[at]?.test(one)))).toEqual([0, 1, 2])
    }
  },
)

const MARKS = [/56311/, /^Как передать/, /56312/]

async function everyBodySays(messenger: MessengerName, users: readonly string[], text: string): Promise<void> {
  for (const user of users) {
    const { status, outcome } = await house.play(messenger, user, { kind: 'text', text })
    expect([status, outcome]).toEqual([200, expect.stringMatching(/^(accepted|duplicate|none)/)])
  }
}
