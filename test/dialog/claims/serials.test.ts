import { expect, test } from 'vitest'
import type { Account, Meter } from '../../../src/core/facts.ts'
import type { Facts } from '../../../src/core/store.ts'
import { findMeter } from '../../../src/dialog/form-meter.ts'
import { calling } from '../call/talk.ts'
import { memoryRegistry, STRANGER, talk } from '../talk.ts'

function meter(serial: string, more: Partial<Meter> = {}): Meter {
  const dial = { digits: 5, decimals: 0, lastValue: '10000', lastDate: '2026-10-22', monthlyUsage: '100' }
  const registers = [{ register: 'T1', zone: 'TOTAL' as const, ...dial }]
  return { meter: serial, service: 'ELECTRICITY', status: 'ACTIVE', replacedBy: null, ratio: 1, registers, ...more }
}

const account: Account = {
  branch: 'amur',
  account: '2880950001',
  oldAccount: null,
  unifiedAccount: null,
  phone: null,
  meters: [
    meter('0011112222'),
    meter('33334444'),
    meter('0033334444', { status: 'ARCHIVED' }),
    meter('0055556666', { status: 'ARCHIVED', replacedBy: '77778888' }),
    meter('77778888'),
    meter('123456-90'),
  ],
}
const registry = memoryRegistry([account])

/** A serial as it is given → what each channel makes of it; the texts say a value too. */
const rows: readonly (readonly [serial: string, byText: string, byForm: string, byCall: string])[] = [
  ['0011112222', 'accepted', '0011112222', 'value'],
  ['11112222', 'accepted', '0011112222', 'value'],
  ['00011112222', 'accepted', '0011112222', 'value'],
  ['33334444', 'accepted', '33334444', 'value'],
  ['0033334444', 'rejected;code=METER_ARCHIVED', 'rejected METER_ARCHIVED', 'meterReplaced'],
  // Without its zeros it could be either of two.
  ['033334444', 'rejected;code=METER_MISMATCH', 'rejected METER_MISMATCH', 'unclear'],
  ['55556666', 'held;code=METER_REPLACED', 'held METER_REPLACED', 'meterReplaced'],
  ['8888', 'accepted;flags="NO_SERIAL"', '77778888', 'value'],
  ['12345690', 'accepted', '123456-90', 'value'],
  ['5690', 'accepted;flags="NO_SERIAL"', '123456-90', 'value'],
]

test.each(rows)('«%s» is %s by text', (serial, byText) =>
  expect(talk(registry)(STRANGER, `2880950001 счётчик ${serial} показание 10110`).outcome).toBe(byText),
)

test.each(rows)('«%s», then %s, is %s on the form', (serial, _byText, byForm) => {
  const facts = { byAccount: () => [account], byAlias: () => [] } as unknown as Facts
  const found = findMeter({ account: account.account, meter: serial }, facts)
  const told = 'outcome' in found && 'code' in found.outcome ? `${found.outcome.kind} ${found.outcome.code}` : null
  expect(told ?? found.meter?.meter).toBe(byForm)
})

const SAID: Readonly<Record<string, string>> = {
  meterReplaced: 'Этот счётчик снят с учёта. Нужен номер действующего.',
  unclear: 'Не удалось разобрать.',
}

test.each(rows)(
  '«%s», %s by text and %s on the form, is %s in a call that asks which meter',
  (serial, _t, _f, byCall) => {
    const call = calling('+79990000001', { registry: memoryRegistry([{ ...account, phone: '+79990000001' }]) })
    call.start()
    const chosen = call.say('#0001')
    expect(chosen.stage).toBe('meter')
    const { stage, say } = call.say(`#${serial}`)
    expect(stage === 'value' ? stage : say[0]).toBe(SAID[byCall] ?? byCall)
  },
)

test.each(['ВК-140001', 'ВК140001', 'вк 140001', 'BK-140001'])('«%s» is one serial with letters', (serial) => {
  const say = talk(memoryRegistry([{ ...account, meters: [meter('ВК-140001'), meter('33334444')] }]))
  expect(say(STRANGER, `2880950001 ${serial} 10110`)).toMatchObject({
    outcome: 'accepted',
    accepted: [{ meter: 'ВК-140001', registers: { T1: '10110' } }],
  })
})

/** Rule 7: the successor may stand in the registry's next export. */
test.each([
  ['taken away', null, 'rejected;code=METER_ARCHIVED'],
  ['replaced by one that is not there yet', '77778888', 'held;code=METER_REPLACED'],
])('a value of an account whose only meter is %s ends as one with its serial does', (_how, replacedBy, outcome) => {
  const gone = meter('11112222', { status: 'ARCHIVED', replacedBy })
  for (const serial of ['11112222 ', '']) {
    const heard = talk(memoryRegistry([{ ...account, meters: [gone] }]))(STRANGER, `2880950001 ${serial}10110`)
    expect(heard).toMatchObject({ outcome, text: expect.stringContaining('*2222') })
  }
})

test('a value of four digits that comes after a wrong serial is no serial', () => {
  const known = meter('33334444')
  const registers = known.registers.map((one) => ({ ...one, lastValue: '5000' }))
  const say = talk(memoryRegistry([{ ...account, meters: [{ ...known, registers }] }]))
  expect(say(STRANGER, '2880950001 счётчик 99998888 5100').outcome).toBe('rejected;code=METER_MISMATCH')
  expect(say(STRANGER, '5100').outcome).toBe('accepted;flags="NO_SERIAL"')
})
