import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { hear } from '../language/speech/hear.ts'
import type { Wanted } from '../language/speech/narrow.ts'
import type { CliContext } from './context.ts'

const usage = [
  'usage: explain speech --as value --digits 5 [--decimals 0] TEXT',
  "       explain speech --as account --pattern '^\\d{10}$' TEXT",
  '       explain speech -',
].join('\n')

const Pattern = z.string().refine(isPattern, 'is no regular expression')
const Asked = z.discriminatedUnion('as', [
  z.object({ as: z.literal('value'), digits: z.int().min(1).max(12), decimals: z.int().min(0).max(3).default(0) }),
  z.object({ as: z.literal('account'), pattern: Pattern }),
])
const StdinLine = z.intersection(z.object({ heard: z.string() }), Asked)

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}

/**
 * `explain speech … TEXT`, `explain speech -`: every number that a caller may have meant, and his wish where he said none;
 * stores nothing. `-` reads lines `{"heard","as","digits","decimals"}` or `{"heard","as","pattern"}`. Prints
 * `{"candidates","intent"}`, one JSON object an input. Exit status 0, 1 (a line is not readable), 2 (wrong usage).
 */
export async function explainSpeech(args: readonly string[], context: CliContext): Promise<number> {
  if (args.length === 1 && args[0] === '-') return explainLines(context)
  const asked = readAsked(args)
  if (asked === null) {
    context.stderr(usage)
    return 2
  }
  context.stdout(explained(asked.heard, asked.wanted))
  return 0
}

function explained(heard: string, wanted: Wanted): string {
  const { candidates, intent } = hear(heard, wanted)
  return JSON.stringify({ candidates, intent })
}

function readAsked(args: readonly string[]): { readonly heard: string; readonly wanted: Wanted } | null {
  try {
    const text = { type: 'string' } as const
    const options = { as: text, digits: text, decimals: text, pattern: text }
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    const { as, pattern, digits, decimals = '0' } = values
    const wanted = Asked.safeParse({ as, pattern, digits: wholeOf(digits), decimals: wholeOf(decimals) })
    const [heard, ...more] = positionals
    return wanted.success && heard !== undefined && more.length === 0 ? { heard, wanted: wanted.data } : null
  } catch {
    return null
  }
}

function wholeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : undefined
}

async function explainLines(context: CliContext): Promise<number> {
  let status = 0
  for await (const line of createInterface({ input: context.stdin ?? process.stdin })) {
    if (line.trim() === '') continue
    const asked = lineOf(line)
    if (asked === null) {
      context.stderr('a line is not {"heard","as":"value","digits"} or {"heard","as":"account","pattern"}')
      status = 1
      context.stdout(JSON.stringify({ error: 'NOT_READABLE' }))
    } else context.stdout(explained(asked.heard, asked))
  }
  return status
}

function lineOf(line: string): z.infer<typeof StdinLine> | null {
  try {
    const read = StdinLine.safeParse(JSON.parse(line))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
