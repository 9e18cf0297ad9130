import { expect, test } from 'vitest'
import type { Facts } from '../../src/core/store.ts'
import { createHealth, type Health, type HealthParts } from '../../src/http/health.ts'
import type { RelayState } from '../../src/outbox/relay.ts'

const relaying: RelayState = { phase: 'relaying', position: 5, published: 5, failures: 0, lastError: null }
const MIB = 2 ** 20

interface Situation {
  readonly probe?: () => Promise<void>
  readonly free?: number
  readonly registry?: Facts['registry']
  readonly oldest?: string | null
  readonly relay?: Partial<RelayState> | null
}

function parts(is: Situation, clock = { ms: 0 }): HealthParts {
  const relay = is.relay === null ? null : { ...relaying, ...is.relay }
  return {
    store: {
      probe: is.probe ?? (async () => undefined),
      look: async () => ({ registry: is.registry ?? 'ready' }) as Facts,
      outboxState: async () => ({ lastSeq: 7, oldestWaitingAt: is.oldest ?? null }),
      notedPosition: async () => 4,
    },
    relay: relay === null ? null : () => relay,
    freeBytes: async () => is.free ?? 10_000 * MIB,
    now: () => '2026-11-22T03:10:00.000Z',
    monotonicMs: () => clock.ms,
  }
}

const said = ({ status, components }: Health) => [
  status,
  ...components.filter((one) => one.status !== 'ok').map((one) => `${one.name} ${one.status}: ${one.reason}`),
]

test.each<[string, Situation, string[]]>([
  ['all is well', {}, ['ok']],
  ['no Kafka is configured', { relay: null, oldest: '2026-11-01T00:00:00.000Z' }, ['ok']],
  [
    'the disk is full',
    {
      probe: () => Promise.reject(Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errstr: 'disk is full' })),
    },
    ['failing', 'store failing: does not take writes (ERR_SQLITE_ERROR: disk is full)'],
  ],
  [
    'the store does not answer',
    { probe: () => new Promise(() => undefined) },
    ['failing', 'store failing: does not take writes (NO_ANSWER_IN_TIME)'],
  ],
  ['the disk is nearly full', { free: 511 * MIB }, ['degraded', 'disk degraded: 511 MiB free']],
  ['no space is left to write a batch', { free: 31 * MIB }, ['failing', 'disk failing: 31 MiB free']],
  [
    'no registry was imported',
    { registry: 'empty' },
    ['degraded', 'registry degraded: is empty: import one; submissions are kept and judged later'],
  ],
  [
    'the registry is past its time (rule 25)',
    { registry: 'stale' },
    ['degraded', 'registry degraded: is past its time; submissions are kept and judged later'],
  ],
  [
    'the registry cannot be read (rule 25)',
    { registry: 'down' },
    ['degraded', 'registry degraded: cannot be read; submissions are kept and judged later'],
  ],
  ['an event has waited for five minutes', { oldest: '2026-11-22T03:05:00.000Z' }, ['ok']],
  [
    'an event has waited for longer',
    { oldest: '2026-11-22T03:04:59.000Z' },
    ['degraded', 'outbox degraded: 2 events wait, the oldest for 301 s'],
  ],
  [
    'Kafka is away: no request waits for it',
    { relay: { phase: 'connecting', lastError: 'away ECONNREFUSED' } },
    ['degraded', 'kafka degraded: away ECONNREFUSED'],
  ],
  [
    'Kafka is away since the start: what the store noted is there does not wait',
    { relay: { phase: 'connecting', position: 0, lastError: 'away TIMEOUT' }, oldest: '2026-11-22T03:00:00.000Z' },
    ['degraded', 'outbox degraded: 3 events wait, the oldest for 600 s', 'kafka degraded: away TIMEOUT'],
  ],
  ['Kafka is not reached yet', { relay: { phase: 'connecting' } }, ['degraded', 'kafka degraded: is being connected']],
  ['another relay has the place', { relay: { phase: 'standby' } }, ['ok']],
])('when %s', async (_when, situation, expected) => {
  expect(said(await createHealth(parts(situation))())).toEqual(expected)
})

test('where nothing answers at all, it is told of each part that it does not', async () => {
  const never = () => new Promise<never>(() => undefined)
  const store = { probe: never, look: never, outboxState: never, notedPosition: never }
  expect(said(await createHealth({ ...parts({}), store, freeBytes: never })())).toEqual([
    'failing',
    'store failing: does not take writes (NO_ANSWER_IN_TIME)',
    'disk degraded: free space is unknown (NO_ANSWER_IN_TIME)',
    'registry degraded: cannot be read; submissions are kept and judged later',
    'outbox degraded: cannot be read',
  ])
})

test('a flood of questions asks the parts once a second', async () => {
  const clock = { ms: 0 }
  let probes = 0
  const probe = async () => {
    probes += 1
  }
  const health = createHealth(parts({ probe }, clock))
  await Promise.all(Array.from({ length: 100 }, () => health()))
  expect(probes).toBe(1)
  clock.ms = 1_001
  await health()
  expect(probes).toBe(2)
})
