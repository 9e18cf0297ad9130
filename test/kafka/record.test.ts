import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf, publishError } from '../../src/kafka/failure.ts'
import { sends, topicMessages } from '../../src/kafka/messages.ts'
import { encodeRecord, type RecordParts } from '../../src/kafka/record.ts'
import { row } from '../outbox/fakes.ts'

const kafkajsRecord = createRequire(import.meta.url)('kafkajs/src/protocol/recordBatch/record/v0/index.js') as (
  parts: RecordParts,
) => { buffer: Buffer }

describe('a record', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constant('счёт 2880950488'))
  const parts = fc.record({
    offsetDelta: fc.nat(100_000),
    timestampDelta: fc.nat(100_000),
    key: fc.option(text),
    value: fc.oneof(text, fc.uint8Array({ maxLength: 20_000 }).map(Buffer.from)),
    headers: fc.dictionary(fc.string({ minLength: 1 }), text, { maxKeys: 12 }),
  })

  test("is byte for byte what kafkajs's own encoder writes", () => {
    fc.assert(
      fc.property(parts, (record) => {
        expect(encodeRecord(record).buffer.equals(kafkajsRecord(record).buffer)).toBe(true)
      }),
    )
  })

  test.each([63, 64, 8_191, 8_192])('is so too where its lengths take a byte more: %i', (bytes) => {
    for (const offsetDelta of [0, bytes]) {
      const record = {
        offsetDelta,
        key: 'k'.repeat(bytes),
        value: 'v'.repeat(bytes),
        headers: { a: 'h'.repeat(bytes) },
      }
      expect(encodeRecord(record).buffer.equals(kafkajsRecord(record).buffer)).toBe(true)
    }
  })

  test('may have a header twice, and leaves out one that is undefined', () => {
    const record = { key: 'k', value: 'v', headers: { a: ['1', '2'], b: Buffer.from([0xff]) } }
    expect(encodeRecord(record).buffer).toEqual(kafkajsRecord(record).buffer)
    expect(encodeRecord({ ...record, headers: { ...record.headers, c: undefined } }).buffer).toEqual(
      encodeRecord(record).buffer,
    )
  })
})

test('rows go to their topics in the order of seq, as they stand in the outbox', () => {
  const topics = { readings: 'r', rejected: 'x' }
  const rows = [row(1), { ...row(2), topic: 'rejected' as const }, row(3)]
  const message = (seq: number) => ({ key: 'amur/1', headers: { ce_id: `id-${seq}` }, value: `{"seq":${seq}}` })
  expect(topicMessages(rows, topics)).toEqual([
    { topic: 'r', messages: [message(1), message(3)] },
    { topic: 'x', messages: [message(2)] },
  ])
  expect(topicMessages([row(1)], topics)).toHaveLength(1)
})

test.each([
  ['nothing', 0, 0, []],
  ['few', 3, 1_000, [3]],
  ['as many as fit', 7, 99_000, [7]],
  ['one more', 8, 99_000, [7, 1]],
  ['many', 16, 99_000, [7, 7, 2]],
  ['each too large to go with another', 3, 900_000, [1, 1, 1]],
])('rows go in sends that no broker finds too large: %s', (_what, count, bytes, expected) => {
  const rows = Array.from({ length: count }, (_, index) => ({ ...row(index + 1), data: 'x'.repeat(bytes) }))
  expect(sends(rows).map(({ length }) => length)).toEqual(expected)
  expect(sends(rows).flat()).toEqual(rows)
})

describe('an error of kafkajs', () => {
  const error = (fields: object, message = 'words with an account 2880950488') =>
    Object.assign(new Error(message), fields)
  test.each([
    ['fenced', error({ type: 'INVALID_PRODUCER_EPOCH' }), 'fenced', 'INVALID_PRODUCER_EPOCH'],
    ['fenced by newer brokers', error({}, 'Unknown error code 90'), 'fenced', 'PRODUCER_FENCED'],
    ['within an error', error({ cause: error({ type: 'PRODUCER_FENCED' }) }), 'fenced', 'PRODUCER_FENCED'],
    ['no broker', error({ cause: error({ code: 'ECONNREFUSED' }) }), 'away', 'ECONNREFUSED'],
    ['not allowed', error({ type: 'TOPIC_AUTHORIZATION_FAILED' }), 'refused', 'TOPIC_AUTHORIZATION_FAILED'],
    ['a clock that is wrong', error({ type: 'INVALID_TIMESTAMP' }), 'refused', 'INVALID_TIMESTAMP'],
    ['too little time', error({ type: 'INVALID_TRANSACTION_TIMEOUT' }), 'refused', 'INVALID_TRANSACTION_TIMEOUT'],
    [
      'of several topics',
      error({ name: 'KafkaJSAggregateError', errors: [error({ type: 'INVALID_TOPIC_EXCEPTION' })] }),
      'refused',
      'INVALID_TOPIC_EXCEPTION',
    ],
    ['wrong password', error({ name: 'KafkaJSSASLAuthenticationError' }), 'refused', 'KafkaJSSASLAuthenticationError'],
    ['a broken sequence', error({ type: 'OUT_OF_ORDER_SEQUENCE_NUMBER' }), 'away', 'OUT_OF_ORDER_SEQUENCE_NUMBER'],
    ['a bug', new TypeError('x'), 'away', 'TypeError'],
    ['no error at all', 'x', 'away', 'UNKNOWN'],
  ])('%s', (_what, thrown, failure, code) => {
    expect(publishError(thrown)).toMatchObject({ failure, code, message: `Kafka ${failure}: ${code}` })
    expect(publishError(publishError(thrown))).toMatchObject({ failure, code })
    expect(codeOf(thrown)).toBe(code)
  })
})
