import { randomUUID } from 'node:crypto'
import { Kafka, logLevel } from 'kafkajs'
import { afterEach, expect, test } from 'vitest'
import type { OutboxRow } from '../../src/core/store.ts'
import { createKafkaPublisher, relayName } from '../../src/kafka/publisher.ts'
import type { Publisher } from '../../src/outbox/publisher.ts'
import { createRelay } from '../../src/outbox/relay.ts'
import { keptLog, memoryOutbox } from '../outbox/fakes.ts'
import { freePort } from '../real/free-port.ts'
import { describeWithKafka } from '../real/with-kafka.ts'
import { arrivals, consumed } from './arrivals.ts'
import { realWait } from './real-wait.ts'
import { sampleEvent } from './sample-events.ts'

const writtenAt = '2026-11-22T03:00:00.000Z'
const rowsOf = (count: number): OutboxRow[] =>
  Array.from({ length: count }, (_, index) => ({ seq: index + 1, writtenAt, ...sampleEvent(index + 1, 40) }))

describeWithKafka('the publisher', (brokers) => {
  const publishers: Publisher[] = []
  afterEach(async () => {
    for (const publisher of publishers.splice(0)) await publisher.close()
  })

  /** Topics and a store of one test's own. */
  function own() {
    const tag = randomUUID()
    const topics = { readings: `readings-${tag}`, rejected: `rejected-${tag}` }
    const log = keptLog()
    const publisher = (storeId: string = tag, to = brokers, partitions = 5): Publisher => {
      const settings = { brokers: to.split(','), ssl: false, sasl: null, topics, partitions }
      const made = createKafkaPublisher({ settings, storeId, log, wait: realWait })
      publishers.push(made)
      return made
    }
    const found = () => consumed(brokers, topics)
    return { tag, topics, log, publisher, found }
  }

  test('brings every event once, in order of its account, with valid headers and data, to topics that it made', async () => {
    const { log, publisher, found } = own()
    const outbox = memoryOutbox(rowsOf(3_000))
    await new Promise<void>((resolve) => {
      const parts = { store: outbox, publisher: publisher(), wait: realWait, random: Math.random, log }
      const onPublished = (_count: number, position: number) => position === 3_000 && relay.close().then(resolve)
      const relay = createRelay({ ...parts, onPublished, pace: { batchRows: 700 } })
    })
    const records = await found()
    const nothing = { missing: 0, doubled: 0, foreign: 0, outOfOrder: 0, invalid: 0 }
    expect(arrivals(outbox.rows, records)).toEqual({ arrived: 3_000, ...nothing })
    expect(new Set(records.readings.map(({ partition }) => partition)).size).toBe(5)
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
    expect(JSON.stringify(log.lines)).not.toMatch(/28809500|250592064|КР468713/)
  })

  test('reads its position back; a new store has none; a look does not take over', async () => {
    const { publisher } = own()
    const first = publisher()
    expect(await first.open()).toBe(null)
    await first.publish(rowsOf(7), 7)
    await first.publish([], 7)
    expect(await publisher().peek()).toBe(7)
    const ids = rowsOf(9).map(({ headers }) => headers['ce_id'])
    const second = publisher()
    expect(await second.open()).toEqual({ seq: 7, eventId: ids[6] })
    await second.publish([], 7)
    await second.publish(rowsOf(9).slice(7), 9)
    expect(await publisher().open()).toEqual({ seq: 9, eventId: ids[8] })
    expect(await publisher(randomUUID()).open()).toBe(null)
  })

  test('brings a large batch to a topic of one partition', async () => {
    const { tag, publisher, found } = own()
    const one = publisher(tag, brokers, 1)
    await one.open()
    await one.publish(rowsOf(4_000), 4_000)
    expect(arrivals(rowsOf(4_000), await found())).toMatchObject({
      arrived: 4_000,
      missing: 0,
      outOfOrder: 0,
    })
  })

  test('fences the one before it, whose open transaction leaves neither events nor a position', async () => {
    const { tag, topics, publisher, found } = own()
    const first = publisher()
    await first.open()
    await first.publish(rowsOf(5), 5)
    // A relay that dies after it has sent events and position, and before it commits.
    const kafka = new Kafka({
      brokers: brokers.split(','),
      logLevel: logLevel.NOTHING,
      retry: { initialRetryTime: 10 },
    })
    const dying = kafka.producer({ transactionalId: relayName(tag), maxInFlightRequests: 1, idempotent: true })
    await dying.connect()
    const transaction = await dying.transaction()
    const { key, headers, data } = sampleEvent(6, 40)
    await transaction.send({ topic: topics.readings, messages: [{ key, headers, value: data }] })
    const position = [{ topic: topics.readings, partitions: [{ partition: 0, offset: '6' }] }]
    await transaction.sendOffsets({ consumerGroupId: relayName(tag), topics: position })

    const second = publisher()
    expect(await second.open()).toEqual({ seq: 5, eventId: rowsOf(5)[4]?.headers['ce_id'] })
    await expect(transaction.commit()).rejects.toThrow()
    await dying.disconnect()
    await expect(first.publish(rowsOf(6).slice(5), 6)).rejects.toMatchObject({ failure: 'fenced' })
    await second.publish(rowsOf(6).slice(5), 6)
    expect(arrivals(rowsOf(6), await found())).toMatchObject({
      arrived: 6,
      missing: 0,
      doubled: 0,
      foreign: 0,
    })
  })

  test('says why a topic cannot be made: nobody but a person can help', async () => {
    const { publisher, topics } = own()
    await publisher('x').open()
    // To Kafka, a dot and a low line are the same in a topic's name.
    Object.assign(topics, { rejected: `${topics.readings}.a` })
    await publisher('y').open()
    Object.assign(topics, { rejected: `${topics.readings}_a` })
    await expect(publisher('z').open()).rejects.toMatchObject({ failure: 'refused', code: 'INVALID_TOPIC_EXCEPTION' })
  })

  test('says soon that nobody answers, and closes at once while it tries', async () => {
    const { publisher } = own()
    const nobody = `127.0.0.1:${await freePort()}`
    await expect(publisher('x', nobody).open()).rejects.toMatchObject({ failure: 'away', code: 'ECONNREFUSED' })
    const trying = publisher('y', nobody)
    const opening = trying.open()
    const began = performance.now()
    setTimeout(() => trying.close(), 20)
    await expect(opening).rejects.toMatchObject({ failure: 'away', code: 'CLOSED' })
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})
