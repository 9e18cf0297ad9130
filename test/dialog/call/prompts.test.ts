import { describe, expect, test } from 'vitest'
import type { Service, Zone } from '../../../src/core/facts.ts'
import { spoken } from '../../../src/dialog/call/messages.ru.ts'
import type { AskForm, Prompt, PromptOf } from '../../../src/dialog/call/prompts.ts'

const forms: readonly AskForm[] = [0, 1, 2]
const months = Array.from({ length: 12 }, (_, at) => at + 1)
const services: readonly Service[] = ['ELECTRICITY', 'COLD_WATER', 'HOT_WATER', 'HEAT', 'GAS']
const zones: readonly Zone[] = ['TOTAL', 'DAY', 'NIGHT', 'PEAK', 'HALF_PEAK']
/** The longest word of a digit is that of 4: three syllables. */
const LONGEST_TAIL = '4444'
const LONGEST_VALUE = '44444444.444'

/** Every sentence that a call can hold, each in all its forms, with the longest of what may stand in it. */
const catalogue: { readonly [Say in Prompt['say']]: readonly PromptOf<Say>[] } = {
  greeting: [{ say: 'greeting' }],
  goodbye: [{ say: 'goodbye' }],
  operator: [{ say: 'operator' }],
  noOperator: [{ say: 'noOperator' }],
  registryAway: [{ say: 'registryAway' }],
  noMeters: [{ say: 'noMeters' }],
  windowOpen: [{ say: 'windowOpen', until: 29 }],
  windowCounts: months.map((month) => ({ say: 'windowCounts', month })),
  windowClosed: [{ say: 'windowClosed' }],
  callBetween: months.map((month) => ({ say: 'callBetween', from: 19, until: 29, month })),
  silent: [{ say: 'silent' }],
  unclear: [{ say: 'unclear' }],
  operatorKey: [{ say: 'operatorKey' }],
  several: [{ say: 'several' }],
  accountUnknown: [{ say: 'accountUnknown' }],
  accountOld: [{ say: 'accountOld' }],
  mismatch: [{ say: 'mismatch' }],
  meterReplaced: [{ say: 'meterReplaced' }],
  askPhone: forms.map((form) => ({ say: 'askPhone', form })),
  askAccount: forms.map((form) => ({ say: 'askAccount', form })),
  askSerial: forms.map((form) => ({ say: 'askSerial', form })),
  askMeter: forms.map((form) => ({ say: 'askMeter', form })),
  askNext: forms.map((form) => ({ say: 'askNext', form })),
  askConfirm: forms.map((form) => ({ say: 'askConfirm', form })),
  option: services.map((service) => ({ say: 'option', key: 3, service, tail: LONGEST_TAIL })),
  meter: services.map((service) => ({ say: 'meter', service, tail: LONGEST_TAIL })),
  askValue: zones.flatMap((zone) => forms.map((form) => ({ say: 'askValue' as const, form, zone }))),
  readBack: zones.map((zone) => ({ say: 'readBack', zone, value: LONGEST_VALUE })),
  proposal: [{ say: 'proposal' }],
  veryHigh: [{ say: 'veryHigh' }],
  belowPrevious: [{ say: 'belowPrevious' }],
  tooManyDigits: [{ say: 'tooManyDigits' }],
  unusual: [{ say: 'unusual' }],
  accepted: months.flatMap((month) =>
    [true, false].map((outOfWindow) => ({ say: 'accepted' as const, month, outOfWindow })),
  ),
  oldAccount: [{ say: 'oldAccount' }],
  duplicate: [{ say: 'duplicate' }],
  held: [{ say: 'held' }],
  superseded: [{ say: 'superseded' }],
  received: [{ say: 'received' }],
  notTaken: [{ say: 'notTaken' }],
  knownAccount: [{ say: 'knownAccount', digits: '444444444' }],
  knownDigits: [{ say: 'knownDigits', digits: '444444444' }],
  knownMeter: [{ say: 'knownMeter', digits: LONGEST_TAIL }],
  knownNothing: [{ say: 'knownNothing' }],
}

const prompts: readonly Prompt[] = Object.values(catalogue).flat()

/** Syllables a second of an unhurried voice; espeak-ng's usual 175 words a minute are some 6 in Russian. */
const SYLLABLES_A_SECOND = 4.5
const COMMA_SECONDS = 0.25
const STOP_SECONDS = 0.5
/** Digits by themselves, by their names: ноль, один, два, три, четыре… */
const DIGIT_SYLLABLES = [1, 2, 1, 1, 3, 1, 1, 1, 2, 2]
/** «Девятнадцать», «двадцать девять»: no number up to 31 has more. */
const NUMBER_SYLLABLES = 5

/** How long a sentence takes, spoken without hurry. */
export function seconds(text: string): number {
  const numbers = text.match(/\d{2,}/g) ?? []
  const digits = text.match(/(?<!\d)\d(?!\d)/g) ?? []
  const vowels = text.match(/[аеёиоуыэюя]/gi) ?? []
  const named = digits.reduce((sum, digit) => sum + (DIGIT_SYLLABLES[Number(digit)] ?? 0), 0)
  const syllables = vowels.length + named + numbers.length * NUMBER_SYLLABLES
  const pauses =
    (text.match(/[,:–]/g) ?? []).length * COMMA_SECONDS + (text.match(/[.!?]/g) ?? []).length * STOP_SECONDS
  return syllables / SYLLABLES_A_SECOND + pauses
}

const isToOperator = (prompt: Prompt) => prompt.say.startsWith('known')

describe('what is said in calls', () => {
  test.each(prompts.map((prompt) => [spoken(prompt), prompt] as const))('«%s» takes less than 12 seconds', (text) => {
    expect(seconds(text)).toBeLessThan(12)
  })

  test.each(prompts.filter((prompt) => !isToOperator(prompt)).map(spoken))(
    '«%s» says one thing: a sentence or two',
    (text) => {
      expect(text.match(/[.!?]/g)?.length ?? (text.endsWith(':') ? 1 : 0)).toBeOneOf([1, 2])
      expect(text).toMatch(/^[А-ЯЁ].*[.!?:]$/u)
      expect(text).not.toMatch(/undefined|null|NaN| {2}/)
    },
  )

  test.each([
    [1, 3, 'с первого по третье'],
    [3, 12, 'с третьего по двенадцатое'],
    [20, 30, 'с двадцатого по тридцатое'],
    [21, 31, 'с двадцать первого по тридцать первое'],
    [23, 29, 'с двадцать третьего по двадцать девятое'],
  ])('the days from %i to %i are said in words', (from, until, said) =>
    expect(spoken({ say: 'callBetween', from, until, month: 12 })).toBe(`Позвоните ${said} декабря.`),
  )

  test('digits are said one by one, in twos and threes', () => {
    const read = (value: string) => spoken({ say: 'readBack', zone: 'TOTAL', value })
    expect(['0', '56', '563', '5631', '56311', '056311', '5631100', '61036.5'].map(read)).toEqual([
      'Показание: 0.',
      'Показание: 5 6.',
      'Показание: 5 6 3.',
      'Показание: 5 6, 3 1.',
      'Показание: 5 6, 3 1 1.',
      'Показание: 0 5 6, 3 1 1.',
      'Показание: 5 6, 3 1, 1 0 0.',
      'Показание: 6 1, 0 3 6, запятая, 5.',
    ])
  })
})
