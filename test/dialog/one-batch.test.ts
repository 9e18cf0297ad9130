import { expect, test } from 'vitest'
import { outcomeHeader } from '../../schemas/outcome.ts'
import { createDialog } from '../../src/dialog/decide.ts'
import { loadFacts } from '../../src/store/facts.ts'
import { memoryStore } from './memory-store.ts'
import { branches, fixtureRegistry, NOON, STRANGER, talk } from './talk.ts'

/** The outcomes of a sender's texts that reach the store in one batch, each judged by what the ones before it left. */
function inOneBatch(from: string, texts: readonly string[]): readonly string[] {
  const { lookup, decide } = createDialog({ branches })
  const deliveries = texts.map((text, nth) => ({
    channel: 'sms' as const,
    eventChannel: 'SMS' as const,
    deliveryId: `SM${nth}`,
    receivedAt: new Date(NOON).toISOString(),
    sender: from,
    phone: from,
    said: { text },
    language: 'ru' as const,
  }))
  const { records } = memoryStore()
  const facts = loadFacts(deliveries.map(lookup), { records, registry: fixtureRegistry, now: NOON })
  return deliveries.map((delivery) => {
    const decision = decide(delivery, facts)
    facts.apply(decision)
    return outcomeHeader(decision.answer.outcomes)
  })
}

test.each([
  ['the account by its number', STRANGER, ['2880950488', '56311'], 'accepted;flags="NO_SERIAL"'],
  ['the account by its old number', STRANGER, ['АК810403', '50000'], 'accepted;flags="NO_SERIAL OLD_ACCOUNT"'],
  ['the account by its ЕЛС', STRANGER, ['31ДД437062', '74376'], 'accepted;flags="NO_SERIAL"'],
  [
    "an old number from another account's phone",
    '+79097140165',
    ['АК810403', '50000'],
    'accepted;flags="NO_SERIAL OLD_ACCOUNT"',
  ],
  ['an old number of several accounts', STRANGER, ['КР468713 5057', '56335'], 'accepted;flags="NO_SERIAL OLD_ACCOUNT"'],
] as const)('in one batch texts come to what they come to one by one: %s', (_what, from, texts, last) => {
  const say = talk()
  const apart = texts.map((text) => say(from, text).outcome)
  expect(apart.at(-1)).toBe(last)
  expect(inOneBatch(from, texts)).toEqual(apart)
})
