import { describe, expect, test } from 'vitest'
import type { Account } from '../../../src/core/facts.ts'
import { fixtureAccounts } from '../../core/fixture-registry.ts'
import { changingRegistry, NOON, STRANGER } from '../talk.ts'
import { calling } from './talk.ts'

/** A call during which the clock goes on, and the registry may be imported anew. */
function changing(from: string, at: string = NOON) {
  const { reader, imported } = changingRegistry()
  const call = calling(from, { at, registry: reader })
  return {
    ...call,
    says(...turns: readonly string[]) {
      let last = call.start()
      for (const turn of turns) last = call.say(turn)
      return last
    },
    /** The account as the new registry has it; null: no more. */
    imports(number: string, changed: (account: Account) => Account | null) {
      const accounts = [...fixtureAccounts().values()].flatMap((one) =>
        one.account === number ? (changed(one) ?? []) : one,
      )
      imported(accounts)
    },
  }
}

describe('the window closes during the call', () => {
  test('where that is refused, it is said when to call, and nothing else is asked', () => {
    const { says, goesOn, say } = changing('+79637176013', '2026-11-25T12:59:50Z')
    says('#6888')
    goesOn('2026-11-25T13:00:10Z')
    say('#78200')
    const { say: said, outcome, expect: expected } = say('#1')
    expect([outcome, said, expected]).toEqual([
      'rejected;code=OUT_OF_WINDOW',
      [
        'Сейчас показания не принимаем.',
        'Позвоните с пятнадцатого по двадцать пятое декабря.',
        'Спасибо за звонок. До свидания!',
      ],
      null,
    ])
  })

  test('what was said in time counts, whenever it is confirmed', () => {
    const { says, goesOn, say } = changing('+79637176013', '2026-11-25T12:59:50Z')
    says('#6888', '#78200')
    goesOn('2026-11-25T13:00:10Z')
    expect(say('#1').outcome).toMatch(/^accepted/)
  })
})

describe('the registry is imported anew during the call', () => {
  test('a register that is new is asked for, and what was said of the other stays', () => {
    const { says, imports, say } = changing(STRANGER)
    says('#2880950488', '#5057', '#56311')
    imports('2880950488', twoZoned)
    const { outcome, say: said, expect: expected, stage } = say('#1')
    expect([outcome, said, expected?.register, stage]).toEqual([
      'asked;code=FEW_VALUES',
      ['Назовите ночное показание.'],
      'T2',
      'value',
    ])
    expect(say('#1100').say[1]).toBe('Ночь: 1 1, 0 0.')
    expect(say('#1').outcome).toMatch(/^accepted/)
  })

  test.each([
    ['#1', ['#57000', '#1'], 'held;code=VERY_HIGH'],
    ['#1', ['#56311'], 'held;code=UNCONFIRMED'],
    ['#2', ['#56311'], 'none;code=CANCELLED'],
  ])(
    'the account is gone when %s answers what was read back (%j): an operator takes over',
    (answer, before, outcome) => {
      const { says, imports, say } = changing(STRANGER)
      says('#2880950488', '#5057', ...before)
      imports('2880950488', () => null)
      const last = say(answer)
      expect([last.outcome, last.transfer?.account]).toEqual([outcome, '2880950488'])
    },
  )

  test('a register that is new is read back like the others, at whatever question it came', () => {
    const { says, imports, say } = changing(STRANGER)
    says('#2880950488', '#5057')
    imports('2880950488', twoZoned)
    say('#56311')
    expect(say('#1100').say.slice(0, 2)).toEqual(['День: 5 6, 3 1 1.', 'Ночь: 1 1, 0 0.'])
  })

  test.each([
    ['a value', STRANGER, ['#2880950488', '#5057'], '2880950488', '2880950488'],
    ['which meter', '+79097140165', ['#1268'], '2800711268', '2800711268'],
  ])(
    'the account is gone while %s is asked for: an operator takes over, whatever is said',
    (_what, from, turns, number, known) => {
      for (const answer of ['#*', '…', '#1']) {
        const { says, imports, say } = changing(from)
        says(...turns)
        imports(number, () => null)
        expect(say(answer).transfer?.account).toBe(known)
      }
    },
  )
})

test.each([['#*'], ['…'], ['#1']])('without the registry no question is left without its words (%s)', (answer) => {
  for (const [from, turns] of [
    [STRANGER, ['#2880950488', '#5057']],
    ['+79097140165', ['#1268']],
    ['+79097140165', ['#1268', '#1', '#6990', '#1']],
  ] as const) {
    const { says, registryAway, say } = changing(from)
    says(...turns)
    registryAway(true)
    expect(say(answer).say).toEqual(['Сейчас не можем проверить номер счёта.', 'Соединяю с оператором.'])
  }
})

/** The same with a second zone. */
function twoZoned(account: Account): Account {
  const meters = account.meters.map((meter) => {
    const [first] = meter.registers
    if (first === undefined) throw new Error('a meter without a register')
    const night = { ...first, register: 'T2', zone: 'NIGHT', lastValue: '1000' } as const
    return { ...meter, registers: [{ ...first, zone: 'DAY' as const }, night] }
  })
  return { ...account, meters }
}
