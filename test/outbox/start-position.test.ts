import { expect, test } from 'vitest'
import { startPosition } from '../../src/outbox/start-position.ts'
import { keptLog } from './fakes.ts'

// Kafka's position, the noted one, the store's last seq → where to begin, and what is said of it.
test.each([
  ['a new store begins at the beginning', null, 0, 9, 0, []],
  ['Kafka knows best', 7, 5, 9, 7, []],
  ['all is published', 9, 9, 9, 9, []],
  ['the offset has expired in Kafka', null, 7, 9, 7, ['warn']],
  ['Kafka was put back', 3, 7, 9, 7, ['warn']],
  ['the store was put back, so that its new events would be passed over', 20, 5, 9, 5, ['error']],
  ['published rows were purged from the outbox', 20, 20, 0, 20, []],
])('%s', async (_why, kafka, noted, lastSeq, expected, levels) => {
  const log = keptLog()
  const store = { notedPosition: async () => noted, outboxState: async () => ({ lastSeq, oldestWaitingAt: null }) }
  expect(await startPosition(kafka, store, log)).toBe(expected)
  expect(log.lines.map(({ level }) => level)).toEqual(levels)
})
