import { describe, expect, test } from 'vitest'
import type { Delivery } from '../../src/core/delivery.ts'
import { followUpOf } from '../../src/core/judged-later.ts'
import type { Decision, Store } from '../../src/core/store.ts'
import { accepted, commitTo, sampleAccount, sampleDelivery } from './fixtures.ts'

const one = sampleAccount(1)
const HELD = { kind: 'held', code: 'REGISTRY_UNAVAILABLE' } as const

/** Kept without a registry. */
export function heldDecision(delivery: Delivery): Decision {
  const decision = accepted(one, delivery, { readings: [], events: [] })
  const items = decision.answer.items.map((item) => ({ ...item, outcome: HELD }))
  return { ...decision, answer: { ...decision.answer, outcomes: [HELD], items } }
}

/** The part of the contract that is about what waits for the registry. */
export function laterContract(house: { store: () => Store; setClock: (at: string) => void }): void {
  const store = () => house.store()
  const commit = (...decisions: Decision[]) => commitTo(store(), decisions)
  const waiting = async (limit = 100) => (await store().unjudged(limit)).map(({ deliveryId }) => deliveryId)

  describe('a submission that waits for the registry', () => {
    const form = sampleDelivery('F1', {
      channel: 'web-form',
      eventChannel: 'WEB',
      sender: null,
      phone: null,
      language: 'en',
      said: { form: { account: '1', meter: '2', values: { T1: '3' }, confirmed: [], answers: null } },
    })

    test('is given back as it came, the oldest first', async () => {
      const sms = sampleDelivery('SM1', { phone: '+79001000009', broughtAt: '2026-11-22T05:00:00.000Z' })
      await commit(heldDecision(sms), accepted(one, sampleDelivery('SM2')))
      await commit(heldDecision(form), heldDecision(sampleDelivery('SM3')))
      expect(await store().unjudged(100)).toEqual([sms, form, sampleDelivery('SM3')])
      expect(await waiting(2)).toEqual(['SM1', 'F1'])
    })

    test('is one of which nothing could be judged, and no other', async () => {
      const decision = accepted(one, sampleDelivery('SM1'))
      const mixed = { ...decision.answer, outcomes: [...decision.answer.outcomes, HELD] }
      await commit({ ...decision, answer: mixed })
      const otherwise = {
        ...heldDecision(sampleDelivery('SM2')).answer,
        outcomes: [{ ...HELD, code: 'OVER_CAP' } as const],
      }
      await commit({ ...heldDecision(sampleDelivery('SM2')), answer: otherwise })
      expect(await waiting()).toEqual([])
    })

    test('waits no more once its follow-up is written, whatever came of it', async () => {
      await commit(heldDecision(sampleDelivery('SM1')), heldDecision(sampleDelivery('SM2')), heldDecision(form))
      await commit(accepted(one, followUpOf(sampleDelivery('SM1'))))
      await commit(heldDecision(followUpOf(form)))
      expect(await waiting()).toEqual(['SM2'])
      await expect(commit(accepted(one, followUpOf(sampleDelivery('SM1'))))).rejects.toThrow()
    })

    test('waits on where the transaction of its follow-up fails', async () => {
      await commit(heldDecision(sampleDelivery('SM1')), accepted(one, sampleDelivery('SM2')))
      const broken = commit(accepted(one, followUpOf(sampleDelivery('SM1'))), accepted(one, sampleDelivery('SM2')))
      await expect(broken).rejects.toThrow()
      expect(await waiting()).toEqual(['SM1'])
    })

    test('waits no more once its raw input is purged', async () => {
      await commit(heldDecision(sampleDelivery('SM1')))
      house.setClock('2026-11-22T03:00:05.000Z')
      await commit(heldDecision(sampleDelivery('SM2')))
      await store().purge('2026-11-22T03:00:05.000Z', '2000-01-01T00:00:00.000Z')
      expect(await waiting()).toEqual(['SM2'])
      await store().purge('2026-11-22T03:00:06.000Z', '2026-11-22T03:00:06.000Z')
      await commit(heldDecision(sampleDelivery('SM3')))
      expect(await waiting()).toEqual(['SM3'])
    })
  })
}
