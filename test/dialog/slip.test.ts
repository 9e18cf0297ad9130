import { describe, expect, test } from 'vitest'
import { outcomeHeader } from '../../schemas/outcome.ts'
import type { Register, Standing } from '../../src/core/facts.ts'
import type { BoxSeen, RowSeen, SlipIdentity } from '../../src/core/slip.ts'
import type { SlipClaim } from '../../src/core/slip-claim.ts'
import { identityIn } from '../../src/dialog/slip.ts'
import { account, decideOf, meter, type World } from './slip-world.ts'

/** What the net says of a digit that is plainly written; ` ` for an empty box, `x` for one that is crossed out, `?` for 1 or 7. */
function box(sign: string): BoxSeen {
  const none = { digits: Array<number>(10).fill(0), empty: 0, dash: 0, junk: 0 }
  if (sign === ' ') return { ...none, empty: 1 }
  if (sign === 'x') return { ...none, digits: none.digits.with(8, 0.2), junk: 0.8 }
  if (sign === '?') return { ...none, digits: none.digits.with(1, 0.55).with(7, 0.45) }
  return { ...none, digits: none.digits.map((_, digit) => (digit === Number(sign) ? 0.9999 : 0.0001 / 9)) }
}

const row = (written: string): RowSeen => ({
  register: 'T1',
  whole: 5,
  decimals: 0,
  boxes: [...written.padStart(5)].map(box),
  strayInk: false,
})
const whose = (change: Partial<SlipIdentity> = {}): SlipIdentity => ({
  account: '2800000001',
  meter: '0012345678',
  printedFor: '2025-03',
  ...change,
})

function decided(
  written: string,
  about: { identity?: SlipIdentity | null; review?: SlipClaim['review']; at?: string } = {},
  world: World = {},
) {
  const { identity = whose(), review = null, at = '2026-11-22T03:00:00.000Z' } = about
  const seen = { identity, rows: [row(written)] }
  const slip: SlipClaim = { seen, place: { scan: 'a', page: 0, position: 1 }, paper: 'AA', review, sureFrom: 0.999 }
  return decideOf({ slip }, at, world)
}

const outcome = (...given: Parameters<typeof decided>) => outcomeHeader(decided(...given).answer.outcomes)

describe('a slip', () => {
  test.each([
    ['that is plainly written', '4990', {}, 'accepted'],
    ['with zeros in front', '04990', {}, 'accepted'],
    ['with a digit that could be two', '49?0', {}, 'held;code=UNREADABLE'],
    ['with a digit crossed out', '4x90', {}, 'held;code=UNREADABLE'],
    ['with nothing on it', '', {}, 'held;code=UNREADABLE'],
    ['whose code can’t be read', '4990', { identity: null }, 'held;code=UNREADABLE'],
    ['one of the first', '4990', { review: 'first' }, 'held;code=UNREADABLE'],
    ['of the random share', '4990', { review: 'audit' }, 'accepted'],
    ['far above the usual', '5690', {}, 'held;code=VERY_HIGH'],
    ['of an unknown account', '4990', { identity: whose({ account: '2800000009' }) }, 'rejected;code=ACCOUNT_UNKNOWN'],
    ['of another’s meter', '4990', { identity: whose({ meter: '5550001' }) }, 'rejected;code=METER_MISMATCH'],
    ['of a replaced meter', '4990', { identity: whose({ meter: '777000111' }) }, 'held;code=METER_REPLACED'],
    ['of a meter taken away', '4990', { identity: whose({ meter: '888000111' }) }, 'rejected;code=METER_ARCHIVED'],
    ['with an old account', '4990', { identity: whose({ account: 'КР468713' }) }, 'accepted;flags="OLD_ACCOUNT"'],
    ['from a box emptied late', '4990', { at: '2026-11-25T15:00:00Z' }, 'accepted;flags="OUT_OF_WINDOW"'],
  ] as const)('%s is %s → %j: %s', (_what, written, about, expected) => expect(outcome(written, about)).toBe(expected))

  test('makes an event of its channel and quality, for the month of its box, whatever month it was printed for', () => {
    const [event] = decided('4990').events
    expect(JSON.parse(event?.data ?? '{}')).toMatchObject({ channel: 'SLIP', quality: 'SCAN', period: '2026-11' })
    const late = decided('4990', { at: '2026-11-25T15:00:00Z' })
    expect(late.answer.items[0]?.period).toBe('2026-12')
  })

  test('keeps what was read for the person who looks at it, and why', () => {
    const unsure = { value: '4910', sure: false, why: 'UNCERTAIN' }
    expect(decided('49?0').slip).toMatchObject({ review: 'held', heldFor: 'UNREADABLE', registers: [unsure] })
    expect(decided('4x90').slip?.registers).toMatchObject([{ sure: false, why: 'JUNK' }])
    expect(decided('5690').slip).toMatchObject({ review: 'held', heldFor: 'VERY_HIGH', registers: [{ sure: true }] })
    for (const kept of ['why', 'heldFor']) expect(JSON.stringify(decided('4990').slip)).not.toContain(kept)
    expect(decided('4990', { review: 'first' }).slip?.review).toBe('first')
    expect(decided('4990', { review: 'audit' }).slip?.review).toBe('audit')
    expect(decided('4990').slip?.review).toBe(null)
    expect(decided('4990', { identity: whose({ account: '2800000009' }) }).slip?.review).toBe(null)
  })

  test.each(['empty', 'stale', 'down'] as const)('waits for a registry that is %s', (registry) => {
    expect(outcome('4990', {}, { registry })).toBe('held;code=REGISTRY_UNAVAILABLE')
    expect(decided('4990', {}, { registry }).slip?.review).toBe(null)
  })

  test('of a meter whose registers are T1 and T3 fills them in their order: its code only counts the rows', () => {
    const registers = ['T1', 'T3'].map((name) => ({ ...(meter.registers[0] as Register), register: name }))
    const two = { ...meter, registers }
    const seen = { identity: whose(), rows: [row('4990'), { ...row('4870'), register: 'T2' }] }
    const slip: SlipClaim = {
      seen,
      place: { scan: 'a', page: 0, position: 1 },
      paper: 'AA',
      review: null,
      sureFrom: 0.9,
    }
    const decision = decideOf({ slip }, '2026-11-22T03:00:00.000Z', { accounts: [{ ...account, meters: [two] }] })
    expect(outcomeHeader(decision.answer.outcomes)).toBe('accepted')
    expect(decision.readings[0]?.registers).toEqual({ T1: '4990', T3: '4870' })
  })

  test.each([
    ['2800000001', '0012345678'],
    ['12345/67', '0118-05'],
    ['12345/67', 'АБ-123/20'],
  ])('of account %s and meter %s is known by them to whoever reviews it', (number, serial) => {
    const { slip } = decided('4990', { identity: whose({ account: number, meter: serial }) })
    expect(identityIn(slip?.identity ?? '')).toEqual({ account: number, meter: serial })
  })

  const standing = (change: Partial<Standing>): Standing => ({
    branch: 'amur',
    account: '2800000001',
    meter: '0012345678',
    period: '2026-11',
    registers: { T1: '4990' },
    orderAt: '2026-11-21T03:00:00.000Z',
    eventId: '7d3c1f0e-8f0b-5c55-9a52-6d1a1d6b5c11',
    byOperator: false,
    ...change,
  })

  test.each([
    ['another paper with the same values', '4990', {}, 'duplicate'],
    ['another paper with other values', '4991', {}, 'accepted'],
    [
      'an earlier box than the standing reading',
      '4991',
      { orderAt: '2026-11-23T03:00:00.000Z' },
      'rejected;code=SUPERSEDED',
    ],
    ['where an operator’s stands', '4991', { byOperator: true }, 'held;code=OPERATOR_STANDS'],
  ])('%s (%s): %j → %s', (_what, written, change, expected) =>
    expect(outcome(written, {}, { standing: [standing(change)] })).toBe(expected),
  )
})
