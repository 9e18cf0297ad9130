import { describe, expect, test } from 'vitest'
import type { AcceptedReading } from '../../../schemas/events.ts'
import type { Decision } from '../../../src/core/store.ts'
import { about, meter } from '../about.ts'

describe('a meter that one message names twice', () => {
  const [named, other] = [meter('111111111'), meter('222222222')]
  /** Values and what each event replaces, by its place among the events. */
  const told = ({ events }: Decision) => {
    const ids = events.map(({ headers }) => headers['ce_id'])
    return events.map(({ data }) => {
      const { registers, supersedes } = JSON.parse(data) as AcceptedReading
      return [registers[0]?.value, supersedes === null ? null : ids.indexOf(supersedes)]
    })
  }

  test('with two values: the later one replaces the earlier one, as in two messages', () => {
    const { outcome, decision } = about([named, other])('2880950001 111111111 10090; 222222222 10100; 111111111 10095')
    expect(outcome).toBe('accepted, accepted, accepted')
    expect(told(decision)).toEqual([
      ['10090', null],
      ['10100', null],
      ['10095', 0],
    ])
  })

  test('with one value: it is said once, and the other is a duplicate without an event', () => {
    const { outcome, decision } = about([named, other])('2880950001 111111111 10090; 222222222 10100; 111111111 10090')
    expect(outcome).toBe('accepted, accepted, duplicate')
    expect(decision.events).toHaveLength(2)
  })

  test('with two doubtful values, to which one yes is said: the later one replaces the earlier one', () => {
    const say = about([named, other])
    say('2880950001 111111111 11300; 222222222 10100; 111111111 11301')
    const { outcome, decision } = say('да')
    expect(outcome).toBe('accepted;flags="CONFIRMED HIGH", accepted;flags="CONFIRMED HIGH"')
    expect(told(decision)).toEqual([
      ['11300', null],
      ['11301', 0],
    ])
  })

  test('with a doubtful value first: the later one replaces nothing, for nothing was accepted', () => {
    const { outcome, decision } = about([named, other])('2880950001 111111111 11300; 222222222 10100; 111111111 10095')
    expect(outcome).toBe('asked;code=VERY_HIGH, accepted, accepted')
    expect(told(decision)).toEqual([
      ['10100', null],
      ['10095', null],
    ])
  })

  test('with one doubtful value: it is asked about, and is no duplicate of what was not accepted', () => {
    const { outcome } = about([named, other])('2880950001 111111111 11300; 222222222 10100; 111111111 11300')
    expect(outcome).toBe('asked;code=VERY_HIGH, accepted, asked;code=VERY_HIGH')
  })
})

test('two readings of one message are two events', () => {
  const { decision } = about([meter('111111111'), meter('222222222')])('2880950001 111111111 10100 222222222 10200')
  expect(new Set(decision.readings.map(({ eventId }) => eventId)).size).toBe(2)
})
