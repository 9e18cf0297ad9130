import { expect, test } from 'vitest'
import { MISTAKES } from '../handwriting/hand/mistakes.ts'
import { isFaithful, slipsRoundDrill } from './slips-round.ts'

test('slips written by hand are each decided once, and what a person must see is held (the full length: npm run drill)', async () => {
  const seed = Number(process.env['SEED'] ?? 20_261_128)
  const remarks: string[] = []
  const plan = { seed, slips: MISTAKES.length + 10, mistakes: MISTAKES, twiceIn: 4, dpiMax: 200 }
  const counts = await slipsRoundDrill(plan, (line) => void remarks.push(line))
  process.stdout.write(`slips round drill ${JSON.stringify(counts)}\n`)
  expect({ ...counts, remarks }).toMatchObject({ wrongAfter: 0, undecided: 0, found: counts.slips, doubledApart: 0 })
  expect({ isFaithful: isFaithful(counts), remarks }).toEqual({ isFaithful: true, remarks: [] })
  expect(counts.others).toBeGreaterThanOrEqual(8)
  expect(counts.readableAccepted).toBeGreaterThan(0)
  expect(counts.doubled).toBeGreaterThan(0)
})
