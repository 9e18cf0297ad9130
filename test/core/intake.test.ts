import { describe, expect, test } from 'vitest'
import type { Delivery } from '../../src/core/delivery.ts'
import { createIntake, GatewayBusy, type IntakeParts } from '../../src/core/intake.ts'
import type { Decision, Facts, Lookup, Store } from '../../src/core/store.ts'
import { accepted, lookupOf, sampleAccount, sampleDelivery } from '../store/fixtures.ts'

const account = sampleAccount(1)

/** A store in memory that knows answers only; `broken` is its fault switch, `gate` holds commits up. */
function memoryStore() {
  const answers = new Map<string, Decision>()
  const batches: number[] = []
  const state = { broken: false, gate: Promise.resolve(), inside: 0, mostInside: 0 }
  const store: Pick<Store, 'transact'> = {
    async transact(lookups: readonly Lookup[], decide: (facts: Facts) => readonly Decision[]) {
      const seen = new Map(answers)
      const facts = {
        answered: (_: string, deliveryId: string) => seen.get(deliveryId)?.answer,
        apply: (decision: Decision) => void seen.set(decision.delivery.deliveryId, decision),
      } as Facts
      const decisions = decide(facts)
      state.inside += 1
      state.mostInside = Math.max(state.mostInside, state.inside)
      await state.gate
      state.inside -= 1
      if (state.broken) throw new Error('disk full')
      batches.push(lookups.length)
      for (const decision of decisions) answers.set(decision.delivery.deliveryId, decision)
    },
  }
  return { store, state, answers, batches }
}

function setup(change: Partial<Pick<IntakeParts, 'decide' | 'waitingMax' | 'committed'>> = {}) {
  const memory = memoryStore()
  const decide = (delivery: Delivery) => accepted(account, delivery)
  const intake = createIntake({
    store: memory.store,
    lookup: lookupOf,
    decide,
    batchMax: 10,
    waitingMax: 100,
    ...change,
  })
  return { ...memory, intake, submit: (id: string) => intake.submit(sampleDelivery(id)) }
}

const ids = (count: number) => Array.from({ length: count }, (_, n) => `SM${n}`)

describe('a batch', () => {
  test('is all that came in the same turn, up to its limit', async () => {
    const { submit, batches } = setup()
    await Promise.all(ids(25).map(submit))
    expect(batches).toEqual([10, 10, 5])
  })

  test('gathers while the one before commits', async () => {
    const { submit, batches, state } = setup()
    const { promise, resolve } = Promise.withResolvers<void>()
    state.gate = promise
    const first = submit('first')
    await new Promise((next) => setTimeout(next, 5))
    const later = ids(5).map(submit)
    resolve()
    await Promise.all([first, ...later])
    expect(batches).toEqual([1, 5])
    expect(state.mostInside).toBe(1)
  })

  test('is told of when it is committed', async () => {
    let count = 0
    const { submit, intake } = setup({ committed: () => (count += 1) })
    await Promise.all(ids(25).map(submit))
    await submit('one more')
    await intake.close()
    expect(count).toBe(4)
  })

  test('answers nobody before its commit', async () => {
    const { submit, state } = setup()
    const { promise, resolve } = Promise.withResolvers<void>()
    state.gate = promise
    let answered = false
    const sent = submit('SM1').then(() => {
      answered = true
    })
    await new Promise((next) => setTimeout(next, 10))
    expect(answered).toBe(false)
    resolve()
    await sent
    expect(answered).toBe(true)
  })

  test('fails as a whole where its commit fails, and the next one goes through', async () => {
    const { submit, state, answers } = setup()
    state.broken = true
    const ends = await Promise.allSettled(ids(5).map(submit))
    expect(ends.map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
    expect(answers.size).toBe(0)
    state.broken = false
    expect((await submit('SM0')).repeated).toBe(false)
  })

  test('loses only the delivery that can not be decided', async () => {
    const decide = (delivery: Delivery) => {
      if (delivery.deliveryId === 'SM1') throw new Error('no sense in it')
      return accepted(account, delivery)
    }
    const { submit, answers } = setup({ decide })
    const ends = await Promise.allSettled(ids(3).map(submit))
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect([...answers.keys()]).toEqual(['SM0', 'SM2'])
  })
})

describe('a delivery', () => {
  test('that comes twice in one batch is decided once and answered alike', async () => {
    const { submit, answers } = setup()
    const [first, second] = await Promise.all([submit('SM1'), submit('SM1')])
    expect(first.repeated).toBe(false)
    expect(second).toEqual({ answer: first.answer, repeated: true })
    expect(answers.size).toBe(1)
  })

  test('is refused where too many wait, and taken again afterwards', async () => {
    const { submit } = setup({ waitingMax: 3 })
    const waiting = ids(3).map(submit)
    await expect(submit('SM3')).rejects.toThrow(GatewayBusy)
    await Promise.all(waiting)
    expect((await submit('SM3')).repeated).toBe(false)
  })
})

test('closing answers what was taken and takes no more', async () => {
  const { submit, intake, state } = setup()
  const { promise, resolve } = Promise.withResolvers<void>()
  state.gate = promise
  const taken = Promise.all(ids(25).map(submit))
  const closing = intake.close()
  expect(await Promise.race([closing, new Promise((next) => setTimeout(next, 5, 'waits'))])).toBe('waits')
  resolve()
  await expect(submit('late')).rejects.toThrow(GatewayBusy)
  await closing
  expect(await taken).toHaveLength(25)
})
