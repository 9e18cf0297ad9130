import { expect, test } from 'vitest'
import { broughtLate, receivedBy } from '../../src/channel/received-at.ts'

const now = '2026-11-25T15:30:00.000Z'

test.each([
  ['brought at once', '2026-11-25T15:29:00.000Z', now],
  ['brought late', '2026-11-25T15:28:59.999Z', '2026-11-25T15:28:59.999Z'],
  ['brought after a day', '2026-11-24T15:30:00.000Z', '2026-11-24T15:30:00.000Z'],
  ['of a clock that is wrong', '2026-11-24T15:29:59.999Z', now],
  ['of the future', '2026-11-25T15:31:00.000Z', now],
])('a message %s', (_how, sent, received) => expect(receivedBy(Date.parse(sent), now)).toBe(received))

test('a message that says no instant is of now', () => expect(receivedBy(undefined, now)).toBe(now))

test.each([
  ['a minute after', '2026-11-25T15:29:00.000Z', {}],
  ['later', '2026-11-25T15:28:59.999Z', { broughtAt: '2026-11-25T15:30:00.000Z' }],
])('a message that came %s the channel had received it', (_when, receivedAt, late) =>
  expect(broughtLate(receivedAt, '2026-11-25T15:30:00.000Z')).toEqual(late),
)
