import { describe, expect, test } from 'vitest'
import type { Account, Meter, Register } from '../../src/core/facts.ts'
import { memoryRegistry, STRANGER, talk } from './talk.ts'

const zones = { 1: ['TOTAL'], 2: ['DAY', 'NIGHT'], 3: ['PEAK', 'HALF_PEAK', 'NIGHT'] } as const

/** A meter that stood at 10000 in each register a month ago, and uses 100 a month. */
function meter(serial: string, registers: 1 | 2 | 3 = 1): Meter {
  const dial = { digits: 5, decimals: 0, lastValue: '10000', lastDate: '2026-10-22', monthlyUsage: '100' }
  const register = (zone: Register['zone'], at: number): Register => ({ register: `T${at + 1}`, zone, ...dial })
  const all = zones[registers].map(register)
  return { meter: serial, service: 'ELECTRICITY', status: 'ACTIVE', replacedBy: null, ratio: 1, registers: all }
}

/** A conversation of a stranger about one account. */
function about(meters: readonly Meter[], more: Partial<Account> = {}) {
  const account = { branch: 'amur', account: '2880950001', oldAccount: null, unifiedAccount: null, phone: null }
  const say = talk(memoryRegistry([{ ...account, ...more, meters }]))
  return (text: string) => say(STRANGER, text)
}

describe('a question that another one takes the place of', () => {
  test('is held with its reading, though a question beside it was answered', () => {
    const say = about([meter('111111111'), meter('222222222')])
    const both = say('2880950001 111111111 11300 222222222 11500')
    expect(both.decision).toMatchObject({ opens: true, settles: [] })
    const other = say('111111111 11100')
    expect(other).toMatchObject({ outcome: 'asked;code=VERY_HIGH', decision: { opens: true, settles: [] } })
    expect(say('да').decision.settles).toEqual([other.decision.answer.submissionId])
  })
})
