import { expect, test } from 'vitest'
import type { CallExpectation } from '../../src/core/call.ts'
import { fromPlatform } from '../channels/providers.ts'
import { STRANGER } from './call-rows.ts'
import { openFixtureHouse } from './fixture-house.ts'
import { sharedHouse } from './shared-house.ts'

const house = sharedHouse((registry) => openFixtureHouse(registry, '2026-11-22T03:00:00Z'))

interface Said {
  readonly outcome: string | null
  readonly say: readonly string[]
  readonly expect: CallExpectation | null
  readonly transfer?: true
  readonly known?: object
}

/** What a telephony platform does: passes on what it heard, says what it gets. */
function callOn(callId: string, from = STRANGER) {
  return async (event: 'start' | 'input' | 'hangup', input: Readonly<Record<string, string>> = {}): Promise<Said> => {
    const response = await house().post(fromPlatform({ callId, from, to: '+74160000000', event, ...input }))
    const outcome = response.headers.get('x-reading-outcome')
    return { outcome, ...((await response.json()) as Omit<Said, 'outcome'>) }
  }
}

test('a platform with a recogniser of its own takes a reading through the same script', async () => {
  const tell = callOn('h1')
  const first = await tell('start')
  expect(first.expect).toMatchObject({ of: 'account', speech: true, digits: null })
  expect(first.transfer).toBeUndefined()
  expect(
    (await tell('input', { heard: 'два восемь восемь ноль девять пять ноль четыре восемь восемь' })).expect?.of,
  ).toBe('serial')
  expect((await tell('input', { digits: '5057' })).expect).toMatchObject({ of: 'value', register: 'T1' })
  expect((await tell('input', { heard: 'пять шесть три один один' })).say[0]).toBe('Показание: 5 6, 3 1 1.')
  const last = await tell('input', { heard: 'да' })
  expect([last.outcome, last.expect]).toEqual(['accepted;flags="NO_SERIAL"', null])
  expect((await tell('hangup')).outcome).toBe('none;code=HELP')
  expect((await house().events()).map(({ headers }) => headers['ce_source'])).toEqual(['/gateway/amur/IVR'])
})

test('with the step of its question an answer that comes twice counts once; without it, each is a new one', async () => {
  const tell = callOn('h2')
  const { expect: asked } = await tell('start')
  const answer = { digits: '2876573421', step: asked?.step ?? '' }
  const [one, two] = await Promise.all([tell('input', answer), tell('input', answer)])
  expect(one).toEqual(two)
  expect((await tell('input', answer)).expect).toEqual(one?.expect)
  expect((await tell('input', { digits: '1111' })).say[0]).toBe('Цифры не совпали.')
  expect((await tell('input', { digits: '1111' })).expect?.speech).toBe(false)
})

test('who wants an operator is handed over with what is known, and what he said is held', async () => {
  const tell = callOn('h3')
  await tell('start')
  for (const digits of ['2876573421', '8410', '79800']) await tell('input', { digits })
  const handed = await tell('input', { heard: 'оператор' })
  expect(handed).toMatchObject({
    outcome: 'held;code=UNCONFIRMED',
    expect: null,
    transfer: true,
    known: { account: '2876573421', meter: '874148410', values: { T1: '79800' } },
  })
})

test('a call of the same id on another platform is another call', async () => {
  const tell = callOn('CA1')
  await tell('start')
  expect((await tell('input', { digits: '2880950488' })).expect?.of).toBe('serial')
})
