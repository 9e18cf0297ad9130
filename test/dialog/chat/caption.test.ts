import { describe, expect, test } from 'vitest'
import { memoryRegistry } from '../talk.ts'
import { chats } from './talk.ts'

const BILL = { kind: 'identity', account: '2880950488', meter: '250592064305057' } as const
const TWO_ZONES = { kind: 'identity', account: '2891652287', meter: '5361493290684' } as const

/** What became of a photo of a bill with these words under it, sent by a stranger. */
function sent(bill: { kind: 'identity'; account: string; meter: string | null }, caption: string) {
  const { outcome, accepted, flags } = chats()('U1').send({ ...bill, caption })
  return [
    outcome,
    ...accepted.flatMap(({ meter, registers }) => [meter.slice(-4), ...Object.values(registers), ...flags]),
  ]
}

describe('a reading under the photo of a bill', () => {
  test.each([
    ['a number', BILL, '56311', ['accepted', '5057', '56311']],
    ['in words', BILL, 'Показания за ноябрь: 56311 квт', ['accepted', '5057', '56311']],
    ['two zones', TWO_ZONES, 'ночь 44090, день 29931', ['accepted', '0684', '29931', '44090']],
    [
      'of a bill that names no meter, where there is one',
      { ...BILL, meter: null },
      '56311',
      ['accepted;flags="NO_SERIAL"', '5057', '56311', 'NO_SERIAL'],
    ],
    [
      'of a bill that names no meter, where there are two',
      { ...BILL, account: '2800711268', meter: null },
      '508600',
      ['asked;code=METER_NEEDED'],
    ],
    ['one zone of two', TWO_ZONES, '29931', ['asked;code=FEW_VALUES']],
    ['far above', BILL, '57311', ['asked;code=VERY_HIGH']],
    ['that is none', BILL, '-56311', ['rejected;code=BAD_VALUE']],
    ['of an unknown account', { ...BILL, account: '2880950489' }, '56311', ['rejected;code=ACCOUNT_UNKNOWN']],
    ['of a serial that is not on the account', { ...BILL, meter: '77777' }, '56311', ['rejected;code=METER_MISMATCH']],
    ['of one that could be a value', { ...TWO_ZONES, meter: '29931' }, '44090', ['rejected;code=METER_MISMATCH']],
    [
      'of the old number, with the serial',
      { ...BILL, account: 'КР468713' },
      '56311',
      ['accepted;flags="OLD_ACCOUNT"', '5057', '56311', 'OLD_ACCOUNT'],
    ],
    [
      'of another account, by its number',
      BILL,
      '2891652287 29931 44090',
      ['asked;code=VALUES_NEEDED, accepted;flags="NO_SERIAL"', '0684', '29931', '44090', 'NO_SERIAL'],
    ],
  ])('%s', (_what, bill, caption, comesTo) => expect(sent(bill, caption)).toEqual(comesTo))

  test('goes to the bill, not to the account that the chat is bound to', () => {
    const user = chats()('U1')
    user.send(TWO_ZONES)
    expect(user.send({ ...BILL, caption: '56311' }).accepted).toMatchObject([{ account: '2880950488' }])
    const unknown = user.send({ ...BILL, account: '2880950489', caption: '29931 44090' })
    expect([unknown.outcome, unknown.accepted]).toEqual(['rejected;code=ACCOUNT_UNKNOWN', []])
  })

  test('binds the account as the photo alone does, and a value alone is enough then', () => {
    const user = chats()('U1')
    expect(user.send({ ...BILL, caption: '56311' }).text).toBe(
      'Принято: *5057 56311, за ноябрь.\nСчёт *0488 привязан к этому чату: писать его больше не нужно.',
    )
    expect(user.type('56312').outcome).toBe('accepted')
  })

  test('counts while an account is to be bound, too', () => {
    const user = chats()('U1')
    user.press('~bind')
    expect(user.send({ ...BILL, meter: null, caption: '56311' }).outcome).toBe('accepted;flags="NO_SERIAL"')
  })

  test('takes the place of one that waited for its account', () => {
    const user = chats()('U1')
    user.type('56311')
    const { outcome, accepted } = user.send({ ...BILL, caption: '56312' })
    expect([outcome, accepted.map(({ registers }) => registers)]).toEqual(['accepted', [{ T1: '56312' }]])
    expect(user.type('да').outcome).toBe('none;code=HELP')
  })

  test('is kept while there is no registry', () => {
    expect(chats(memoryRegistry([]))('U1').send({ ...BILL, caption: '56311' }).outcome).toBe(
      'held;code=REGISTRY_UNAVAILABLE',
    )
  })
})

describe('words under the photo of a bill that hold no reading', () => {
  test.each(['', 'мой счёт', 'да', 'Отмена', 'за ноябрь', 'оплатил 1500 руб.', 'Привязать счёт', 'помощь'])(
    '«%s» changes nothing',
    (caption) => {
      const [plain, with_] = [chats()('U1'), chats()('U1')]
      expect(with_.send({ ...BILL, caption }).message).toEqual(plain.send(BILL).message)
      expect(with_.type('56311').outcome).toBe('accepted')
    },
  )

  test('a yes among them confirms nothing that was asked before', () => {
    const user = chats()('U1')
    user.type('2891652287 5361493290684 29931 45090')
    expect(user.send({ ...BILL, caption: 'да' }).accepted).toEqual([])
  })
})

test('its words tell the language, not what the bill says', () => {
  expect(chats()('U1', 'en').send({ ...BILL, caption: 'reading 56311' }).text).toContain('Accepted')
})
