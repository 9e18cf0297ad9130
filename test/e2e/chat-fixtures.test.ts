import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixtureAccounts } from '../core/fixture-registry.ts'
import { eventually } from '../eventually.ts'
import { type MessageTurn, messageCases } from '../message-cases.ts'
import { type ChatGateway, openChatGateway } from './chat-house.ts'
import { type FixtureRegistry, fixtureRegistry } from './fixture-house.ts'

const phones = new Set([...fixtureAccounts().values()].map(({ phone }) => phone))
const NOON = '2026-11-22T03:00:00Z'
const USER = 'user'

let registry: FixtureRegistry
beforeAll(async () => {
  registry = await fixtureRegistry()
})
afterAll(() => registry.remove())

/** By the button that asks for the contact, as a user does: a known phone is a bound chat. */
async function bind(house: ChatGateway, phone: string): Promise<void> {
  for (const deed of [{ kind: 'press', press: '~bind' } as const, { kind: 'contact', phone } as const]) {
    const before = house.texts('viber', USER).length
    await house.play('viber', USER, deed)
    await eventually(() => house.texts('viber', USER).length === before + 1)
  }
  expect(house.texts('viber', USER).at(-1)).toMatch(/привязан/)
}

describe('every message of the fixtures, typed to Viber,', () => {
  test.each(messageCases)('$id gives its outcomes, replies and events', async ({ from, turns }) => {
    const house = await openChatGateway(registry, turns[0]?.at ?? NOON)
    try {
      if (phones.has(from)) await bind(house, from)
      for (const [index, turn] of turns.entries()) {
        const isSilent = turns.slice(0, index).some(({ text }) => text === 'стоп')
        await expectTurn(house, turn, isSilent)
      }
      await expectAllSent(house)
    } finally {
      await house.end()
    }
  })
})

async function expectTurn(
  house: ChatGateway,
  { at, text, outcome, outcome_any, accepted }: MessageTurn,
  isSilent: boolean,
) {
  if (at !== undefined) house.clock.jumpTo(at)
  const before = { events: (await house.accepted()).length, texts: house.texts('viber', USER).length }
  const done = await house.play('viber', USER, { kind: 'text', text })
  expect(done.status).toBe(200)
  expect(outcome_any ?? [outcome], text).toContain(done.outcome)
  expect((await house.accepted()).slice(before.events).map(acceptedOf)).toEqual(accepted)
  if (!isSilent) await eventually(() => house.texts('viber', USER).length === before.texts + 1)
}

async function expectAllSent({ store }: ChatGateway): Promise<void> {
  await eventually(async () => (await store.receiptState('viber')).waiting === 0)
}

function acceptedOf({ account, meter, period, registers }: Readonly<Record<string, unknown>>): object {
  const values = (registers as { register: string; value: string }[]).map((one) => [one.register, one.value])
  return { account, meter, period, registers: Object.fromEntries(values) }
}
