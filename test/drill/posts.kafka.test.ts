import { expect, test } from 'vitest'
import { describeWithKafka } from '../real/with-kafka.ts'
import { nothing } from './ledger.ts'
import { postsDrill } from './posts.ts'

describeWithKafka('signed posts, 50 at a time,', (brokers) => {
  test('arrive as exactly as many events, valid, in order for each account (the full length: npm run drill)', async () => {
    const counts = await postsDrill({ posts: 2_000, parallel: 50 }, brokers)
    process.stdout.write(`posts drill ${JSON.stringify(counts)}\n`)
    expect(counts).toMatchObject({ messages: 2_000, answered: 2_000, events: 2_000, unanswered: 0, ...nothing })
  })
})
