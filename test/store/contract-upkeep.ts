import { describe, expect, test } from 'vitest'
import type { Decision, Lookup, Store } from '../../src/core/store.ts'
import { accepted, commitTo, lookupOf, sampleAccount, sampleDelivery, sampleReading } from './fixtures.ts'

const one = sampleAccount(1)
const two = sampleAccount(2)

/** The part of the contract that is about time: questions that nobody answers, and the purge. */
export function upkeepContract(house: { store: () => Store; setClock: (at: string) => void }): void {
  const commit = (...decisions: Decision[]) => commitTo(house.store(), decisions)
  const look = (change: Partial<Lookup> = {}) => house.store().look(lookupOf(sampleDelivery('look'), change))
  const outbox = () => house.store().outboxAfter(0, 1_000)

  describe('an open question', () => {
    const asked = (id: string, change: Partial<Decision> = {}) =>
      accepted(one, sampleDelivery(id), { opens: true, readings: [], events: [], ...change })

    test('becomes held, once, when nobody answered it in time', async () => {
      await commit(asked('SM1'))
      expect(await house.store().holdUnanswered('2026-11-22T03:00:00.000Z')).toBe(0)
      expect(await house.store().holdUnanswered('2026-11-22T03:00:00.001Z')).toBe(1)
      expect(await house.store().holdUnanswered('2026-11-23T03:00:00.000Z')).toBe(0)
    })

    test('that came of a message that was brought late is held so long after it was asked', async () => {
      const broughtAt = '2026-11-22T05:00:00.000Z'
      await commit(accepted(one, sampleDelivery('SM1', { broughtAt }), { opens: true, readings: [], events: [] }))
      expect(await house.store().holdUnanswered(broughtAt)).toBe(0)
      expect(await house.store().holdUnanswered('2026-11-22T05:00:00.001Z')).toBe(1)
    })

    test('is none any more when it was answered', async () => {
      const question = asked('SM1')
      await commit(question)
      await commit(accepted(one, sampleDelivery('SM2'), { settles: [question.answer.submissionId] }))
      expect(await house.store().holdUnanswered('2026-11-23T03:00:00.000Z')).toBe(0)
    })

    test('is held however many there are', async () => {
      await commit(...Array.from({ length: 450 }, (_, n) => asked(`SM${n}`)))
      expect(await house.store().holdUnanswered('2026-11-23T03:00:00.000Z')).toBe(450)
    })
  })

  describe('a purge', () => {
    const raw = '2026-11-22T03:00:00.001Z'
    const never = '2000-01-01T00:00:00.000Z'

    test('removes raw input once, and the answer stays', async () => {
      await commit(...Array.from({ length: 450 }, (_, n) => accepted(one, sampleDelivery(`SM${n}`))))
      expect(await house.store().purge('2026-11-22T03:00:00.000Z', never)).toEqual({ raw: 0, decisions: 0 })
      expect(await house.store().purge(raw, never)).toEqual({ raw: 450, decisions: 0 })
      expect(await house.store().purge(raw, never)).toEqual({ raw: 0, decisions: 0 })
      expect((await look({ deliveryId: 'SM7' })).answered('sms', 'SM7')).toBeDefined()
    })

    test('removes decisions with their readings and questions; later ones stay', async () => {
      await commit(accepted(one, sampleDelivery('SM1'), { opens: true }))
      const later = '2026-11-22T04:00:00.000Z'
      house.setClock(later)
      await commit(accepted(two, sampleDelivery('SM2'), { readings: [sampleReading(two, { orderAt: later })] }))
      expect(await house.store().purge(raw, raw)).toEqual({ raw: 1, decisions: 1 })
      expect(await house.store().holdUnanswered('2026-11-23T03:00:00.000Z')).toBe(0)
      const facts = await look({ deliveryId: 'SM1', accounts: [one.account, two.account] })
      expect(facts.answered('sms', 'SM1')).toBeUndefined()
      expect(facts.standing('amur', one.account)).toEqual([])
      expect(facts.standing('amur', two.account)).toHaveLength(1)
    })

    test('removes decisions whatever was typed in them', async () => {
      const decision = accepted(one, sampleDelivery('SM1'))
      const [item] = decision.answer.items
      const typed = ['-5\u0000', '\ud800 5', '5 \udc00', '\\u0000', '"\\\ud800'].map((value) => ({
        register: 'T1',
        zone: 'TOTAL',
        value,
      }))
      const answer = { ...decision.answer, items: [{ ...item, values: typed }] }
      await commit({ ...decision, answer } as Decision)
      expect((await look({ deliveryId: 'SM1' })).answered('sms', 'SM1')).toEqual(answer)
      expect(await house.store().purge(raw, raw)).toEqual({ raw: 1, decisions: 1 })
      expect((await look({ accounts: [one.account] })).standing('amur', one.account)).toEqual([])
    })

    test('never removes an event that the relay has not passed, and never gives a seq again', async () => {
      await commit(...['SM1', 'SM2', 'SM3'].map((id) => accepted(one, sampleDelivery(id))))
      await house.store().notePosition(2)
      await house.store().purge(raw, raw)
      expect((await outbox()).map(({ seq }) => seq)).toEqual([3])
      await house.store().notePosition(3)
      await house.store().purge(raw, raw)
      expect(await house.store().outboxState(3)).toEqual({ lastSeq: 3, oldestWaitingAt: null })
      await commit(accepted(one, sampleDelivery('SM4')))
      expect((await outbox()).map(({ seq }) => seq)).toEqual([4])
    })

    test('ends soon when it is told to, and the next one goes on', async () => {
      const decisions = Array.from({ length: 1_500 }, (_, n) => accepted(one, sampleDelivery(`SM${n}`)))
      for (let n = 0; n < 1_500; n += 50) await commit(...decisions.slice(n, n + 50))
      const stop = new AbortController()
      const purging = house.store().purge(raw, raw, stop.signal)
      stop.abort()
      const first = await purging
      expect(first.raw).toBeLessThan(1_500)
      expect(first.decisions).toBe(0)
      const second = await house.store().purge(raw, raw)
      expect([first.raw + second.raw, second.decisions]).toEqual([1_500, 1_500])
    })

    test('goes on after everything was removed', async () => {
      await commit(accepted(one, sampleDelivery('SM1')), accepted(one, sampleDelivery('SM2')))
      expect(await house.store().purge(raw, raw)).toEqual({ raw: 2, decisions: 2 })
      await commit(accepted(one, sampleDelivery('SM3')))
      expect(await house.store().purge(raw, never)).toEqual({ raw: 1, decisions: 0 })
    })
  })
}
