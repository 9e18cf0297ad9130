import { expect, test } from 'vitest'
import { describeWithKafka } from '../real/with-kafka.ts'
import { nothing } from './ledger.ts'
import { storeDrill, storeDrills } from './store.ts'

describeWithKafka('while the store fails under load', (brokers) => {
  test.each(storeDrills)(
    '(%s) every message is taken once in the end (the full length: npm run drill)',
    async (what) => {
      const drill = { seed: Number(process.env['SEED'] ?? 20_261_122), what, strikes: 2 }
      const counts = await storeDrill(drill, brokers)
      process.stdout.write(`store drill ${JSON.stringify(counts)}\n`)
      expect(counts).toMatchObject({ ...drill, wrong: 0, unanswered: 0, ...nothing })
      expect(counts.refused).toBeGreaterThan(0)
      expect(counts.events).toBe(counts.messages)
    },
  )
})
