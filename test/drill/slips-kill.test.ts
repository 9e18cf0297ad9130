import { expect, test } from 'vitest'
import { slipsKillDrill } from './slips-kill.ts'

test('a batch of slips whose gateway is killed at any moment is taken once, all of it (the full length: npm run drill)', async () => {
  const seed = Number(process.env['SEED'] ?? 20_261_122)
  const counts = await slipsKillDrill({ seed, pages: 8, kills: 3, aliveMsMax: 2_500 })
  process.stdout.write(`slips kill drill ${JSON.stringify(counts)}\n`)
  expect(counts).toMatchObject({ slips: counts.slipsUnkilled, events: counts.eventsUnkilled, doubled: 0 })
  expect(counts.kills).toBeGreaterThan(0)
})
