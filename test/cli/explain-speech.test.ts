import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'

async function explained(args: string[], input: string | Iterable<Buffer> = '') {
  const out: string[] = []
  const err: string[] = []
  const status = await runCommand(['explain', 'speech', ...args], {
    env: {},
    stdin: Readable.from(typeof input === 'string' ? [input] : input),
    stdout: (line) => out.push(line),
    stderr: (line) => err.push(line),
    cwd: '/',
  })
  return { status, out, err }
}

test.each([
  ['a value', ['--as', 'value', '--digits', '5', 'двадцать один'], '{"candidates":["201","21"],"intent":null}'],
  ['decimals', ['--as', 'value', '--digits', '5', '--decimals', '1', '12,75'], '{"candidates":["12.7"],"intent":null}'],
  ['an account', ['--as', 'account', '--pattern', '^\\d{3}$', 'ноль один два'], '{"candidates":["012"],"intent":null}'],
  [
    'an account, its pattern written as in JSON',
    ['--as', 'account', '--pattern', '^\\\\d{3}$', 'ноль один два'],
    '{"candidates":["012"],"intent":null}',
  ],
  ['a wish', ['--as', 'value', '--digits', '5', 'оператор'], '{"candidates":[],"intent":"OPERATOR"}'],
  ['a correction', ['--as', 'value', '--digits', '5', 'два или три'], '{"candidates":[],"intent":null}'],
])('%s is explained', async (_what, args, line) =>
  expect(await explained(args)).toEqual({ status: 0, out: [line], err: [] }),
)

test.each([
  ['nothing', []],
  ['no kind', ['сорок']],
  ['no dial', ['--as', 'value', 'сорок']],
  ['a dial that is no number', ['--as', 'value', '--digits', 'five', 'сорок']],
  ['a dial without digits', ['--as', 'value', '--digits', '0', 'сорок']],
  ['no pattern', ['--as', 'account', 'сорок']],
  ['a pattern that is none', ['--as', 'account', '--pattern', '(', 'сорок']],
  ['an option that there is not', ['--as', 'value', '--digits', '5', '--loud', 'сорок']],
  ['an option that there is not, before what is piped in', ['--loud', '-']],
  ['words that were not quoted', ['--as', 'value', '--digits', '5', 'сорок', 'два']],
])('%s is wrong usage', async (_what, args) => {
  const { status, out, err } = await explained(args)
  expect({ status, out }).toEqual({ status: 2, out: [] })
  expect(err.at(-1)).toMatch(/^usage: gateway explain speech/)
})

test.each([
  [
    'a pattern that is none',
    ['--as', 'account', '--pattern', '(', 'сорок'],
    /^--pattern is no pattern: .*Unterminated/,
  ],
  ['an empty pattern', ['--as', 'account', '--pattern', '', 'сорок'], /^--pattern must not be empty$/],
  ['no pattern', ['--as', 'account', 'сорок'], /^--pattern must be given/],
  ['no kind', ['сорок'], /^--as must be value or account$/],
  ['another kind', ['--as', 'digit', 'сорок'], /^--as must be value or account$/],
  ['no dial', ['--as', 'value', 'сорок'], /^--digits must be a whole number from 1 to 12$/],
  [
    'a dial that is too large',
    ['--as', 'value', '--digits', '13', 'сорок'],
    /^--digits must be a whole number from 1 /,
  ],
  ['no text', ['--as', 'value', '--digits', '5'], /^TEXT is missing$/],
])('%s is said before the usage', async (_what, args, sentence) => {
  const { err } = await explained(args)
  expect(err).toEqual([expect.stringMatching(sentence), expect.stringMatching(/^usage:/)])
})

test('one answer a line comes for what is piped in', async () => {
  const lines = readFileSync(new URL('../fixtures/speech.jsonl', import.meta.url), 'utf8')
  const { status, out } = await explained(['-'], lines)
  expect(status).toBe(0)
  expect(out).toHaveLength(lines.trim().split('\n').length)
  expect(out[0]).toBe('{"candidates":["12345"],"intent":null}')
})

test('a line ends with a line feed alone, whatever else a text may hold', async () => {
  const heard = { heard: 'сорок\u2028пять', as: 'value', digits: 5 }
  const { status, out } = await explained(['-'], `${JSON.stringify(heard)}\r\n${JSON.stringify(heard)}`)
  expect({ status, out }).toEqual({ status: 0, out: Array(2).fill('{"candidates":["405","45"],"intent":null}') })
})

test('a line that is none keeps its place, is named, and fails the command', async () => {
  const { status, out, err } = await explained(
    ['-'],
    'nonsense\n\n{"heard":"сорок","as":"value","digits":5}\n{"heard":"сорок"}',
  )
  expect(out).toEqual(['{"error":"NOT_SPEECH"}', '{"candidates":["40"],"intent":null}', '{"error":"NOT_SPEECH"}'])
  expect(err.map((line) => line.slice(0, 13))).toEqual(['line 1 is not', 'line 4 is not'])
  expect(status).toBe(1)
})

test('a mark before the first line is no part of it', async () => {
  const { status, out } = await explained(['-'], '\ufeff{"heard":"сорок","as":"value","digits":5}\r\n')
  expect({ status, out }).toEqual({ status: 0, out: ['{"candidates":["40"],"intent":null}'] })
})

test('a line comes whole, in however many pieces it is brought, and a long one in no more time than its length', async () => {
  const heard = Buffer.from(JSON.stringify({ heard: 'сорок', as: 'value', digits: 5 }))
  const bytes = Array.from(heard, (byte) => Buffer.from([byte]))
  const long = Array<Buffer>(100_000).fill(Buffer.alloc(500, 'x'))
  const { out } = await explained(['-'], [...bytes, Buffer.from('\n'), ...long, Buffer.from('\n'), ...bytes])
  const line = '{"candidates":["40"],"intent":null}'
  expect(out).toEqual([line, '{"error":"NOT_SPEECH"}', line])
})
