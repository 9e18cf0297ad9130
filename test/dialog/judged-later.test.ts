import { describe, expect, test } from 'vitest'
import { outcomeHeader } from '../../schemas/outcome.ts'
import type { ChatInput } from '../../src/core/chat.ts'
import type { Delivery } from '../../src/core/delivery.ts'
import { eventId, submissionId } from '../../src/core/event.ts'
import { followUpOf, RegistryAway } from '../../src/core/judged-later.ts'
import type { RegistryReader } from '../../src/core/registry.ts'
import { createDialog } from '../../src/dialog/decide.ts'
import { loadFacts } from '../../src/store/facts.ts'
import { memoryStore } from './memory-store.ts'
import { branches, memoryRegistry, NOON, STRANGER } from './talk.ts'

const ready = memoryRegistry()
const away: RegistryReader = { ...ready, state: () => 'empty' }

/** A house whose registry can go. */
function house() {
  const { lookup, decide } = createDialog({ branches })
  const { records, take } = memoryStore()
  const hear = (delivery: Delivery, registry: RegistryReader, now = delivery.receivedAt) => {
    const decision = decide(delivery, loadFacts([lookup(delivery)], { records, registry, now }))
    take(decision)
    return { ...decision, outcome: outcomeHeader(decision.answer.outcomes) }
  }
  return { hear, outcome: (...heard: Parameters<typeof hear>) => hear(...heard).outcome }
}

let count = 0
const sms = (text: string, receivedAt: string = NOON): Delivery => ({
  channel: 'sms',
  eventChannel: 'SMS',
  deliveryId: `SM${++count}`,
  receivedAt,
  sender: STRANGER,
  phone: STRANGER,
  said: { text },
  language: 'ru',
})
const form = (values: Record<string, string>): Delivery => ({
  ...sms(''),
  channel: 'web-form',
  eventChannel: 'WEB',
  sender: null,
  phone: null,
  said: { form: { account: '2880950488', meter: '250592064305057', values, confirmed: [] } },
})
const held = 'held;code=REGISTRY_UNAVAILABLE'

describe('what was kept without a registry', () => {
  test.each([
    ['an SMS', () => sms('2880950488 56311'), 'accepted;flags="NO_SERIAL"'],
    ['a form', () => form({ T1: '56311' }), 'accepted'],
    ['what would be asked', () => sms('2866648321 20296'), 'held;code=VERY_HIGH'],
    ['a form that would be asked', () => form({ T1: '50000' }), 'held;code=BELOW_PREVIOUS'],
    ['an unknown account', () => sms('2899999999 20296'), 'rejected;code=ACCOUNT_UNKNOWN'],
    ['several meters', () => sms('2842345369 737408044 19584 706205891 40631'), 'accepted'],
  ])('%s is judged as if it came now', (_, make, end) => {
    const { outcome } = house()
    const delivery = make()
    expect(outcome(delivery, away)).toBe(held)
    expect(outcome(followUpOf(delivery), ready)).toMatch(new RegExp(`^${end}`))
  })

  test('has the ids, the period and the instant of its original, however late it is judged', () => {
    const { hear } = house()
    const delivery = sms('2880950488 56311')
    hear(delivery, away)
    const { events, answer, readings } = hear(followUpOf(delivery), ready, '2027-01-30T00:00:00.000Z')
    const { channel, deliveryId } = delivery
    expect(events.map(({ headers }) => headers['ce_id'])).toEqual([eventId(channel, deliveryId, 0)])
    expect(JSON.parse(events[0]?.data ?? '')).toMatchObject({
      period: '2026-11',
      receivedAt: NOON,
      submissionId: submissionId(channel, deliveryId),
    })
    expect(readings).toMatchObject([{ orderAt: NOON, eventId: eventId(channel, deliveryId, 0) }])
    expect(answer.submissionId).not.toBe(submissionId(channel, deliveryId))
  })

  test('is neither answered nor asked about, and leaves the conversation as it is', () => {
    const { hear } = house()
    for (const text of ['2880950488 56311', '2866648321 20296']) {
      const delivery = sms(text)
      hear(delivery, away)
      const { answer, conversation, opens, receipts = [], delivery: kept } = hear(followUpOf(delivery), ready)
      expect({ text: answer.text, conversation, opens, receipts }).toEqual({
        text: '',
        conversation: undefined,
        opens: false,
        receipts: [],
      })
      expect(JSON.stringify(kept.said)).not.toContain(text)
    }
  })

  test('goes on waiting where the registry is away again', () => {
    const { outcome } = house()
    const delivery = sms('2880950488 56311')
    outcome(delivery, away)
    expect(() => outcome(followUpOf(delivery), away)).toThrow(RegistryAway)
  })

  test('a yes is one to the question that was open', () => {
    const { outcome } = house()
    expect(outcome(sms('2866648321 20296'), ready)).toBe('asked;code=VERY_HIGH')
    const yes = sms('да', '2026-11-22T03:05:00Z')
    expect(outcome(yes, away)).toBe(held)
    expect(outcome(followUpOf(yes), ready)).toBe('accepted;flags="CONFIRMED HIGH NO_SERIAL"')
  })

  test('a value completes what was asked for, within the half hour', () => {
    const ends = ['2026-11-22T03:29:00Z', '2026-11-22T03:31:00Z'].map((at) => {
      const { outcome } = house()
      expect(outcome(sms('2880950488'), ready)).toBe('asked;code=VALUES_NEEDED')
      const value = sms('56311', at)
      expect(outcome(value, away)).toBe(held)
      return outcome(followUpOf(value), ready)
    })
    expect(ends).toEqual(['accepted;flags="NO_SERIAL"', 'held;code=ACCOUNT_NEEDED'])
  })

  test('a value is not taken for what was asked after it', () => {
    const { outcome } = house()
    const value = sms('56311')
    expect(outcome(value, away)).toBe(held)
    expect(outcome(sms('2880950488', '2026-11-22T03:02:00Z'), ready)).toBe('asked;code=VALUES_NEEDED')
    expect(outcome(followUpOf(value), ready)).toBe('held;code=ACCOUNT_NEEDED')
  })

  test('in a chat is judged with the accounts that the chat is bound to, and no message leaves', () => {
    const { hear, outcome } = house()
    const chat = (said: ChatInput, receivedAt: string = NOON): Delivery => ({
      ...sms('', receivedAt),
      channel: 'viber',
      eventChannel: 'VIBER',
      phone: null,
      said: { chat: said },
    })
    hear(chat({ kind: 'opened', account: '2880950488', meter: '250592064305057' }), ready)
    const value = chat({ kind: 'text', text: '56311' }, '2026-11-22T05:00:00Z')
    expect(outcome(value, away)).toBe(held)
    hear(chat({ kind: 'text', text: 'привет' }, '2026-11-22T05:10:00Z'), ready)
    const { outcome: end, receipts = [], answer } = hear(followUpOf(value), ready)
    expect({ end, receipts, messages: answer.messages }).toEqual({ end: 'accepted', receipts: [], messages: undefined })
  })
})
