import { describe, expect, test } from 'vitest'
import type { Decision, Facts, Lookup, Store } from '../../src/core/store.ts'
import {
  accepted,
  commitTo,
  lookupOf,
  type memoryRegistry,
  sampleAccount,
  sampleDelivery,
  sampleReading,
} from './fixtures.ts'

const one = sampleAccount(1)
const two = sampleAccount(2)

/** The part of the contract that is about what a store knows of a delivery. */
export function factsContract(house: { store: () => Store; registry: ReturnType<typeof memoryRegistry> }): void {
  const { store, registry } = house
  const commit = (...decisions: Decision[]) => commitTo(store(), decisions)
  const look = (change: Partial<Lookup> = {}): Promise<Facts> => store().look(lookupOf(sampleDelivery('look'), change))

  describe('facts', () => {
    test('are those that the lookup names, and no others', async () => {
      const facts = await look({ accounts: [one.account], aliases: ['A2'], phone: two.phone })
      expect(facts.registry).toBe('ready')
      expect(facts.byAccount(one.account)).toEqual([one])
      expect(facts.byAlias('A2')).toEqual([two])
      expect(facts.byPhone(two.phone ?? '')).toEqual([two])
      expect(facts.byAccount(two.account)).toEqual([])
      expect(facts.byAccount('0')).toEqual([])
    })

    test('include the accounts of the conversation', async () => {
      const conversation = { state: '{}', accounts: [two.account], expiresAt: '2026-11-22T03:30:00.000Z' }
      await commit(accepted(one, sampleDelivery('SM1'), { conversation }))
      expect((await look()).byAccount(two.account)).toEqual([two])
    })

    test('say that the registry is down where it is, and the batch goes on', async () => {
      registry.broken = true
      await store().transact([lookupOf(sampleDelivery('SM1'), { accounts: [one.account] })], (facts) => {
        expect(facts.registry).toBe('down')
        expect(facts.byAccount(one.account)).toEqual([])
        return [accepted(one, sampleDelivery('SM1'))]
      })
      expect(await store().outboxAfter(0, 1_000)).toHaveLength(1)
    })

    test('hold the standing readings of every account found, newest period first, one a meter and period', async () => {
      const reading = (period: string, eventId: string, meter = '2') => sampleReading(one, { period, eventId, meter })
      const first = [reading('2026-10', 'a'), reading('2026-11', 'b')]
      await commit(accepted(one, sampleDelivery('SM1'), { readings: first }))
      const second = [reading('2026-10', 'c'), reading('2026-12', 'd'), reading('2026-11', 'e', '1')]
      await commit(accepted(one, sampleDelivery('SM2'), { readings: second }))
      const standing = (await look({ accounts: [one.account] })).standing('amur', one.account)
      expect(standing.map(({ eventId }) => eventId)).toEqual(['d', 'e', 'b', 'c'])
      expect(standing[3]).toEqual(reading('2026-10', 'c'))
    })

    test('reach back 3 periods where 30 meters share the account', async () => {
      const meters = Array.from({ length: 30 }, (_, n) => `M${n}`)
      const periods = ['2026-09', '2026-10', '2026-11', '2026-12']
      const readings = periods.flatMap((period) => meters.map((meter) => sampleReading(one, { period, meter })))
      await commit(accepted(one, sampleDelivery('SM1'), { readings }))
      const standing = (await look({ accounts: [one.account] })).standing('amur', one.account)
      expect(standing.filter(({ period }) => period >= '2026-10')).toHaveLength(90)
    })

    test('find what a conversation came to be about by its number, though an old number or a phone found it', async () => {
      const first = sampleDelivery('SM1')
      const conversation = { state: '{}', accounts: [two.account], expiresAt: '2026-11-22T03:30:00.000Z' }
      const lookups = [lookupOf(first, { phone: null, aliases: ['A2'] }), lookupOf(sampleDelivery('SM2'))]
      await store().transact(lookups, (facts) => {
        expect(facts.byAccount(two.account)).toEqual([])
        facts.apply(accepted(one, first, { conversation }))
        expect(facts.byAccount(two.account)).toEqual([two])
        expect(facts.byAccount(one.account)).toEqual([])
        return []
      })
    })
  })
}
