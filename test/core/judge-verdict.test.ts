import { describe, expect, test } from 'vitest'
import { judge } from '../../src/core/judge.ts'
import { branch, claim, meter, standing, values } from './claims.ts'

const two = meter([{ zone: 'DAY' }, { zone: 'NIGHT', lastValue: '1200' }])

describe('what a verdict carries', () => {
  test('registers as the event carries them, after the ratio, rollover included', () => {
    const high = meter([
      { lastValue: '99990.7', decimals: 1, zone: 'DAY' },
      { lastValue: '1200', zone: 'NIGHT' },
    ])
    const verdict = judge(claim({ meter: { ...high, ratio: 20 }, values: values('T2=1205', '00002,9') }), [])
    expect(verdict.registers).toEqual([
      { register: 'T1', zone: 'DAY', value: '2', previous: '99990', consumption: '240', unit: 'kWh' },
      { register: 'T2', zone: 'NIGHT', value: '1205', previous: '1200', consumption: '100', unit: 'kWh' },
    ])
  })

  test.each([
    ['COLD_WATER', 'm3'],
    ['HOT_WATER', 'm3'],
    ['GAS', 'm3'],
    ['HEAT', 'Gcal'],
  ] as const)('%s keeps its decimals, in %s', (service, unit) => {
    const verdict = judge(claim({ meter: meter([{ lastValue: '84.410' }], { service }), values: values('84,750') }), [])
    expect(verdict.registers).toEqual([
      { register: 'T1', zone: 'TOTAL', value: '84.750', previous: '84.410', consumption: '0.34', unit },
    ])
  })

  test('an accepted reading names the one that it replaces', () => {
    expect(judge(claim({ values: values('5001') }), [standing({ T1: '5000' })]).supersedes).toBe('a-standing-event')
    expect(judge(claim({ values: values('5000') }), [standing({ T1: '5000' })]).supersedes).toBeNull()
    expect(judge(claim({ values: values('5000') }), []).supersedes).toBeNull()
  })

  test('the registers that want a value are named', () => {
    const missing = (...texts: string[]) => judge(claim({ meter: two, values: values(...texts) }), []).missing
    expect(missing()).toEqual([
      { register: 'T1', zone: 'DAY' },
      { register: 'T2', zone: 'NIGHT' },
    ])
    expect(missing('5000')).toEqual([{ register: 'T2', zone: 'NIGHT' }])
    expect(missing('T2=1300')).toEqual([{ register: 'T1', zone: 'DAY' }])
    expect(missing('T2=1300', 'T2=1400')).toEqual([{ register: 'T2', zone: 'NIGHT' }])
    expect(missing('T1=5000', 'T2=1300', 'T1=5001', 'T2=1400')).toEqual(missing())
    expect(missing('5000', '1300')).toEqual([])
  })

  test('what could be put on registers is kept, in the words of the registry, without a negative consumption', () => {
    const registers = (...texts: string[]) => judge(claim({ meter: two, values: values(...texts) }), []).registers
    expect(registers('T2=1300')).toMatchObject([
      { register: 'T2', value: '1300', previous: '1200', consumption: '100' },
    ])
    expect(registers('12x')).toMatchObject([{ register: 'T1', value: '12x', previous: '4700', consumption: '0' }])
    expect(registers('4000', '1300')).toMatchObject([{ consumption: '0' }, { consumption: '100' }])
    expect(registers()).toEqual([])
  })

  test('a window that refuses says when to send it', () => {
    const late = claim({ branch: branch('sakhalin'), values: values('5000'), receivedAt: '2026-11-26T03:00:00Z' })
    expect(judge(late, []).window).toEqual({ opensOn: '2026-12-15', closesOn: '2026-12-25' })
    const early = claim({ branch: branch('sakhalin'), values: values('5000'), receivedAt: '2026-11-10T03:00:00Z' })
    expect(judge(early, []).window).toEqual({ opensOn: '2026-11-15', closesOn: '2026-11-25' })
    expect(judge(claim({ values: values('5000', '6000') }), []).window).toBeNull()
  })

  test.each([
    ['before the window', '2026-11-10T03:00:00Z', '2026-11'],
    ['inside the window', '2026-11-22T03:00:00Z', '2026-11'],
    ['after the window', '2026-11-26T03:00:00Z', '2026-12'],
  ])('%s it counts for %s', (_where, receivedAt, period) => {
    expect(judge(claim({ values: values('4900'), receivedAt }), [])).toMatchObject({ period, window: null })
  })

  test('the turn that brought the values decides the period, the one that settled it the order', () => {
    const settledLate = claim({ values: values('5001'), orderAt: '2026-11-26T03:00:00Z' })
    expect(judge(settledLate, [standing({ T1: '5000' }, { orderAt: '2026-11-24T03:00:00Z' })])).toMatchObject({
      outcome: { kind: 'accepted' },
      period: '2026-11',
      supersedes: 'a-standing-event',
    })
  })
})
