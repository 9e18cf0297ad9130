import { expect, test } from 'vitest'
import { describeWithKafka } from '../real/with-kafka.ts'
import { killDrill } from './kill.ts'
import { nothing } from './ledger.ts'

describeWithKafka('the gateway and its broker under kill -9', () => {
  test.skipIf(Boolean(process.env['KAFKA_BROKERS']))(
    'bring every answered message to the topic exactly once, and no other (the full length: npm run drill)',
    async () => {
      const drill = { seed: Number(process.env['SEED'] ?? 20_261_122), kills: 4, brokerKills: 1 }
      const counts = await killDrill(drill)
      process.stdout.write(`kill drill ${JSON.stringify(counts)}\n`)
      expect(counts).toMatchObject({ ...drill, ...nothing })
      expect(counts.answered).toBeGreaterThan(200)
    },
  )
})
