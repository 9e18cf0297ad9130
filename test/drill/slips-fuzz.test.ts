import { expect, test } from 'vitest'
import { slipsFuzzDrill } from './slips-fuzz.ts'

test('spoilt scans and bombs in the inbox fail with a reason, nothing is lost, and the next scan is read (the full length: npm run drill)', async () => {
  const counts = await slipsFuzzDrill({ seed: Number(process.env['SEED'] ?? 20_261_122), files: 60 })
  process.stdout.write(`slips fuzz drill ${JSON.stringify(counts)}\n`)
  expect(counts).toMatchObject({ lost: 0, threadsLost: 0, putOff: 0, sound: true })
  expect(counts.done + counts.failed).toBe(counts.files)
  expect(counts.failed).toBeGreaterThan(20)
  expect(counts.stored).toBeGreaterThan(0)
}, 300_000)
