import { expect, test } from 'vitest'
import { fuzzDrill, isUnmoved } from './fuzz.ts'

test('fuzzed requests to every route make no failure, no crash, and leave no memory behind (the full length: npm run drill)', async () => {
  const counts = await fuzzDrill({ seed: Number(process.env['SEED'] ?? 20_261_122), requests: 3_000 })
  process.stdout.write(`fuzz drill ${JSON.stringify(counts)}\n`)
  expect(counts).toMatchObject({ failures: [], failed: 0, errors: 0, alive: true, identity: true })
  expect(isUnmoved(counts)).toBe(true)
})
