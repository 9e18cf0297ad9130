import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bundledBranchesFile, loadBranches, parseBranches } from '../src/branches.ts'

type Json = Record<string, unknown>
const example = JSON.parse(readFileSync(bundledBranchesFile, 'utf8')) as Json[]

/** Problems of the bundled example after a change of its first branch. */
function problems(change: (first: Json) => Json): readonly string[] {
  const [first = {}, ...rest] = structuredClone(example)
  const loaded = parseBranches(JSON.stringify([change(first), ...rest]))
  return 'problems' in loaded ? loaded.problems : []
}

test('the bundled example is good, and what it leaves out has the defaults of the rules', () => {
  const loaded = loadBranches(null)
  const branches = 'branches' in loaded ? loaded.branches : []
  expect(branches.map(({ id }) => id)).toEqual(['amur', 'neryungri', 'khabarovsk', 'komsomolsk', 'sakhalin'])
  expect(branches[0]).toMatchObject({ oldAccounts: 'accept', capKilowatts: 18, sumTolerance: 1 })
})

test('a file that is missing, not JSON or without a branch is a problem and no crash', () => {
  expect(loadBranches('/nowhere/branches.json')).toEqual({ problems: ['the file cannot be read'] })
  expect(parseBranches('{')).toEqual({ problems: ['the file is not JSON'] })
  expect(parseBranches('[]')).toHaveProperty('problems')
})

test('a mark before the first character, as some editors put it, is no error', () => {
  expect(parseBranches(`\ufeff${JSON.stringify(example)}`)).toHaveProperty('branches')
})

test('every error is named by its path', () => {
  expect(problems((first) => ({ ...first, timeZone: 'Asia/Nowhere', accountPattern: '\\d{10}' }))).toEqual([
    '[0].timeZone: is no IANA time zone, such as Asia/Yakutsk',
    '[0].accountPattern: must stand between ^ and $',
  ])
  expect(problems((first) => ({ ...first, id: 'neryungri' }))).toEqual(['[1].id: is the id of [0] too'])
})

describe('named are', () => {
  test.each([
    ['a missing field', '[0].name', { name: undefined }],
    ['an unknown field', '[0]', { colour: 'red' }],
    ['an offset for a zone', '[0].timeZone', { timeZone: '+09:00' }],
    ['a window that ends before it begins', '[0].window.fromDay', { window: { ...window(), fromDay: 26 } }],
    ['a time past midnight', '[0].window.closesAt', { window: { ...window(), closesAt: '24:01' } }],
    ['a branch id with a slash, which would spoil the keys', '[0].id', { id: 'a/b' }],
  ])('%s', (_why, path, change) => {
    expect(problems((first) => ({ ...first, ...change })).map((line) => line.slice(0, line.indexOf(':')))).toEqual([
      path,
    ])
  })
})

describe('an account pattern', () => {
  test.each([
    ['of digits', '^\\d{10}$', true],
    ['with a slash', '^\\d{5}/\\d{2}$', true],
    ['with alternatives in a group', '^(?:\\d{10}|\\d{12})$', true],
    ['that does not compile', '^(\\d{10}$', false],
    ['without an end', '^\\d{10}', false],
    ['whose end is a dollar sign', '^\\d{10}\\$', false],
    ['whose anchors hold for one alternative each', '^\\d{10}|\\d{12}$', false],
    ['that repeats a group', '^(\\d+)+$', false],
    ['that repeats open-endedly thrice', '^\\d*\\d*\\d*$', false],
    ['of two hundred characters', `^${'\\d'.repeat(99)}$`, true],
    ['that is longer', `^${'\\d'.repeat(100)}$`, false],
  ])('%s', (_why, accountPattern, good) => {
    expect(problems((first) => ({ ...first, accountPattern })).length === 0).toBe(good)
  })
})

function window(): Json {
  return (example[0] as { window: Json }).window
}
