import { expect, test } from 'vitest'
import { describeWithKafka } from '../real/with-kafka.ts'
import { relayDrill } from './relay.ts'

describeWithKafka('the relay under kill -9', () => {
  test.skipIf(Boolean(process.env['KAFKA_BROKERS']))(
    'brings every event of the outbox once and in order, whatever is killed (the full length: npm run drill)',
    async () => {
      const drill = { seed: Number(process.env['SEED'] ?? 20_261_122), kills: 6, brokerKills: 1, events: 3_000 }
      const counts = await relayDrill(drill)
      process.stdout.write(`relay drill ${JSON.stringify(counts)}\n`)
      const nothing = { missing: 0, doubled: 0, foreign: 0, outOfOrder: 0, invalid: 0 }
      expect(counts).toMatchObject({ ...drill, arrived: 3_000, ...nothing })
    },
  )
})
