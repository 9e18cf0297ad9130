import { describe, expect, test } from 'vitest'
import { type Code, codes } from '../../schemas/codes.ts'
import type { Outcome } from '../../schemas/outcome.ts'
import { type Item, type Language, languages, type ShownValue } from '../../src/core/delivery.ts'
import { PART_LETTERS, TWO_PARTS_LETTERS } from '../../src/dialog/render.ts'
import { renderItems } from '../../src/dialog/render-items.ts'

const zones = { one: ['TOTAL'], three: ['PEAK', 'HALF_PEAK', 'NIGHT'] } as const

function renderText(items: readonly Item[], language: Language): string {
  return renderItems(items, language).text
}

function values(names: readonly ShownValue['zone'][], digits: string): ShownValue[] {
  return names.map((zone, at) => ({ register: `T${at + 1}`, zone, value: digits }))
}

function item(outcome: Outcome, rest: Partial<Item> = {}): Item {
  return {
    outcome,
    branch: 'amur',
    account: '2880950488',
    meter: '250592064305057',
    service: 'ELECTRICITY',
    period: '2026-09',
    values: values(zones.one, '563110'),
    proposal: null,
    missing: [],
    window: { opensOn: '2026-09-15', closesOn: '2026-09-25' },
    ...rest,
  }
}

const outcomes: readonly Outcome[] = [
  { kind: 'accepted', flags: [] },
  { kind: 'accepted', flags: ['OUT_OF_WINDOW'] },
  { kind: 'accepted', flags: ['OLD_ACCOUNT'] },
  { kind: 'duplicate' },
  ...(Object.keys(codes) as Code[]).flatMap((code) => codes[code].outcomes.map((kind) => ({ kind, code }) as Outcome)),
]
const all = languages.flatMap((language) =>
  outcomes.map((outcome) => ({ language, outcome, said: JSON.stringify(outcome) })),
)
const proposal = { meter: '250592064305057', values: values(zones.one, '563111') }
const worst: Partial<Item> = {
  values: values(zones.three, '999999999999.999'),
  proposal: { meter: '250592064305057', values: values(zones.three, '99999999') },
  missing: zones.three.map((zone, at) => ({ register: `T${at + 1}`, zone })),
}

describe('a reply', () => {
  test.each(all)('has words in $language for $said', ({ language, outcome }) => {
    for (const rest of [{}, { proposal }, { meter: null, values: [] }]) {
      expect(renderText([item(outcome, rest)], language)).toMatch(/^[^{}]{10,}[.?]$/)
    }
  })

  test.each([
    ['ru', 'Принято: *5057 61036,5, за сентябрь.'],
    ['en', 'Accepted: *5057 61036.5, for September.'],
  ] as const)('writes the decimal mark as people do in %s', (language, said) => {
    const accepted = item({ kind: 'accepted', flags: [] }, { values: values(zones.one, '61036.5') })
    expect(renderText([accepted], language)).toBe(said)
  })

  test.each(all.filter(({ language }) => language === 'ru'))('fits one part for $said', ({ outcome }) => {
    for (const rest of [{}, { proposal }, { proposal: { ...proposal, meter: '776502850111' } }]) {
      expect(renderText([item(outcome, rest)], 'ru').length).toBeLessThanOrEqual(PART_LETTERS)
    }
  })

  test.each(all)('fits two parts at worst in $language for $said', ({ language, outcome }) => {
    const accepted = item({ kind: 'accepted', flags: ['OLD_ACCOUNT', 'OUT_OF_WINDOW'] }, worst)
    for (const items of [
      [item(outcome, worst)],
      [item(outcome, worst), accepted],
      Array.from({ length: 20 }, () => item(outcome, worst)),
    ]) {
      expect(renderText(items, language).length).toBeLessThanOrEqual(TWO_PARTS_LETTERS)
    }
  })

  test.each(all)('never names the account or the whole serial in $language for $said', ({ language, outcome }) => {
    const text = renderText([item(outcome, { proposal, missing: worst.missing ?? [] })], language)
    expect(text).not.toMatch(/2880950488|250592064305057/)
  })
})

test.each([
  ['ru', 'Принято: *5057 563110, за сентябрь.'],
  ['en', 'Accepted: *5057 563110, for September.'],
] as const)('an acceptance in %s says meter, value and period', (language, text) =>
  expect(renderText([item({ kind: 'accepted', flags: [] })], language)).toBe(text),
)

test('an acceptance outside the window says for which month it counts', () =>
  expect(renderText([item({ kind: 'accepted', flags: ['OUT_OF_WINDOW'] }, { period: '2026-12' })], 'ru')).toBe(
    'Принято: *5057 563110 – учтём за декабрь.',
  ))

test('an old account number is answered with where the new one stands', () =>
  expect(renderText([item({ kind: 'accepted', flags: ['OLD_ACCOUNT'] })], 'ru')).toContain('новый счёт из квитанции'))

test('a refusal outside the window says when to send it', () =>
  expect(renderText([item({ kind: 'rejected', code: 'OUT_OF_WINDOW' })], 'ru')).toContain('с 15 по 25 сентября'))

test('another meter is proposed by its last digits', () => {
  const asked = item({ kind: 'asked', code: 'BELOW_PREVIOUS' }, { proposal: { ...proposal, meter: '776502850111' } })
  expect(renderText([asked], 'ru')).toBe('Счётчик *5057: 563110 – может быть, это *0111? Ответьте ДА или НЕТ.')
})

test.each([
  ['ru', 'Счётчик *5057: 563110 – может быть, это *0111? Ответьте ДА или НЕТ.'],
  ['en', 'Meter *5057: 563110? Did you mean meter *0111? Reply YES or NO.'],
] as const)('too many digits for one meter are proposed for another with the value, in %s', (language, text) => {
  const asked = item({ kind: 'asked', code: 'TOO_MANY_DIGITS' }, { proposal: { ...proposal, meter: '776502850111' } })
  expect(renderText([asked], language)).toBe(text)
})

test('several meters are told in one message, what is to be done last', () => {
  const taken = item({ kind: 'accepted', flags: [] })
  const other = item({ kind: 'rejected', code: 'BAD_VALUE' }, { meter: '706205891', values: [] })
  expect(renderText([taken, other], 'ru')).toBe(
    'Принято: *5057 563110, за сентябрь. Счётчик *5891: показание непонятно. Пришлите только цифры.',
  )
})

const two = worst.missing?.slice(1) ?? []
test.each([
  ['ru', two.slice(1), 'Счётчик *5057: напишите ещё показание – ночь.'],
  ['ru', two, 'Счётчик *5057: напишите ещё показания – полупик, ночь.'],
  ['en', two.slice(1), 'Meter *5057: please also send the reading: night.'],
  ['en', two, 'Meter *5057: please also send the readings: half-peak, night.'],
] as const)('what is missing is asked for in %s, one or several', (language, missing, text) =>
  expect(renderText([item({ kind: 'asked', code: 'FEW_VALUES' }, { missing })], language)).toBe(text),
)

test.each([
  ['ru', [], 'Напишите показание счётчика *5057.'],
  ['ru', two.slice(1), 'Напишите показание счётчика *5057: ночь.'],
  ['ru', two, 'Напишите показания счётчика *5057: полупик, ночь.'],
  ['en', two, 'Please send the readings of meter *5057: half-peak, night.'],
] as const)('values are asked for in %s, one or several', (language, missing, text) =>
  expect(renderText([item({ kind: 'asked', code: 'VALUES_NEEDED' }, { missing })], language)).toBe(text),
)

test.each([
  ['ru', 'Передайте показание её поставщику.'],
  ['en', 'Please tell its supplier.'],
] as const)('a service that is not ours is sent on in %s', (language, text) =>
  expect(renderText([item({ kind: 'rejected', code: 'OTHER_SERVICE' })], language)).toContain(text),
)

test.each([
  ['ru', 'Передано оператору на проверку: *5057 563110.'],
  ['en', 'Sent to an operator for a check: *5057 563110.'],
] as const)('what goes to an operator is told in %s', (language, text) =>
  expect(renderText([item({ kind: 'held', code: 'OVER_CAP' })], language)).toBe(text),
)

test('a look-alike among several doubtful values is asked about by its repair alone', () => {
  const long = values(zones.three, '16З04')
  const repaired = { meter: proposal.meter, values: values(zones.three, '16304') }
  const asked = item({ kind: 'asked', code: 'BAD_VALUE' }, { values: long, proposal: repaired })
  const high = item({ kind: 'asked', code: 'VERY_HIGH' }, { meter: '706205891' })
  expect(renderText([asked, high], 'ru')).toBe(
    'Верно? *5057 – может быть, пик 16304, полупик 16304, ночь 16304; *5891 563110. Ответьте ДА или НЕТ.',
  )
})
