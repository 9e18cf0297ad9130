import { describe, expect, test } from 'vitest'
import { dayNumber, windowAt } from '../../src/core/period.ts'
import { branch } from './claims.ts'

const november = { opensOn: '2026-11-20', closesOn: '2026-11-25' }
const december = { opensOn: '2026-12-20', closesOn: '2026-12-25' }

describe('window and period in the branch own time', () => {
  test.each([
    ['amur', '2026-01-25T14:59:59Z', true, '2026-01'],
    ['amur', '2026-01-25T14:59:59.999Z', true, '2026-01'],
    ['amur', '2026-01-25T15:00:00Z', false, '2026-02'],
    ['amur', '2026-01-19T14:59:59Z', false, '2026-01'],
    ['amur', '2026-01-19T15:00:00Z', true, '2026-01'],
    ['komsomolsk', '2026-11-25T06:59:59Z', true, '2026-11'],
    ['komsomolsk', '2026-11-25T07:00:00Z', false, '2026-12'],
    ['sakhalin', '2026-11-14T12:59:59Z', false, '2026-11'],
    ['sakhalin', '2026-11-14T13:00:00Z', true, '2026-11'],
    ['sakhalin', '2026-11-25T13:00:00Z', false, '2026-12'],
    ['amur', '2026-12-25T15:00:00Z', false, '2027-01'],
    ['amur', '2026-12-31T15:00:00Z', false, '2027-01'],
    ['amur', '2026-11-22T12:00:00+09:00', true, '2026-11'],
  ])('%s at %s', (id, instant, inside, period) => {
    expect(windowAt(branch(id), instant)).toMatchObject({ inside, period })
  })

  test.each([
    ['before the window, this one', '2026-11-10T00:00:00Z', november],
    ['inside, this one', '2026-11-22T00:00:00Z', november],
    ['after it, the next one', '2026-11-26T00:00:00Z', december],
  ])('the days to send it: %s', (_why, instant, days) => {
    expect(windowAt(branch('amur'), instant)).toMatchObject(days)
  })

  test('a window closes at its very minute', () => {
    const halfPast = { ...branch('komsomolsk'), window: { ...branch('komsomolsk').window, closesAt: '17:30' } }
    expect(windowAt(halfPast, '2026-11-25T07:29:59.999Z').inside).toBe(true)
    expect(windowAt(halfPast, '2026-11-25T07:30:00Z').inside).toBe(false)
  })

  test('a month that is too short closes on its last day', () => {
    const long = { ...branch('amur'), window: { ...branch('amur').window, toDay: 31 } }
    expect(windowAt(long, '2026-02-28T14:59:59Z')).toMatchObject({ inside: true, closesOn: '2026-02-28' })
    expect(windowAt(long, '2026-02-28T15:00:00Z')).toMatchObject({
      inside: false,
      period: '2026-03',
      closesOn: '2026-03-31',
    })
  })

  test('the local day is the branch day, not the day in UTC', () => {
    expect(windowAt(branch('amur'), '2026-11-21T14:59:59Z').day).toBe(dayNumber('2026-11-21'))
    expect(windowAt(branch('amur'), '2026-11-21T15:00:00Z').day).toBe(dayNumber('2026-11-22'))
  })

  test('a month that was asked for last does not reach into the next one', () => {
    const early = { ...branch('amur'), window: { ...branch('amur').window, fromDay: 1 } }
    expect(windowAt(early, '2026-12-31T14:59:59Z').inside).toBe(false)
    expect(windowAt(early, '2026-12-31T15:00:00Z').inside).toBe(true)
    expect(windowAt(early, '2026-12-31T14:59:59Z').inside).toBe(false)
  })

  test('a zone that changes its offset is followed to the minute, back and forth', () => {
    const summer = { ...branch('amur'), timeZone: 'Europe/Berlin' }
    const at = (instant: string) => windowAt(summer, instant).day
    expect(at('2026-10-24T22:00:00Z')).toBe(dayNumber('2026-10-25'))
    expect(at('2026-10-25T22:59:59Z')).toBe(dayNumber('2026-10-25'))
    expect(at('2026-10-25T23:00:00Z')).toBe(dayNumber('2026-10-26'))
    expect(at('2026-10-24T21:59:59Z')).toBe(dayNumber('2026-10-24'))
  })
})
