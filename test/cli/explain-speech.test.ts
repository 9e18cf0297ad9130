import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { explainSpeech } from '../../src/cli/explain-speech.ts'

async function explained(args: string[], input = '') {
  const out: string[] = []
  const err: string[] = []
  const status = await explainSpeech(args, {
    env: {},
    stdin: Readable.from([input]),
    stdout: (line) => out.push(line),
    stderr: (line) => err.push(line),
    cwd: '/',
  })
  return { status, out, err }
}

test.each<[string, string[], object]>([
  ['a value', ['--as', 'value', '--digits', '5', 'двадцать один'], { candidates: ['201', '21'], intent: null }],
  [
    'decimals',
    ['--as', 'value', '--digits', '5', '--decimals', '1', 'два с половиной'],
    { candidates: ['2.5'], intent: null },
  ],
  ['an account', ['--as', 'account', '--pattern', '^\\d{3}$', 'ноль один два'], { candidates: ['012'], intent: null }],
  ['a wish', ['--as', 'value', '--digits', '5', 'оператор'], { candidates: [], intent: 'OPERATOR' }],
])('%s is explained', async (_what, args, expected) => {
  const { status, out } = await explained(args)
  expect({ status, out: out.map((line) => JSON.parse(line)) }).toEqual({ status: 0, out: [expected] })
})

test('one answer a line comes for many, and a line that is none keeps its place and fails the command', async () => {
  const lines = [
    '{"id":"1","heard":"сорок","as":"value","digits":5,"decimals":0}',
    'сорок',
    '{"heard":"сорок","as":"account","pattern":"^\\\\d{2}$"}',
  ]
  const { status, out } = await explained(['-'], lines.join('\n'))
  expect(status).toBe(1)
  expect(out).toEqual([
    '{"candidates":["40"],"intent":null}',
    '{"error":"NOT_READABLE"}',
    '{"candidates":["40"],"intent":null}',
  ])
})

test.each([
  [[]],
  [['--as', 'value', 'сорок']],
  [['--as', 'value', '--digits', 'five', 'сорок']],
  [['--as', 'account', '--pattern', '(', 'сорок']],
  [['--as', 'price', '--digits', '5', 'сорок']],
  [['--as', 'value', '--digits', '5']],
])('wrong usage is said, with status 2: %j', async (args) => {
  const { status, out, err } = await explained(args)
  expect({ status, out, isSaid: err.length > 0 }).toEqual({ status: 2, out: [], isSaid: true })
})
