import { Branch } from '../../src/core/branch.ts'

/** A branch whose accounts have ten digits, open to the 25th; what comes later counts for the next month. */
export const amur = Branch.parse({
  id: 'amur',
  name: 'Amur',
  timeZone: 'Asia/Yakutsk',
  window: { fromDay: 20, toDay: 25, closesAt: '24:00', outside: 'next-period' },
  accountPattern: '^\\d{10}$',
})
