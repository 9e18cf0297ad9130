import { expect, test } from 'vitest'
import { slipsFuzzDrill } from './slips-fuzz.ts'

test('spoilt scans and bombs are refused with a reason, and the next scan is read (the full length: npm run drill)', async () => {
  const counts = await slipsFuzzDrill({ seed: Number(process.env['SEED'] ?? 20_261_122), files: 140 })
  process.stdout.write(`slips fuzz drill ${JSON.stringify(counts)}\n`)
  expect(counts).toMatchObject({ threadsLost: 0, silent: 0, sound: true })
  expect(counts.refused).toBeGreaterThan(20)
}, 120_000)
