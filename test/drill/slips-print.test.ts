import { expect, test } from 'vitest'
import { slipsPrintDrill } from './slips-print.ts'

test('slips of thousands of accounts are printed in little memory, every page there (the full length: npm run drill)', async () => {
  const [few, many] = await slipsPrintDrill({ accounts: [500, 3_000] })
  process.stdout.write(`slips print drill ${JSON.stringify([few, many])}\n`)
  for (const print of [few, many]) expect(print?.pages).toBe(print?.pagesWanted)
  expect(many?.residentMegabytesMax).toBeLessThan(350)
})
