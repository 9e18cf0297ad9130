import { expect, test } from 'vitest'
import { createMetrics } from '../../src/http/metrics.ts'
import { createFailed, createTurnedAway } from '../../src/http/turned-away.ts'
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

test('failed requests are told at once by channel and kind of error, then once a minute, with how many there were since', () => {
  const log = keptLog()
  const time = { ms: 0 }
  const failed = createFailed({ log, monotonicMs: () => time.ms })
  const full = Object.assign(new Error('of 2880950488'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })
  for (const ms of [0, 10, 60_000]) {
    time.ms = ms
    for (const error of [full, new TypeError()]) failed('sms', error)
    failed('viber', full)
  }
  expect(log.lines.map(({ level, fields }) => ({ level, ...fields, at: undefined }))).toEqual(
    [1, 2].flatMap((count) => [
      { level: 'error', channel: 'sms', count, error: 'Error', code: 'ERR_SQLITE_ERROR', errcode: 13 },
      { level: 'error', channel: 'sms', count, error: 'TypeError' },
      { level: 'error', channel: 'viber', count, error: 'Error', code: 'ERR_SQLITE_ERROR', errcode: 13 },
    ]),
  )
})
