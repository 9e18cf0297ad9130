import { describe, expect, test } from 'vitest'
import { isFaithful, isGoodEnough } from '../drill/slips-round.ts'
import type { SlipDesk } from '../slip-desk/desk.ts'
import { chanceOf } from './hand/chance.ts'
import { type Customer, inventCustomers, isPlausible } from './hand/customers.ts'
import type { Handwriting } from './handwriting.ts'
import { decidedOf, type ReadingEvent, remarksOn, roundCounts, type SlipLine } from './round.ts'
import type { TrueSlip } from './truth.ts'

const customer = (account: string, value: string): Customer => ({
  account,
  meter: '01',
  service: 'ELECTRICITY',
  registers: [{ name: 'T1', int: 6, dec: 0, previous: 4_000, avgMonthly: 200, value }],
})
const slip = (account: string, value: string, changes: Partial<TrueSlip> = {}): TrueSlip => ({
  ...{ id: account, file: 'a.pdf', page: 0, account, meter: '01', reasons: [], qrReadable: true },
  ...{ registers: [{ name: 'T1', value, read: value }], expect: 'readable' },
  ...changes,
})
const line = (account: string | null, T1: string, changes: Partial<SlipLine> = {}): SlipLine => ({
  ...{ file: 'a.pdf', page: 0, account, meter: account && '01', outcome: 'accepted', registers: { T1 }, confidence: 1 },
  ...changes,
})
const event = (account: string, value: string): ReadingEvent => ({
  ...{ account, meter: '01', period: '2026-11', registers: [{ register: 'T1', value }] },
})

/** One slip that is read, one crossed out, and the first one's sheet once more. */
const written: Handwriting = {
  ...{ folder: '', desk: {} as SlipDesk, files: ['a.pdf'], pages: 4, leftOut: 0 },
  customers: [customer('1', '4210'), customer('2', '4190')],
  slips: [
    slip('1', '4210'),
    slip('2', '4190', {
      page: 1,
      expect: 'review',
      reasons: ['crossed-out'],
      registers: [{ name: 'T1', value: '4190', read: null }],
    }),
  ],
  doubled: [{ file: 'a.pdf', page: 2, ids: ['1'] }],
  blank: [{ file: 'a.pdf', page: 3 }],
}
const held = line('2', '4190', { page: 1, outcome: 'held', code: 'UNREADABLE' })
const again = line('1', '4210', { page: 2, outcome: 'duplicate' })
const good = { lines: [line('1', '4210'), held, again], events: [event('1', '4210')] }

describe('a round trip', () => {
  test('in which all is as written is good', () => {
    const counts = roundCounts(written, good)
    expect(counts).toMatchObject({ found: 2, readableAccepted: 1, share: 1, othersHeld: 1, doubledApart: 0, events: 1 })
    expect([isFaithful(counts), isGoodEnough(counts)]).toEqual([true, true])
    expect(remarksOn(decidedOf(written, good))).toEqual([])
  })

  test.each([
    ['a slip was lost', { lines: [held, again] }],
    ['a slip was decided twice', { lines: [line('1', '4210'), ...good.lines] }],
    ['somebody else was read', { lines: [line('7', '4210'), ...good.lines.slice(1)] }],
    [
      'a crossed-out slip was accepted',
      { lines: [line('1', '4210'), { ...held, outcome: 'accepted' as const }, again] },
    ],
    ['an accepted slip made no event', { events: [] }],
    ['an event says something else', { events: [event('1', '4211')] }],
    ['a paper counted twice', { events: [event('1', '4210'), event('1', '4210')] }],
    ['a value was accepted that can’t be', { lines: [line('1', '9210'), held, again], events: [event('1', '9210')] }],
  ])('in which %s is not faithful', (_what, changes) => {
    expect(isFaithful(roundCounts(written, { ...good, ...changes }))).toBe(false)
  })

  test('with a believable wrong reading is faithful, but not good enough where there are few slips', () => {
    const told = { ...good, lines: [line('1', '4219'), held, again], events: [event('1', '4219')] }
    const counts = roundCounts(written, told)
    expect(counts).toMatchObject({ wrongBefore: 1, wrongAfter: 1, wrongCatchable: 0 })
    expect([isFaithful(counts), isGoodEnough(counts)]).toEqual([true, false])
    expect(remarksOn(decidedOf(written, told))).toEqual([expect.stringContaining('written 4210')])
  })

  test('counts a wrong reading that the rules stopped', () => {
    const stopped = line('1', '3210', { outcome: 'held', code: 'BELOW_PREVIOUS' })
    const counts = roundCounts(written, { ...good, lines: [stopped, held, again], events: [] })
    expect(counts).toMatchObject({ wrongBefore: 1, wrongAfter: 0 })
  })

  test('deals nameless lines out to slips of their page', () => {
    const nameless = { ...held, account: null, meter: null }
    const counts = roundCounts(written, { ...good, lines: [line('1', '4210'), nameless, again] })
    expect(counts).toMatchObject({ found: 2, named: 1, undecided: 0, othersHeld: 1 })
  })

  test('tells a second scan that was taken for another paper', () => {
    const apart = line('1', '4210', { page: 2, outcome: 'held', code: 'UNREADABLE' })
    expect(roundCounts(written, { ...good, lines: [line('1', '4210'), held, apart] }).doubledApart).toBe(1)
  })
})

describe('invented customers', () => {
  const some = inventCustomers(300, chanceOf(5))

  test('are the same for the same seed, and nobody twice', () => {
    expect(inventCustomers(300, chanceOf(5))).toEqual(some)
    expect(new Set(some.map(({ account }) => account)).size).toBe(300)
  })

  test('nearly all write what can be', () => {
    const all = some.flatMap(({ service, registers }) => registers.map((one) => isPlausible(one.value, one, service)))
    expect(all.filter(Boolean).length / all.length).toBeGreaterThan(0.95)
  })
})
