import { expect, test } from 'vitest'
import { describeWithKafka } from '../real/with-kafka.ts'
import { awayDrill } from './away.ts'
import { nothing } from './ledger.ts'

describeWithKafka('while the broker is away under load', () => {
  test.skipIf(Boolean(process.env['KAFKA_BROKERS']))(
    'no answer fails, and afterwards the outbox drains to zero (the full length: npm run drill)',
    async () => {
      const counts = await awayDrill({ awayMs: 6_000 })
      process.stdout.write(`away drill ${JSON.stringify(counts)}\n`)
      expect(counts).toMatchObject({ unanswered: 0, ...nothing, during: { failed: 0 } })
      expect(counts.during.posts).toBeGreaterThan(200)
      expect(counts.depth).toBeGreaterThan(200)
      expect(counts.events).toBe(counts.messages)
    },
  )
})
