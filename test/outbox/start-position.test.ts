import { expect, test } from 'vitest'
import { startPosition } from '../../src/outbox/start-position.ts'
import { keptLog, row } from './fakes.ts'

const id = (seq: number) => ({ seq, eventId: `id-${seq}` })

// Kafka's position, the noted one, the store's last seq → where to begin, and what is said of it.
test.each([
  ['a new store begins at the beginning', null, 0, 9, 0, []],
  ['Kafka knows best', id(7), 5, 9, 7, []],
  ['all is published', id(9), 9, 9, 9, []],
  ['all is published, and the note of it was lost', id(9), 5, 9, 9, []],
  ['the offset has expired in Kafka', null, 7, 9, 7, ['warn']],
  ['Kafka was put back', id(3), 7, 9, 7, ['warn']],
  ['the store was put back, so that its new events would be passed over', id(20), 5, 9, 5, ['error']],
  ['…and has given the seq to another event since', { seq: 7, eventId: 'lost' }, 5, 9, 5, ['error']],
  ['the event was not written down in Kafka', { seq: 7, eventId: null }, 5, 9, 7, []],
  ['published rows were purged from the outbox', id(20), 20, 0, 20, []],
])('%s', async (_why, kafka, noted, lastSeq, expected, levels) => {
  const log = keptLog()
  const store = {
    notedPosition: async () => noted,
    outboxState: async () => ({ lastSeq, oldestWaitingAt: null }),
    outboxAfter: async (after: number) => (after < lastSeq ? [row(after + 1)] : []),
  }
  expect(await startPosition(kafka, store, log)).toBe(expected)
  expect(log.lines.map(({ level }) => level)).toEqual(levels)
})

test('an event that was purged meanwhile is no other one', async () => {
  const store = {
    notedPosition: async () => 5,
    outboxState: async () => ({ lastSeq: 9, oldestWaitingAt: null }),
    outboxAfter: async () => [row(8)],
  }
  expect(await startPosition(id(7), store, keptLog())).toBe(7)
})
