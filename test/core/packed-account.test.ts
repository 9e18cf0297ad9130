import { expect, test } from 'vitest'
import type { Account } from '../../src/core/facts.ts'
import { packAccount, unpackAccount } from '../../src/core/packed-account.ts'

const about = { branch: 'amur', account: '2880950488' }
const dial = { digits: 5, decimals: 0, lastValue: '4700', lastDate: '2026-10-22', monthlyUsage: '300' }
const active = { status: 'ACTIVE', replacedBy: null, ratio: 1 } as const
const one = { ...dial, register: 'T1', zone: 'TOTAL' } as const

/** Every service and every zone. Registries that were imported stand so on disks: a new word goes to the end of its list. */
const kept: readonly (readonly [facts: string, account: Account])[] = [
  [
    '["КР468713","31ДД437062","+79990000001",' +
      '["17",0,1,"18",40,["T1",3,5,0,"4700","2026-10-22","300"],["T2",4,5,0,"4700","2026-10-22","300"],' +
      '["T3",2,5,0,"4700","2026-10-22","300"],["T4",1,5,0,"4700","2026-10-22","300"]]]',
    {
      ...about,
      oldAccount: 'КР468713',
      unifiedAccount: '31ДД437062',
      phone: '+79990000001',
      meters: [
        {
          meter: '17',
          service: 'ELECTRICITY',
          status: 'ARCHIVED',
          replacedBy: '18',
          ratio: 40,
          registers: [
            { ...dial, register: 'T1', zone: 'PEAK' },
            { ...dial, register: 'T2', zone: 'HALF_PEAK' },
            { ...dial, register: 'T3', zone: 'NIGHT' },
            { ...dial, register: 'T4', zone: 'DAY' },
          ],
        },
      ],
    },
  ],
  [
    '[null,null,null,["1",1,0,null,1,["T1",0,5,0,"4700","2026-10-22","300"]],' +
      '["2",2,0,null,1,["T1",0,5,0,"4700","2026-10-22","300"]],["3",3,0,null,1,["T1",0,5,0,"4700","2026-10-22","300"]],' +
      '["4",4,0,null,1,["T1",0,5,0,"4700","2026-10-22","300"]]]',
    {
      ...about,
      oldAccount: null,
      unifiedAccount: null,
      phone: null,
      meters: [
        { ...active, meter: '1', service: 'COLD_WATER', registers: [one] },
        { ...active, meter: '2', service: 'HOT_WATER', registers: [one] },
        { ...active, meter: '3', service: 'HEAT', registers: [one] },
        { ...active, meter: '4', service: 'GAS', registers: [one] },
      ],
    },
  ],
]

test.each(kept)('what a disk has kept is read as it was meant, %#', (facts, account) => {
  expect(unpackAccount(['2880950488', 'amur', facts])).toEqual(account)
  expect(packAccount(account)).toBe(facts)
})
