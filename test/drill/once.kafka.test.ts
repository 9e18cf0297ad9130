import { expect, test } from 'vitest'
import { describeWithKafka } from '../real/with-kafka.ts'
import { nothing } from './ledger.ts'
import { onceDrill } from './once.ts'

describeWithKafka('the same message, posted 50 times at the same time,', (brokers) => {
  test('gets the same answer each time, after restarts too, and makes one event', async () => {
    const counts = await onceDrill({ messages: 3, parallel: 50 }, brokers)
    process.stdout.write(`once drill ${JSON.stringify(counts)}\n`)
    expect(counts).toMatchObject({ messages: 3, posts: 450, differing: 0, events: 3, ...nothing })
  })
})
