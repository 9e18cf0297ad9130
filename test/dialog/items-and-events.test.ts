import { describe, expect, test } from 'vitest'
import { eventId } from '../../src/core/event.ts'
import type { Decision } from '../../src/core/store.ts'
import { called } from './call/talk.ts'
import { STRANGER, talk } from './talk.ts'

/** What the events of a decision tell billing: their ids and data. */
function told({ events }: Decision) {
  return events.map(({ headers, data }) => ({ id: headers['ce_id'], ...JSON.parse(data) }))
}

test('events are named by their message and their place in it, accepted or not (contract 4)', () => {
  const { outcome, decision } = talk()(
    STRANGER,
    '2827211339 6194901158936 460151 2880950488 103915827 56311 2880950488 250592064305057 56311',
  )
  expect(outcome).toBe('accepted, rejected;code=METER_MISMATCH, accepted')
  const { submissionId } = decision.answer
  expect(told(decision)).toMatchObject([0, 1, 2].map((at) => ({ id: eventId('sms', 'SM1', at), submissionId })))
})

describe('billing is told how sure a value is (contract 4)', () => {
  test.each([
    ['taken as it came', ['2880950488 56311'], 'CUSTOMER'],
    ['confirmed', ['2866648321 20296', 'да'], 'CONFIRMED'],
  ])('one that was %s', (_how, texts, quality) => {
    const say = talk()
    const said = texts.map((text) => say(STRANGER, text).decision)
    expect(said.flatMap(told)).toMatchObject([{ quality }])
  })
})

test('a reading of a call is named by its call and meter, and tells the step that brought it', () => {
  const { decision } = called(STRANGER, ['#2880950488', '#5057', '#56311', '#1'])
  expect(told(decision)).toMatchObject([
    { id: eventId('ivr', 'test:1/250592064305057', 0), submissionId: decision.answer.submissionId },
  ])
})
