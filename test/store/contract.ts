import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Delivery } from '../../src/core/delivery.ts'
import type { Account } from '../../src/core/facts.ts'
import { createIntake } from '../../src/core/intake.ts'
import type { RegistryReader } from '../../src/core/registry.ts'
import type { Decision, Facts, Lookup } from '../../src/core/store.ts'
import { factsContract } from './contract-facts.ts'
import { laterContract } from './contract-later.ts'
import { receiptsContract } from './contract-receipts.ts'
import { type OpenStore, shapesContract } from './contract-shapes.ts'
import { slipsContract } from './contract-slips.ts'
import { upkeepContract } from './contract-upkeep.ts'
import { accepted, commitTo, lookupOf, memoryRegistry, sampleAccount, sampleDelivery } from './fixtures.ts'

/** What a store under test is made of. */
export interface StoreSeed {
  readonly accounts: readonly Account[]
  readonly registry: RegistryReader
  readonly now: () => string
}

const one = sampleAccount(1)
const two = sampleAccount(2)

/** What every store keeps to, whatever it is made of. `makeStore` makes an empty one; the suite closes it. */
export function storeContract(name: string, makeStore: (seed: StoreSeed) => Promise<OpenStore>): void {
  describe(name, () => {
    let store: OpenStore
    let clock = ''
    const registry = memoryRegistry([one, two])

    beforeEach(async () => {
      clock = '2026-11-22T03:00:00.000Z'
      registry.broken = false
      store = await makeStore({ accounts: [one, two], registry, now: () => clock })
    })
    afterEach(() => store.close())

    const commit = (...decisions: Decision[]) => commitTo(store, decisions)
    const look = (change: Partial<Lookup> = {}): Promise<Facts> => store.look(lookupOf(sampleDelivery('look'), change))
    const outbox = () => store.outboxAfter(0, 1_000)
    const intake = (decide = (delivery: Delivery, _facts: Facts) => accepted(one, delivery)) =>
      createIntake({ store, lookup: lookupOf, decide, batchMax: 20, waitingMax: 1_000 })

    describe('once', () => {
      test('a delivery that comes 50 times at once is written once and answered 50 times alike', async () => {
        const { submit } = intake()
        const all = await Promise.all(Array.from({ length: 50 }, () => submit(sampleDelivery('SM1'))))
        expect(new Set(all.map(({ answer }) => JSON.stringify(answer))).size).toBe(1)
        expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1)
        expect(await outbox()).toHaveLength(1)
      })

      test('a delivery that comes again later gets the stored answer and writes nothing', async () => {
        const first = await intake().submit(sampleDelivery('SM1'))
        const again = await intake(() => accepted(two, sampleDelivery('SM1'))).submit(sampleDelivery('SM1'))
        expect(again).toEqual({ answer: first.answer, repeated: true })
        expect(await outbox()).toHaveLength(1)
      })

      test('the same id on another channel is another delivery', async () => {
        await intake().submit(sampleDelivery('1'))
        expect((await intake().submit(sampleDelivery('1', { channel: 'viber' }))).repeated).toBe(false)
      })

      test('a batch that would write a delivery a second time writes nothing at all', async () => {
        await commit(accepted(one, sampleDelivery('SM1')))
        await expect(
          commit(accepted(two, sampleDelivery('SM2')), accepted(one, sampleDelivery('SM1'))),
        ).rejects.toThrow()
        expect(await outbox()).toHaveLength(1)
        expect((await look({ deliveryId: 'SM2' })).answered('sms', 'SM2')).toBeUndefined()
      })

      test('an answer is found by the id of its submission', async () => {
        const decision = accepted(one, sampleDelivery('SM1'))
        await commit(decision)
        expect(await store.answerOf(decision.answer.submissionId)).toEqual(decision.answer)
        expect(await store.answerOf(decision.answer.submissionId, 'sms')).toEqual(decision.answer)
        expect(await store.answerOf(decision.answer.submissionId, 'web-form')).toBeNull()
        expect(await store.answerOf('ffffffff-0000-5000-8000-000000000000')).toBeNull()
      })
    })

    describe('a batch', () => {
      test('is dropped where judging throws, and the next one goes through', async () => {
        const broken = store.transact([lookupOf(sampleDelivery('SM1'))], () => {
          throw new Error('broken judge')
        })
        await expect(broken).rejects.toThrow('broken judge')
        await commit(accepted(one, sampleDelivery('SM1')))
        expect(await outbox()).toHaveLength(1)
      })

      test('shows each decision to the deliveries after it', async () => {
        const first = sampleDelivery('SM1')
        const conversation = { state: '{"open":1}', accounts: [one.account], expiresAt: '2026-11-22T03:30:00.000Z' }
        await store.transact([lookupOf(first, { accounts: [one.account] })], (facts) => {
          const decision = accepted(one, first, { conversation })
          facts.apply(decision)
          expect(facts.answered('sms', 'SM1')).toEqual(decision.answer)
          expect(facts.conversation('sms', '+79001000001')).toEqual(conversation)
          expect(facts.standing('amur', one.account)).toEqual(decision.readings)
          facts.apply(accepted(one, sampleDelivery('SM2'), { conversation: null }))
          expect(facts.conversation('sms', '+79001000001')).toBeUndefined()
          return []
        })
      })

      test('never overlaps another on the same account: of two channels at once one is first', async () => {
        const decide = (delivery: Delivery, facts: Facts) =>
          facts.standing('amur', one.account).length === 0
            ? accepted(one, delivery)
            : accepted(one, delivery, { readings: [], events: [] })
        const lookup = (delivery: Delivery) => lookupOf(delivery, { accounts: [one.account] })
        const gate = () => createIntake({ store, lookup, decide, batchMax: 1, waitingMax: 100 })
        const gates = [gate(), gate()]
        const sent = Array.from({ length: 20 }, (_, n) => gates[n % 2]?.submit(sampleDelivery(`SM${n}`)))
        await Promise.all(sent)
        expect(await outbox()).toHaveLength(1)
      })
    })

    describe('a conversation', () => {
      const talk = { state: '{"open":null}', accounts: [], expiresAt: '2026-11-22T03:30:00Z' }
      const said = async (at?: string) => (await look()).conversation('sms', '+79001000001', at)

      test('lasts until it expires, by the clock or by the instant asked about', async () => {
        await commit(accepted(one, sampleDelivery('SM1'), { conversation: talk }))
        expect(await said('2026-11-22T03:29:59.999Z')).toEqual(talk)
        expect(await said('2026-11-22T03:30:00.000Z')).toBeUndefined()
        clock = '2026-11-22T03:30:00.000Z'
        expect(await said()).toBeUndefined()
        expect(await said('2026-11-22T03:29:59Z')).toEqual(talk)
      })

      test('stays as it was, is replaced, and is gone', async () => {
        await commit(accepted(one, sampleDelivery('SM1'), { conversation: talk }))
        await commit(accepted(one, sampleDelivery('SM2')))
        expect(await said()).toEqual(talk)
        await commit(accepted(one, sampleDelivery('SM3'), { conversation: { ...talk, state: '{}' } }))
        expect((await said())?.state).toBe('{}')
        await commit(accepted(one, sampleDelivery('SM4'), { conversation: null }))
        expect(await said()).toBeUndefined()
      })
    })

    describe('the outbox', () => {
      test('counts from 1 without a gap, in the order of acceptance, and gives back what was written', async () => {
        const decisions = Array.from({ length: 5 }, (_, n) => accepted(one, sampleDelivery(`SM${n}`)))
        await commit(...decisions.slice(0, 3))
        await commit(...decisions.slice(3))
        const rows = await outbox()
        expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
        expect(rows.map(({ seq: _, writtenAt: __, ...event }) => event)).toEqual(
          decisions.flatMap(({ events }) => events),
        )
        expect((await store.outboxAfter(2, 2)).map(({ seq }) => seq)).toEqual([3, 4])
      })

      test('tells its end and since when the oldest waits', async () => {
        expect(await store.outboxState(0)).toEqual({ lastSeq: 0, oldestWaitingAt: null })
        await commit(accepted(one, sampleDelivery('SM1')))
        clock = '2026-11-22T03:00:01.000Z'
        await commit(accepted(one, sampleDelivery('SM2')), accepted(one, sampleDelivery('SM3')))
        expect(await store.outboxState(0)).toEqual({ lastSeq: 3, oldestWaitingAt: '2026-11-22T03:00:00.000Z' })
        expect(await store.outboxState(2)).toEqual({ lastSeq: 3, oldestWaitingAt: '2026-11-22T03:00:01.000Z' })
        expect(await store.outboxState(3)).toEqual({ lastSeq: 3, oldestWaitingAt: null })
      })

      test('keeps the note of the relay, and the store its id', async () => {
        expect(await store.notedPosition()).toBe(0)
        await store.notePosition(7)
        expect(await store.notedPosition()).toBe(7)
        expect(await store.storeId()).toMatch(/^[0-9a-f-]{36}$/)
        expect(await store.storeId()).toBe(await store.storeId())
      })
    })

    const setClock = (at: string): void => {
      clock = at
    }
    factsContract({ store: () => store, registry })
    upkeepContract({ store: () => store, setClock })
    receiptsContract({ store: () => store, setClock })
    laterContract({ store: () => store, setClock })
    slipsContract({ store: () => store, setClock })
    shapesContract({ store: () => store })

    test('a probe leaves nothing behind', async () => {
      await store.probe()
      expect(await outbox()).toEqual([])
    })
  })
}
