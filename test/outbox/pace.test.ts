import { describe, expect, test } from 'vitest'
import { atMost, backoff, createSleeper, usualPace } from '../../src/outbox/pace.ts'
import { untilAborted } from './fakes.ts'

test.each([
  ['the first pause, least', 1, 0, 125],
  ['the first pause, most', 1, 0.999, 250],
  ['the second', 2, 0.999, 500],
  ['before the cap', 6, 0.999, 7_996],
  ['at the cap', 7, 0.999, 9_995],
  ['after a month', 300_000, 0.999, 9_995],
])('backoff: %s', (_what, attempt, random, ms) => expect(backoff(usualPace, attempt, () => random)).toBe(ms))

describe('a sleeper', () => {
  const soon = <T>(promise: Promise<T>) =>
    Promise.race([promise.then(() => 'up'), new Promise((resolve) => setTimeout(resolve, 5, 'asleep'))])

  test('is woken, also by a call that came before the sleep, and once by each call', async () => {
    const sleeper = createSleeper(untilAborted)
    const sleep = sleeper.sleep(1, true)
    sleeper.wake()
    expect(await soon(sleep)).toBe('up')
    expect(await soon(sleeper.sleep(1, true))).toBe('asleep')
    sleeper.wake()
    expect(await soon(sleeper.sleep(1, true))).toBe('up')
    sleeper.wake()
    sleeper.wake()
    expect(await soon(sleeper.sleep(1, true))).toBe('up')
    expect(await soon(sleeper.sleep(1, true))).toBe('asleep')
  })

  test('is not woken from a back-off by a call that came before it; that wakes from the next sleep', async () => {
    const sleeper = createSleeper(untilAborted)
    sleeper.wake()
    expect(await soon(sleeper.sleep(1, false))).toBe('asleep')
    expect(await soon(sleeper.sleep(1, true))).toBe('up')
  })

  test('is not woken from a back-off, but stopped, for good', async () => {
    const sleeper = createSleeper(untilAborted)
    const sleep = sleeper.sleep(1, false)
    sleeper.wake()
    expect(await soon(sleep)).toBe('asleep')
    sleeper.stop()
    expect(await soon(sleep)).toBe('up')
    expect(await soon(sleeper.sleep(1, false))).toBe('up')
    expect(await soon(sleeper.sleep(1, true))).toBe('up')
  })
})

test('whoever waits at most so long leaves no timer behind', async () => {
  const signals: AbortSignal[] = []
  const never = (_ms: number, signal: AbortSignal) => {
    signals.push(signal)
    return new Promise<void>(() => {})
  }
  await atMost(4_000, Promise.resolve(), never)
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
})
