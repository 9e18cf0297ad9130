import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { hear } from '../language/speech/hear.ts'
import type { CliContext } from './context.ts'

const usage =
  "usage: explain speech --as value --digits 5 [--decimals 0] TEXT | explain speech --as account --pattern '^\\d{10}$' TEXT | explain speech -"

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
  if (asked === '-') return explainLines(context)
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

async function explainLines(context: CliContext): Promise<number> {
  let status = 0
  for await (const line of createInterface({ input: context.stdin ?? process.stdin })) {
    if (line.trim() === '') continue
    const asked = askedIn(line)
    if (asked === null) {
      context.stderr(
        'a line is not {"heard":"…","as":"value","digits":5} or {"heard":"…","as":"account","pattern":"…"}',
      )
      status = 1
    }
    context.stdout(asked === null ? JSON.stringify({ error: 'NOT_SPEECH' }) : explained(asked))
  }
  return status
}

function askedIn(line: string): StdinLine | null {
  try {
    return StdinLine.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}
