import { toCardinal, toOrdinal } from 'n2words/ru-RU'

/** How a number is said by a library that knows nothing of ours: its digits in groups, each group as a number. */
function inGroups(digits: string, size: number): string {
  const groups = digits.match(new RegExp(`.{1,${size}}`, 'g')) ?? []
  return groups.map((group) => [...zerosOf(group), ...restOf(group)].join(' ')).join(' ')
}

function zerosOf(group: string): string[] {
  return Array.from(/^0*/.exec(group)?.[0] ?? '', () => toCardinal(0))
}

function restOf(group: string): string[] {
  return Number(group) === 0 ? [] : [toCardinal(Number(group))]
}

/** Every way in which the property test says a number, by its name. */
export const ways: Readonly<Record<string, (value: number) => string>> = {
  'in full': (value) => toCardinal(value),
  'in full, feminine': (value) => toCardinal(value, { gender: 'feminine' }),
  'as an ordinal': (value) => (value === 0 ? toCardinal(0) : toOrdinal(value)),
  'digit by digit': (value) => inGroups(String(value), 1),
  'in pairs': (value) => inGroups(String(value), 2),
  'in pairs with zeros in front': (value) => inGroups(String(value).padStart(6, '0'), 2),
  'in threes': (value) => inGroups(String(value).padStart(6, '0'), 3),
}
