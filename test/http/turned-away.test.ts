import { expect, test } from 'vitest'
import { createMetrics } from '../../src/http/metrics.ts'
import { createTurnedAway } from '../../src/http/turned-away.ts'
import { keptLog } from '../outbox/fakes.ts'

function told() {
  const log = keptLog()
  const time = { ms: 0 }
  const turnedAway = createTurnedAway({ metrics: createMetrics(['sms', 'viber']), log, monotonicMs: () => time.ms })
  return { time, turnedAway, lines: () => log.lines.map(({ level, fields }) => ({ level, ...fields })) }
}

test('a wrong token is told at once, then once a minute, with how many there were since', () => {
  const { time, turnedAway, lines } = told()
  for (const ms of [0, 1_000, 59_999, 60_000, 60_001, 200_000]) {
    time.ms = ms
    turnedAway('sms', 'unauthentic')
  }
  const line = { level: 'warn', channel: 'sms', why: 'unauthentic' }
  expect(lines()).toEqual([
    { ...line, count: 1 },
    { ...line, count: 3 },
    { ...line, count: 2 },
  ])
})

test('each channel and reason is told by itself; what nobody can mend is only counted', () => {
  const { turnedAway, lines } = told()
  for (const channel of ['sms', 'viber'])
    for (const why of ['unauthentic', 'unreadable', 'no_message', 'limited', 'crowded', 'failed'] as const)
      turnedAway(channel, why)
  expect(lines()).toMatchObject([
    { channel: 'sms', why: 'unauthentic' },
    { channel: 'sms', why: 'unreadable' },
    { channel: 'viber', why: 'unauthentic' },
    { channel: 'viber', why: 'unreadable' },
  ])
})
