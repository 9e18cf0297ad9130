import { expect, test } from 'vitest'
import type { Account } from '../../../src/core/facts.ts'
import { conversationLimits } from '../../../src/dialog/conversation/state.ts'
import { fixtureAccounts } from '../../core/fixture-registry.ts'
import { messageCases } from '../../message-cases.ts'
import { branches, memoryRegistry, NOON, talk } from '../talk.ts'
import { chats } from './talk.ts'

const registry = memoryRegistry()

/** A known phone is a bound chat; an unknown one is a chat that is bound to nothing. */
test.each(messageCases)('$id ends in a chat as it ends by SMS', ({ from, turns }) => {
  const user = chats(registry)('U1')
  const [first] = turns
  if (registry.byPhone(from).length > 0) user.send({ kind: 'contact', phone: from }, first?.at ?? NOON)
  for (const turn of turns) {
    const heard = user.type(turn.text, turn.at ?? NOON)
    expect(turn.outcome_any ?? [turn.outcome], turn.text).toContain(heard.outcome)
    expect(heard.accepted).toEqual(turn.accepted)
  }
})

test('both kinds of chats are among the cases', () => {
  const known = messageCases.filter(({ from }) => registry.byPhone(from).length > 0).length
  expect(known).toBeGreaterThan(0)
  expect(messageCases.length).toBeGreaterThan(known)
})

const phones = [...new Set([...fixtureAccounts().values()].flatMap(({ phone }) => phone ?? []))]

/** Texts that the owner of some accounts might send, one after the other. */
function textsOf(accounts: readonly Account[]): readonly string[] {
  return accounts.flatMap(({ account, meters }) => {
    const active = meters.filter(({ status }) => status === 'ACTIVE')
    return active.flatMap(({ meter, registers }) => {
      const values = (more: number) => registers.map(({ lastValue }) => Math.floor(Number(lastValue)) + more).join(' ')
      return [
        values(31),
        meter.slice(-4),
        `${meter.slice(-4)} ${values(32)}`,
        `${account} ${values(5000)}`,
        'да',
        `${account} ${meter} ${values(33)}`,
        values(4000),
        'нет',
        values(34),
        'спасибо',
      ]
    })
  })
}

/** A chat hears every reply; by SMS words answer no question that none was left for (rule 15). */
const unlimited = { ...conversationLimits, repliesAnHourMax: Number.POSITIVE_INFINITY }

test('a bound chat is understood as a known phone is, for every phone of the registry', () => {
  expect(phones.length).toBeGreaterThan(100)
  for (const phone of phones) {
    const user = chats(registry)('U1')
    const say = talk(registry, branches, unlimited)
    user.send({ kind: 'contact', phone })
    for (const text of textsOf(registry.byPhone(phone))) {
      const sms = say(phone, text)
      const chat = user.type(text)
      expect({ text, outcome: chat.outcome, accepted: chat.accepted }).toEqual({
        text,
        outcome: sms.outcome,
        accepted: sms.accepted,
      })
    }
  }
})
