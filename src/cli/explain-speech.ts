import { parseArgs } from 'node:util'
import { z } from 'zod'
import { hear } from '../language/speech/hear.ts'
import type { CliContext } from './context.ts'
import { answerLines } from './stdin-lines.ts'

const usage =
  "usage: gateway explain speech --as value --digits 5 [--decimals 0] TEXT | gateway explain speech --as account --pattern '^\\d{10}$' TEXT | gateway explain speech -"

/** Bounds are those of the registry's dials; a pattern is one that a branch could have. */
const Wanted = z.discriminatedUnion('as', [
  z.object({
    as: z.literal('value'),
    digits: z.int().min(1).max(12),
    decimals: z.int().min(0).max(6).default(0),
  }),
  z.object({ as: z.literal('account'), pattern: z.string().min(1).refine(isPattern) }),
])

const StdinLine = z.intersection(Wanted, z.object({ heard: z.string() }))
type StdinLine = z.infer<typeof StdinLine>

const LINES = {
  schema: StdinLine,
  answer: explained,
  looks: '{"heard":"…","as":"value","digits":5} or {"heard":"…","as":"account","pattern":"…"}',
  error: 'NOT_SPEECH',
} as const

/**
 * `explain speech --as … TEXT`, `explain speech -`: every number that a caller may have meant, and the wish where there is
 * none; stores nothing. `-` reads `{"heard","as","digits","decimals"?}` and `{"heard","as","pattern"}` lines. Prints
 * `{"candidates","intent"}`, one JSON object each. Exit status 0; 1 (a line is none of these); 2 (wrong usage).
 */
export async function explainSpeech(args: readonly string[], context: CliContext): Promise<number> {
  const asked = readAsked(args)
  if (asked === null) {
    context.stderr(usage)
    return 2
  }
  if (asked === '-') return answerLines(context, LINES)
  context.stdout(explained(asked))
  return 0
}

function readAsked(args: readonly string[]): StdinLine | '-' | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        as: { type: 'string' },
        digits: { type: 'string' },
        decimals: { type: 'string' },
        pattern: { type: 'string' },
      },
      allowPositionals: true,
      strict: true,
    })
    const { as, pattern } = values
    const [heard, ...more] = positionals
    if (more.length > 0) return null
    if (heard === '-') return '-'
    const [digits, decimals] = [countIn(values.digits), countIn(values.decimals)]
    return StdinLine.safeParse({ heard, as, pattern, digits, decimals }).data ?? null
  } catch {
    return null
  }
}

/** Undefined where nothing was given, NaN where it is no whole number. */
function countIn(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  return /^\d{1,2}$/.test(given) ? Number(given) : Number.NaN
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}

function explained({ heard, ...wanted }: StdinLine): string {
  const { candidates, intent } = hear(heard, wanted)
  return JSON.stringify({ candidates, intent })
}
