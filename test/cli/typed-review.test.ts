import { describe, expect, test } from 'vitest'
import { typedReview } from '../../src/cli/typed-review.ts'
import type { WaitingSlip } from '../../src/core/slip-claim.ts'

/** One whose code can't be read. */
const slip: WaitingSlip = {
  number: 1,
  submissionId: 'the-slip',
  deliveryId: 'paper',
  identity: '',
  place: { scan: 'a', page: 0, position: 1 },
  paper: '',
  registers: [],
  receivedAt: '2026-11-22T03:00:00.000Z',
  review: 'held',
}

function typed(line: string, identity = '', registers: WaitingSlip['registers'] = []): unknown {
  const said = typedReview(line, { ...slip, identity, registers })
  return said.kind === 'review' ? [said.review.account, said.review.meter, said.review.values] : said.kind
}

describe('what a clerk types of a slip whose code is not readable', () => {
  test.each([
    ['5012345678 011234567890 4557', ['5012345678', '011234567890', { T1: '4557' }]],
    ['5012345678-88 011234567890 4557', ['5012345678', '011234567890', { T1: '4557' }]],
    ['12345/67-95 1234567890 4557,3', 'unclear'],
    ['5012345687-88 011234567890 4557', 'unclear'],
    ['5012345678-88 011234567980 4557', 'unclear'],
    ['80СБ140983-01 011234567890 4557', ['80СБ140983-01', '011234567890', { T1: '4557' }]],
    ['4557', 'unclear'],
    ['5012345678 011234567890 Т2 456 4557', ['5012345678', '011234567890', { T2: '456', T1: '4557' }]],
    ['5012345678 011234567890 T1 4557 T1 4558', 'unclear'],
    ['5012345678 011234567890 T1 4557 T2', 'unclear'],
    ['unreadable', ['', '', null]],
  ])('%s → %j', (line, expected) => expect(typed(line)).toEqual(expected))
})

test('a serial with a slash is the whole serial', () => {
  expect(typed('4557', '12345/67/0118|05/2026-11')).toEqual(['12345/67', '0118/05', { T1: '4557' }])
})

describe('what a clerk types of a slip whose code is readable', () => {
  const read = (register: string) => ({ register, value: '4557', confidence: 0.9, sure: false })
  const own = (values: Readonly<Record<string, string>>) => ['5012345678', '011234567890', values]
  const another = (values: Readonly<Record<string, string>>) => ['5012345679', '777', values]

  test.each([
    ['4557', ['T1'], own({ T1: '4557' })],
    ['', ['T1'], own({ T1: '4557' })],
    ['T2 1 T1 2', ['T1', 'T2'], own({ T2: '1', T1: '2' })],
    ['1 2 3', ['T1', 'T2', 'T3'], own({ T1: '1', T2: '2', T3: '3' })],
    ['5012345679 777 4557', ['T1'], another({ T1: '4557' })],
    ['5012345679 777 T2 1 T1 2', ['T1', 'T2'], another({ T2: '1', T1: '2' })],
    ['5012345678-89 011234567890 4557', ['T1'], 'unclear'],
    ['4557 4558', ['T1'], 'unclear'],
    ['777 4557', ['T1'], 'unclear'],
    ['5012345679 777 1', ['T1', 'T2'], 'unclear'],
  ] as const)('%s for %j → %j', (line, registers, expected) =>
    expect(typed(line, '5012345678/011234567890/2026-11', registers.map(read))).toEqual(expected),
  )
})

test.each([
  ['back', { kind: 'back', to: null }],
  [' B ', { kind: 'back', to: null }],
  ['back 54', { kind: 'back', to: 54 }],
])('%j leads to another slip', (line, expected) => expect(typedReview(line, slip)).toEqual(expected))

test.each(['back one', 'back 54x', 'backwards'])('%j leads nowhere', (line) =>
  expect(typedReview(line, slip).kind).toBe('unclear'),
)
