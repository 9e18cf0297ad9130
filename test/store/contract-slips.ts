import { describe, expect, test } from 'vitest'
import { followUpOf } from '../../src/core/judged-later.ts'
import type { SlipRecord } from '../../src/core/slip-claim.ts'
import type { Decision, Store } from '../../src/core/store.ts'
import { heldDecision } from './contract-later.ts'
import { accepted, commitTo, sampleAccount, sampleDelivery } from './fixtures.ts'

const one = sampleAccount(1)
const IDENTITY = '2800000001/250592000000001/2026-11'

/** A slip as its decision leaves it. */
function slip(id: string, change: Partial<SlipRecord> = {}): Decision {
  const decision = accepted(
    one,
    sampleDelivery(id, { channel: 'slip', eventChannel: 'SLIP', sender: null, phone: null }),
  )
  const record: SlipRecord = {
    submissionId: decision.answer.submissionId,
    deliveryId: id,
    identity: IDENTITY,
    place: { scan: 'aa', page: 0, position: 1 },
    paper: 'AAAA',
    registers: [{ register: 'T1', value: '56311', confidence: 0.9999, sure: true }],
    receivedAt: '2026-11-22T03:00:00.000Z',
    review: null,
    ...change,
  }
  return { ...decision, slip: record }
}

/** The decision of a person about a slip. */
function verdict(
  id: string,
  of: Decision,
  values: Readonly<Record<string, string>> | null,
  disagrees = false,
): Decision {
  const reviews = of.answer.submissionId
  return { ...accepted(one, sampleDelivery(id, { channel: 'slip' })), slipVerdict: { reviews, values, disagrees } }
}

/** The part of the contract that is about paper slips. */
export function slipsContract(house: { store: () => Store; setClock: (at: string) => void }): void {
  const store = () => house.store()
  const commit = (...decisions: Decision[]) => commitTo(store(), decisions)
  const waiting = async () => (await store().slipsToReview(0, 100)).map(({ deliveryId }) => deliveryId)

  describe('a paper slip', () => {
    test('is found by its code, the newest first', async () => {
      expect(await store().slipCounts()).toEqual({ taken: 0, waiting: 0, reviewed: 0, disagreed: 0 })
      const [first, second] = [slip('P1'), slip('P2', { review: 'held' })]
      await commit(first, second, slip('P3', { identity: '' }))
      expect(await store().slipsOf(IDENTITY, 10)).toEqual([second.slip, first.slip])
      expect(await store().slipsOf(IDENTITY, 1)).toEqual([second.slip])
      expect(await store().slipsOf('', 10)).toHaveLength(1)
    })

    test('waits for a person only where it has to, in the order of arrival, until it is decided', async () => {
      const [held, audited] = [slip('P1', { review: 'held' }), slip('P3', { review: 'audit' })]
      await commit(held, slip('P2'), audited)
      expect(await waiting()).toEqual(['P1', 'P3'])
      const [first] = await store().slipsToReview(0, 1)
      expect(await store().slipsToReview(first?.number ?? 0, 5)).toMatchObject([{ ...audited.slip }])
      await commit(verdict('R1', held, { T1: '56312' }, true))
      expect(await waiting()).toEqual(['P3'])
    })

    test('is found by its number with what a person said of it last, once somebody has', async () => {
      const held = slip('P1', { review: 'held' })
      await commit(held, slip('P2', { review: 'held' }))
      const [{ number = 0 } = {}] = await store().slipsToReview(0, 1)
      expect(await store().slipReviewed(number)).toBe(null)
      await commit(verdict('R1', held, null))
      expect(await store().slipReviewed(number)).toEqual({ ...held.slip, number, values: null })
      await commit(verdict('R2', held, { T1: '56312' }))
      expect((await store().slipReviewed(number))?.values).toEqual({ T1: '56312' })
      expect(await store().slipReviewed(99)).toBe(null)
    })

    test('is counted, and compared with what the person read', async () => {
      const [held, audited] = [slip('P1', { review: 'held' }), slip('P2', { review: 'audit' })]
      await commit(held, audited, slip('P3'))
      await commit(verdict('R1', held, null, true))
      await commit(verdict('R2', audited, { T1: '56311' }))
      expect(await store().slipCounts()).toEqual({ taken: 3, waiting: 0, reviewed: 2, disagreed: 1 })
      const registers = audited.slip?.registers ?? []
      expect(await store().slipComparisons(10)).toEqual([
        { review: 'audit', registers, values: { T1: '56311' } },
        { review: 'held', registers, values: null },
      ])
    })

    test('that waited for the registry is one slip, as it was judged later', async () => {
      const early = slip('P1')
      await commit({ ...heldDecision(early.delivery), ...(early.slip && { slip: early.slip }) })
      const later = { ...accepted(one, followUpOf(early.delivery)) }
      await commit({ ...later, slip: { ...(early.slip as SlipRecord), review: 'held' } })
      expect(await store().slipCounts()).toMatchObject({ taken: 1, waiting: 1 })
    })

    test('counts once, however often it is written, and not at all where its batch failed', async () => {
      await commit(slip('P1'))
      for (const review of ['held', 'audit'] as const) {
        const early = slip('P1', { review })
        const follow = accepted(one, followUpOf({ ...early.delivery, deliveryId: `P1-${review}` }))
        await commit({ ...follow, slip: early.slip as SlipRecord })
      }
      const twice = slip('P2')
      await expect(commit(twice, twice)).rejects.toThrow()
      await commit(slip('P3'))
      expect(await store().slipCounts()).toMatchObject({ taken: 2 })
      await commit(verdict('R1', slip('P1'), { T1: '56311' }))
      expect(await store().slipComparisons(10)).toMatchObject([{ review: 'audit' }])
    })

    test('counts for ever, though nothing is left of it', async () => {
      await commit(slip('P1'), slip('P2'))
      house.setClock('2026-11-22T03:00:05.000Z')
      await store().purge('2026-11-22T03:00:05.000Z', '2026-11-22T03:00:05.000Z')
      expect(await store().slipCounts()).toEqual({ taken: 2, waiting: 0, reviewed: 0, disagreed: 0 })
    })

    test('waits no more once its paper is purged', async () => {
      await commit(slip('P1', { review: 'held' }))
      house.setClock('2026-11-22T03:00:05.000Z')
      await store().purge('2026-11-22T03:00:05.000Z', '2000-01-01T00:00:00.000Z')
      expect(await store().slipCounts()).toMatchObject({ taken: 1, waiting: 0 })
      expect(await waiting()).toEqual([])
    })

    test('is forgotten with the raw input, its review with the decisions', async () => {
      const held = slip('P1', { review: 'held' })
      await commit(held)
      await commit(verdict('R1', held, { T1: '1' }))
      house.setClock('2026-11-22T03:00:05.000Z')
      await commit(slip('P2'))
      await store().purge('2026-11-22T03:00:05.000Z', '2000-01-01T00:00:00.000Z')
      expect((await store().slipsOf(IDENTITY, 10)).map(({ deliveryId }) => deliveryId)).toEqual(['P2'])
      expect(await store().slipComparisons(10)).toEqual([])
      expect(await store().slipCounts()).toMatchObject({ taken: 2, reviewed: 1 })
      await store().purge('2026-11-22T03:00:05.000Z', '2026-11-22T03:00:05.000Z')
      expect(await store().slipCounts()).toMatchObject({ taken: 2, reviewed: 0 })
    })
  })
}
