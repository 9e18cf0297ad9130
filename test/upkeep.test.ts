import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startUpkeep } from '../src/upkeep.ts'
import { keptLog } from './outbox/fakes.ts'

const HOUR_MS = 3_600_000
const ready = async () => ({ name: 'registry', status: 'ok', reason: 'is there' }) as const

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('holds what nobody answered and purges what is past its time, each by its own age', async () => {
  const asked: string[] = []
  const note = (what: string) => async (before: string) => void asked.push(`${what} ${before}`)
  const stop = startUpkeep({
    store: {
      holdUnanswered: async (before) => {
        await note('hold')(before)
        return 0
      },
      purge: async (raw, decisions) => {
        await note('raw')(raw)
        await note('decisions')(decisions)
        return { raw: 0, decisions: 0 }
      },
    },
    now: () => '2026-11-22T03:00:00.000Z',
    log: keptLog(),
    unansweredMs: 2 * HOUR_MS,
    rawMs: 24 * HOUR_MS,
    decisionsMs: 48 * HOUR_MS,
    purgeMore: note('beside'),
    registry: ready,
    judge: async () => {},
  })
  await vi.advanceTimersByTimeAsync(21_000)
  await stop()
  expect(asked).toEqual([
    'hold 2026-11-22T01:00:00.000Z',
    'beside 2026-11-21T03:00:00.000Z',
    'raw 2026-11-21T03:00:00.000Z',
    'decisions 2026-11-20T03:00:00.000Z',
  ])
})

/** Upkeep that finds nothing to tell of. */
const quiet = () => ({
  now: () => '2026-11-22T03:00:00.000Z',
  log: keptLog(),
  unansweredMs: HOUR_MS,
  rawMs: HOUR_MS,
  decisionsMs: HOUR_MS,
  purgeMore: async () => {},
  registry: ready,
  judge: async () => {},
})

test('a stop ends the purge that is under way', async () => {
  const purged = Promise.withResolvers<{ raw: number; decisions: number }>()
  const stop = startUpkeep({
    store: {
      holdUnanswered: async () => 0,
      purge: (_raw, _decisions, until) => {
        until?.addEventListener('abort', () => purged.resolve({ raw: 1, decisions: 0 }))
        return purged.promise
      },
    },
    ...quiet(),
  })
  await vi.advanceTimersByTimeAsync(21_000)
  await stop()
})

test('what waited behind a purge does not begin after the stop', async () => {
  const purged = Promise.withResolvers<{ raw: number; decisions: number }>()
  let judged = 0
  const stop = startUpkeep({
    store: { holdUnanswered: async () => 0, purge: () => purged.promise },
    ...quiet(),
    judge: async () => void judged++,
  })
  await vi.advanceTimersByTimeAsync(41_000)
  const before = judged
  const stopped = stop()
  purged.resolve({ raw: 1, decisions: 0 })
  await stopped
  expect(before).toBeGreaterThan(0)
  expect(judged).toBe(before)
})

test('warns soon after the start and every five minutes while the registry is not ready', async () => {
  const log = keptLog()
  const found: Awaited<ReturnType<Parameters<typeof startUpkeep>[0]['registry']>>[] = [
    { name: 'registry', status: 'degraded', reason: 'is empty' },
    { name: 'registry', status: 'degraded', reason: 'is past its time' },
  ]
  const stop = startUpkeep({
    store: { holdUnanswered: async () => 0, purge: async () => ({ raw: 0, decisions: 0 }) },
    now: () => '2026-11-22T03:00:00.000Z',
    log,
    unansweredMs: HOUR_MS,
    rawMs: HOUR_MS,
    decisionsMs: HOUR_MS,
    purgeMore: async () => {},
    registry: async () => found.shift() ?? ready(),
    judge: async () => {},
  })
  await vi.advanceTimersByTimeAsync(HOUR_MS)
  await stop()
  expect(log.lines).toEqual([
    { level: 'warn', fields: { reason: 'is empty' }, message: 'the registry is not ready' },
    { level: 'warn', fields: { reason: 'is past its time' }, message: 'the registry is not ready' },
  ])
})
