import { describe, expect, test } from 'vitest'
import { doubtLine, slipLines } from '../../src/cli/review-screen.ts'
import type { ReadRegister, WaitingSlip } from '../../src/core/slip-claim.ts'

const register: ReadRegister = { register: 'T1', value: '4557', confidence: 0.999_99, sure: true }
const slip: WaitingSlip = {
  number: 7,
  submissionId: 'the-slip',
  deliveryId: 'paper',
  identity: '5012345678/011234567890/2026-11',
  place: { scan: 'a', page: 0, position: 1 },
  paper: '',
  registers: [register],
  receivedAt: '2026-11-22T03:00:00.000Z',
  review: 'held',
}
const shown = (change: Partial<WaitingSlip> = {}) => slipLines({ ...slip, ...change }, 'the.png').join('\n')

describe('a slip on the screen', () => {
  test.each([
    ['Slip 7 (not surely read)', {}],
    ['Slip 7 (not surely read)', { heldFor: 'UNREADABLE' }],
    ['Slip 7 (one of the first)', { review: 'first', heldFor: 'UNREADABLE' }],
    ['Slip 7 (one of the random share, accepted as it was read)', { review: 'audit' }],
    ['Slip 7 (VERY_HIGH: Far more than usual.)', { heldFor: 'VERY_HIGH' }],
  ] as const)('says why it waits: %s', (says, change) => expect(shown(change)).toContain(says))

  test('never says that a reading is surer than it is', () => expect(shown()).toContain('T1       4557  99.99 %'))

  test('says what to look at where a register is not surely read, and nothing where it is', () => {
    const doubted = { ...register, register: 'T2', confidence: 0.9999, sure: false, why: 'JUNK' } as const
    const lines = shown({ registers: [register, doubted] }).split('\n')
    expect(lines.at(-2)).toMatch(/^ {2}T1.*%$/)
    expect(lines.at(-1)).toMatch(/^ {2}T2.*look: a box may be crossed out/)
  })

  test('says that its code is not readable', () => expect(shown({ identity: '' })).toContain('code     not readable'))
})

test.each([
  [{ kind: 'asked', code: 'VERY_HIGH' }, '  Far more than usual. VERY_HIGH: is it written so? yes, or'],
  [{ kind: 'held', code: 'OVER_CAP' }, 'OVER_CAP: is it written so? yes (then it is held), or'],
  [{ kind: 'rejected', code: 'METER_MISMATCH' }, 'METER_MISMATCH: is it written so? yes (then it is refused), or'],
] as const)('what speaks against %j is said in words, with what a yes makes of it', (outcome, says) =>
  expect(doubtLine(outcome)).toContain(says),
)
