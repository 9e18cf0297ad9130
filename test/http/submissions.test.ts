import { expect, test } from 'vitest'
import type { Outcome } from '../../schemas/outcome.ts'
import type { RouteLimit, WireRequest } from '../../src/channel/define-channel.ts'
import type { Delivery } from '../../src/core/delivery.ts'
import type { Received } from '../../src/core/intake.ts'
import { createCrowd } from '../../src/http/crowd.ts'
import { createRouteLimits } from '../../src/http/limits.ts'
import { createSubmissions } from '../../src/http/submissions.ts'

const request = {} as WireRequest
const accepted: Outcome = { kind: 'accepted', flags: [] }

/** A route that takes `most` submissions an hour from its only sender, two at once, and what its intake says. */
function route(
  counts: RouteLimit<string>['counts'],
  says: () => Promise<Pick<Received, 'repeated'> & { outcomes: readonly Outcome[] }>,
  most = 1,
) {
  const monotonicMs = () => 0
  const limit = { most, counts, key: (from: string) => from }
  const limits = createRouteLimits<string>([limit], { limitsSecret: 'of the test', monotonicMs })
  const crowd = createCrowd({ most: 2, waitMs: 1_000, monotonicMs })
  const submissions = createSubmissions(limits, {
    submit: async () =>
      says().then(({ repeated, outcomes }) => ({ repeated, answer: { outcomes } }) as unknown as Received),
    crowd,
  })
  const send = (deliveryId: string) => submissions.submit({ deliveryId } as Delivery, 'one', request)
  const hasInFlight = (deliveryId: string) => submissions.hasInFlight({ deliveryId } as Delivery)
  return { send, crowd, hasInFlight, isUsedUp: () => limits.isUsedUp('one', request) }
}

test.each<[string, boolean, readonly Outcome[]]>([
  ['nothing was accepted', true, [{ kind: 'none', code: 'HELP' }]],
  ['something was accepted', false, [accepted]],
  ['what was accepted had come before', false, [{ kind: 'duplicate' }]],
  ['a reading of another service stood beside it', false, [accepted, { kind: 'rejected', code: 'OTHER_SERVICE' }]],
  ['an account stood beside it that there is not', true, [accepted, { kind: 'rejected', code: 'ACCOUNT_UNKNOWN' }]],
  [
    'a serial stood beside it that is wrong',
    true,
    [{ kind: 'duplicate' }, { kind: 'rejected', code: 'METER_MISMATCH' }],
  ],
])('a submission in which %s counts as a guess: %s', async (_what, isCounted, outcomes) => {
  const { send, isUsedUp } = route('unsettled', async () => ({ repeated: false, outcomes }))
  await send('a')
  expect(isUsedUp()).toBe(isCounted)
})

test('where all count, one counts before it is answered, and not after it failed or was a repetition', async () => {
  for (const end of ['new', 'repeated', 'failed'] as const) {
    const answer = Promise.withResolvers<{ repeated: boolean; outcomes: readonly Outcome[] }>()
    const { send, isUsedUp } = route('every', () => answer.promise)
    const sent = send('a')
    expect(isUsedUp()).toBe(true)
    if (end === 'failed') answer.reject(new Error('no store'))
    else answer.resolve({ repeated: end === 'repeated', outcomes: [accepted] })
    await sent.catch(() => undefined)
    expect(isUsedUp()).toBe(end === 'new')
  }
})

test('what came again is no guess, though nothing was accepted', async () => {
  const { send, isUsedUp } = route('unsettled', async () => ({ repeated: true, outcomes: [] }))
  await send('a')
  expect(isUsedUp()).toBe(false)
})

test('the same delivery twice at once counts once, and is in flight until it is answered', async () => {
  const answer = Promise.withResolvers<{ repeated: boolean; outcomes: readonly Outcome[] }>()
  const { send, isUsedUp, hasInFlight } = route('every', () => answer.promise, 2)
  const both = [send('a'), send('a')]
  expect([isUsedUp(), hasInFlight('a'), hasInFlight('b')]).toEqual([false, true, false])
  answer.resolve({ repeated: false, outcomes: [accepted] })
  await Promise.all(both)
  expect([isUsedUp(), hasInFlight('a')]).toEqual([false, false])
})

test.each(['a', 'b'])('two at once are a crowd, %s beside a', async (other) => {
  const answer = Promise.withResolvers<{ repeated: boolean; outcomes: readonly Outcome[] }>()
  const { send, crowd } = route('every', () => answer.promise)
  const both = [send('a'), send(other)]
  expect(crowd.isFull()).toBe(true)
  answer.resolve({ repeated: false, outcomes: [accepted] })
  await Promise.all(both)
  expect(crowd.isFull()).toBe(false)
})

test('a limit is one of an hour, which begins with the first, whoever comes between (rule 27)', () => {
  const clock = { ms: 0 }
  const limit: RouteLimit<string> = { most: 1, counts: 'every', key: (from) => from }
  const limits = createRouteLimits([limit], { limitsSecret: 'of the test', monotonicMs: () => clock.ms })
  limits.count('every', 'one', request)
  for (let other = 0; other < 1_000; other += 1) limits.count('every', `other ${other}`, request)
  clock.ms = 3_599_999
  expect(limits.isUsedUp('one', request)).toBe(true)
  clock.ms = 3_600_000
  expect(limits.isUsedUp('one', request)).toBe(false)
})
