import { expect, test } from 'vitest'
import { callsDrill } from './calls.ts'

test('a hundred callers at once, the gateway killed under them: who goes on finishes, with one event (the full length: npm run drill)', async () => {
  const counts = await callsDrill({ calls: 100, kills: 1 })
  process.stdout.write(`calls drill ${JSON.stringify(counts)}\n`)
  expect(counts).toMatchObject({ finished: 100, events: 100, missing: 0, doubled: 0, differing: 0 })
  expect(counts.again).toBeGreaterThan(0)
})
