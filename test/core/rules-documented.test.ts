import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { codes, flags } from '../../schemas/codes.ts'
import { rulesInOrder } from '../../src/core/rules/in-order.ts'
import { digitRows } from './judge-rows-digits.ts'
import { doubtRows } from './judge-rows-doubts.ts'
import { valueRows } from './judge-rows-values.ts'

const readme = readFileSync(new URL('../../src/core/README.md', import.meta.url), 'utf8')
const rows = [...valueRows, ...digitRows, ...doubtRows]
const judged = rulesInOrder.map(({ says }) => says)

/** Cells of the README's table whose header starts with that word. */
function table(header: string): readonly (readonly string[])[] {
  const [, after = ''] = readme.split(new RegExp(`^\\| ${header} +\\|.*\\n\\|[-| ]*\\|\\n`, 'm'))
  const lines = after.slice(0, after.indexOf('\n\n')).trim().split('\n')
  return lines.map((line) => line.split('|').slice(1, -1).map(cellText))
}

function cellText(cell: string): string {
  return cell.trim().replace(/^`([A-Z0-9_]*)`$/, '$1')
}

/** Outcomes that the judge leaves to the dialog, which knows the letters that were typed. */
const dialogs = ['asked;code=BAD_VALUE']

const outcomes = Object.entries(codes)
  .filter(([code]) => judged.some((says) => says === code))
  .flatMap(([code, { outcomes: kinds }]) => kinds.map((kind) => `${kind};code=${code}`))
  .filter((outcome) => !dialogs.includes(outcome))

describe('codes, documentation and tests say the same', () => {
  test('the README has every code, in the order of precedence, with its rule and outcomes', () => {
    const documented = table('code').map(([code, rule, kinds]) => [code, rule, kinds])
    const expected = Object.entries(codes).map(([code, { rule, outcomes: kinds }]) => [
      code,
      `${rule}`,
      kinds.join(', '),
    ])
    expect(documented).toEqual(expected)
  })

  test('the README has every flag with its rule', () => {
    const documented = table('flag').map(([flag, rule]) => [flag, rule])
    expect(documented).toEqual(Object.entries(flags).map(([flag, { rule }]) => [flag, `${rule}`]))
  })

  test.each([...table('code'), ...table('flag')])('%s says when and gives an example', (...cells) => {
    const [when, example] = cells.slice(-2)
    expect(when).toMatch(/^[A-Z].*\.$/)
    expect(example).not.toBe('')
  })

  test('the judge looks in the order of the codes, the standing reading right after the window', () => {
    const order = Object.keys(codes).filter((code) => judged.some((says) => says === code))
    expect(judged).toEqual([order[0], 'duplicate', ...order.slice(1)])
    expect(order.slice(0, 2)).toEqual(['OUT_OF_WINDOW', 'VALUES_NEEDED'])
    expect(order).toEqual(Object.keys(codes).slice(Object.keys(codes).indexOf('OUT_OF_WINDOW')))
  })

  test.each([...outcomes, 'duplicate', 'accepted'])('%s has a row in the table of tests', (outcome) => {
    expect(rows.some((row) => row.outcome === outcome)).toBe(true)
  })

  test.each(Object.keys(flags))('the flag %s has a row in the table of tests', (flag) => {
    expect(rows.some(({ outcome }) => outcome.startsWith('accepted') && outcome.includes(flag))).toBe(true)
  })

  test('the rows stand in the order of the rules', () => {
    const first = rulesInOrder.slice(1).map(({ says }) => rows.findIndex(({ outcome }) => outcome.endsWith(says)))
    const [, ...fromBad] = first
    expect(fromBad.toSorted((a, b) => a - b)).toEqual(fromBad)
  })

  test('no two rows have one title', () => {
    expect(new Set(rows.map(({ why }) => why)).size).toBe(rows.length)
  })
})
