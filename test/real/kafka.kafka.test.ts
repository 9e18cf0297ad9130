import { Kafka, logLevel } from 'kafkajs'
import { expect, test } from 'vitest'
import { consoleConsumer } from './console-consumer.ts'
import { startKafka } from './kafka.ts'
import { describeWithKafka } from './with-kafka.ts'

const silent = { logLevel: logLevel.NOTHING, retry: { initialRetryTime: 10, retries: 20 } }

async function makeTopic(brokers: string, topic: string): Promise<Kafka> {
  const kafka = new Kafka({ brokers: [brokers], ...silent })
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 1 }] })
  await admin.disconnect()
  return kafka
}

describeWithKafka('the real broker', (brokers) => {
  test('shows a committed record whole, and an aborted one not at all', async () => {
    const kafka = await makeTopic(brokers, 'harness')
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, transactionalId: 'harness' })
    await producer.connect()
    for (const [value, fate] of [
      ['{"a":"kept: 1"}', 'commit'],
      ['{"a":"dropped"}', 'abort'],
    ] as const) {
      const transaction = await producer.transaction()
      await transaction.send({ topic: 'harness', messages: [{ key: 'amur/1', value, headers: { ce_id: 'x:y,z' } }] })
      await transaction[fate]()
    }
    await producer.disconnect()
    expect(await consoleConsumer(brokers, 'harness')).toEqual([
      { partition: 0, offset: 0, headers: { ce_id: 'x:y,z' }, key: 'amur/1', value: '{"a":"kept: 1"}' },
    ])
  })

  test.skipIf(Boolean(process.env['KAFKA_BROKERS']))(
    'a broker of one’s own keeps its records through kill -9',
    async () => {
      const own = await startKafka()
      try {
        const producer = (await makeTopic(own.brokers, 'own')).producer()
        await producer.connect()
        await producer.send({ topic: 'own', acks: -1, messages: [{ key: 'k', value: 'before' }] })
        await own.kill9?.()
        await own.restart?.()
        await producer.send({ topic: 'own', acks: -1, messages: [{ key: 'k', value: 'after' }] })
        await producer.disconnect()
        const records = await consoleConsumer(own.brokers, 'own')
        expect(records.map(({ value }) => value)).toEqual(['before', 'after'])
      } finally {
        await own.stop()
      }
    },
  )
})
